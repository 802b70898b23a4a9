import { type ClientId, isClientId } from "../../clients/clientId";

/** What has to work, each for itself. */
export type SetUpPart = "key" | "endpoint" | "ccswitch" | ClientId;

/** What of the set-up a problem belongs to. The page of the panel reads this file too, so it needs no snapshot. */
export function partOf(
  { code, client }: { readonly code: string; readonly client?: ClientId | undefined },
  { ccSwitch }: { readonly ccSwitch: { readonly isThere: boolean } },
): SetUpPart {
  const [family = ""] = code.split("/");
  if (family === "ccswitch" && ccSwitch.isThere) return "ccswitch";
  if (client) return client;
  if (isClientId(family)) return family;
  return ["key", "account", "secrets"].includes(family) ? "key" : "endpoint";
}
