export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Variables, and others laid over them. Windows finds one whatever its capitals, but a copy of its environment does
 * not, and would hold `https_proxy` and `HTTPS_PROXY` side by side: so whoever copies one asks this.
 * @returns on Windows with all names in capitals, and found by any spelling; elsewhere as they are
 */
export function joinVariables(platform: NodeJS.Platform, ...layers: readonly Variables[]): Variables {
  const all = layers.flatMap((layer) => Object.entries(layer));
  if (platform !== "win32") return Object.fromEntries(all);
  return new Proxy(Object.fromEntries(all.map(([name, value]) => [name.toUpperCase(), value])), {
    get: (joined, name) => (typeof name === "string" ? joined[name.toUpperCase()] : undefined),
  });
}
