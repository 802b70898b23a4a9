import type { CodexState } from "../../clients/codex/state/state";
import { isLoopback } from "../../gateway/endpoints";
import { codexProviderInUse } from "./codexProvider";

/** Tells whether a program on this machine accepts connections. */
export type IsListening = (hostname: string, port: number) => Promise<boolean>;

/** Host and port that Codex is configured to use on this machine, if nothing listens there. */
export function deadLocalAddress(codex: CodexState, isListening: IsListening): Promise<string | undefined> {
  return deadAddress(codexProviderInUse(codex)?.baseUrl ?? "", isListening);
}

/** Host and port of an address on this machine at which nothing listens, without user name and password. */
export async function deadAddress(address: string, isListening: IsListening): Promise<string | undefined> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !isLoopback(url.hostname)) return undefined;
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  return (await isListening(url.hostname, port)) ? undefined : `${url.hostname}:${port}`;
}
