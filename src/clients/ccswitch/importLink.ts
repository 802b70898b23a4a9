import { ENDPOINTS } from "../../gateway/endpoints";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import type { CcSwitchApp } from "./app";

/** Name of our card; CC Switch makes its id of it: `tokenpool-` and a time stamp. */
const CARD_NAME = "TokenPool";
const HOMEPAGE = "https://tokenpool.dev";

/** How often CC Switch asks for the balance; more than 1440 is refused after the user has said Import. */
const BALANCE_MINUTES = 30;

export interface ImportOptions {
  readonly app: CcSwitchApp;
  /** CC Switch writes the card into the client's files at once, as a whole; its dialog does not say so. */
  readonly switchNow: boolean;
  /** CC Switch asks the gateway for the balance, with a script of ours. */
  readonly withBalance: boolean;
}

/**
 * The link that makes CC Switch offer to import TokenPool. It holds the key in plain text: never log, store or show
 * it, and hand it on as a string only, because VS Code's `Uri` spells it in ways that CC Switch refuses.
 *
 * CC Switch trims nothing, takes an empty value for a value, and writes "gpt-5-codex" where no model is named.
 * @throws Error where key or model is empty
 */
export function importLink(profile: ConnectionProfile, options: ImportOptions): string {
  const { app, switchNow, withBalance } = options;
  const parameters: Record<string, string> = {
    resource: "provider",
    app: app.client,
    name: CARD_NAME,
    homepage: HOMEPAGE,
    endpoint: addresses(profile.baseUrl)
      .map((address) => app.addressOf(address, address === profile.baseUrl ? profile.route : undefined))
      .join(","),
    apiKey: profile.apiKey,
    model: profile.model,
    ...(switchNow && { enabled: "true" }),
    ...(withBalance && {
      usageEnabled: "true",
      usageBaseUrl: profile.baseUrl,
      usageScript: Buffer.from(BALANCE_SCRIPT).toString("base64url"),
      usageAutoInterval: String(BALANCE_MINUTES),
    }),
  };
  const query = Object.entries(parameters).map(([name, text]) => {
    const value = text.trim();
    if (value === "") throw new Error(`No ${name} for CC Switch`);
    return `${name}=${encodeURIComponent(value)}`;
  });
  return `ccswitch://v1/import?${query.join("&")}`;
}

/** The chosen endpoint first. CC Switch may send the key to all of them, so nothing stands beside an address of the user's own. */
function addresses(baseUrl: string): string[] {
  const official = ENDPOINTS.map((endpoint) => endpoint.baseUrl);
  return official.includes(baseUrl)
    ? [baseUrl, ...official.filter((address) => address !== baseUrl)]
    : [baseUrl];
}

/** What CC Switch runs to ask for the balance; it fills in what stands in double braces. */
const BALANCE_SCRIPT = `({
  request: {
    url: "{{baseUrl}}/v1/usage",
    method: "GET",
    headers: { Authorization: "Bearer {{apiKey}}" },
  },
  extractor: function (usage) {
    var quota = usage.quota || {};
    var left = [usage.remaining, quota.remaining, usage.balance].find(function (amount) {
      return typeof amount === "number";
    });
    return { isValid: usage.isValid !== false, remaining: left, unit: usage.unit || "USD" };
  },
})`;
