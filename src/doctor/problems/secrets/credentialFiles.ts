import type { ClientState } from "../../../clients/client";
import { isTokenPoolAddress } from "../../snapshot/ourAddress";

/** The files that hold a key for TokenPool, whatever kind of file they are. @param apiKey the stored key */
export function credentialFiles(states: readonly ClientState[], apiKey: string | undefined): string[] {
  const held = states.flatMap(({ heldKeys }) => heldKeys);
  const ours = held.filter(
    (key) =>
      key.isOurs ||
      isTokenPoolAddress(key.baseUrl ?? "") ||
      (key.apiKey !== undefined && key.apiKey === apiKey),
  );
  return [...new Set(ours.map(({ path }) => path))];
}
