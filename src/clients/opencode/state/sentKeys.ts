import { readUserFile } from "../../../changes/disk/userFile";
import { isTokenPoolBaseUrl } from "../../../gateway/endpoints";
import type { ClientEnvironment, SentKey } from "../../client";
import { stringAt } from "../../configFile";
import { resolvePlaceholders } from "./placeholders";
import { type ConfigLayer, type OpencodeState, providerIds, winner } from "./state";

/** The keys of all providers that lead to TokenPool, whatever they are called, and what our own key file holds. */
export async function sentKeys(
  environment: ClientEnvironment,
  { layers, keyFile }: OpencodeState,
  chosenBaseUrl: string,
): Promise<readonly SentKey[]> {
  const found = await Promise.all(
    providerIds(layers).map((id) => keyOf(environment, layers, id, chosenBaseUrl)),
  );
  const sent = found.flatMap((each) => each ?? []);
  const file = await readUserFile(environment.fs, keyFile.path).catch(() => undefined);
  const kept = file ? new TextDecoder().decode(file.bytes).trim() : "";
  if (kept === "" || sent.some(({ apiKey }) => apiKey === kept)) return sent;
  return [...sent, { apiKey: kept, places: [keyFile.path] }];
}

async function keyOf(
  environment: ClientEnvironment,
  layers: readonly ConfigLayer[],
  id: string,
  chosenBaseUrl: string,
): Promise<SentKey | undefined> {
  const option = async (name: string) => {
    const key = ["provider", id, "options", name];
    const layer = winner(layers, key);
    // An administrator's is not the user's own.
    if (!layer || layer.isManaged) return undefined;
    const value = stringAt(layer, key) ?? "";
    return { text: await resolvePlaceholders(environment, layer.path, value), path: layer.path };
  };
  const [address, key] = [await option("baseURL"), await option("apiKey")];
  if (!address?.text || !key?.text || !isTokenPoolBaseUrl(address.text, chosenBaseUrl)) return undefined;
  return { apiKey: key.text, baseUrl: address.text, places: [address.path, key.path] };
}
