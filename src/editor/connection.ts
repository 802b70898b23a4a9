import * as vscode from "vscode";
import type { ConnectionProfile } from "../gateway/connectionProfile";
import { describeKeychainError } from "./keys/keychain";
import type { RefusalResult } from "./clientCommands/configureResult";
import type { Services } from "./services";
import { settings } from "./settings";

export { describeKeychainError };

export type ProfileResult =
  | { readonly profile: ConnectionProfile }
  /** `needsKey`: none is in use, and the user can give one. */
  | { readonly refusal: RefusalResult; readonly needsKey?: true };

/** Key, endpoint and models as they are set now, or what is missing. Only a checked address gets through. */
export async function readProfile(services: Services): Promise<ProfileResult> {
  const address = settings.baseUrl();
  if (!address.valid) return { refusal: { code: address.code, message: address.message } };
  try {
    const apiKey = await services.apiKeys.read();
    if (!apiKey) {
      const isAnyStored = (await services.apiKeys.all()).length > 0;
      const message = isAnyStored
        ? vscode.l10n.t("No API key is in use. Others are stored: choose one of them.")
        : vscode.l10n.t("No API key is stored yet.");
      return { refusal: { code: "key/missing", message }, needsKey: true };
    }
    return {
      profile: {
        baseUrl: address.baseUrl,
        route: await services.health.knownRoute(apiKey),
        apiKey,
        model: settings.model(),
        reviewModel: settings.reviewModel(),
      },
    };
  } catch (error) {
    return { refusal: { code: "key/missing", message: describeKeychainError(error) } };
  }
}
