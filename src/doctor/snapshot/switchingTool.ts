/** Where programs that switch providers let Codex send its requests, by port of this machine. */
const TOOLS: Readonly<Record<string, string>> = { "15721": "CC Switch", "57321": "CodexPlusPlus" };

/** Name of the program that listens at this host and port, if it is a known one. */
export function switchingToolAt(address: string): string | undefined {
  const port = /^(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(address)?.[1] ?? "";
  return TOOLS[port];
}
