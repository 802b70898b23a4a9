export const CLIENT_IDS = ["codex", "opencode"] as const;

export type ClientId = (typeof CLIENT_IDS)[number];

/** Narrows what other programs pass as a client's name. */
export function isClientId(value: unknown): value is ClientId {
  return CLIENT_IDS.some((id) => id === value);
}
