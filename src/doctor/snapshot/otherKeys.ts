import type { Snapshot } from "./snapshot";

/** There is a stored key beside the one in use: what helps where that one is empty, expired, refused or removed. */
export function hasOtherKeys({ apiKey, storedKeys }: Pick<Snapshot, "apiKey" | "storedKeys">): boolean {
  return storedKeys.some((key) => key !== apiKey);
}
