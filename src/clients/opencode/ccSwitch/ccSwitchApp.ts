import * as l10n from "@vscode/l10n";
import { isTokenPoolBaseUrl } from "../../../gateway/endpoints";
import type { CcSwitchApp } from "../../ccswitch/app";
import { readClientFile, stringAt } from "../../configFile";
import { PROVIDER_PATH } from "../state/provider";

export const ccSwitchApp: CcSwitchApp = {
  client: "opencode",
  addressOf: (baseUrl) => `${baseUrl}/v1`,
  caution: () =>
    l10n.t(
      "A card made this way uses chat completions, holds the key in plain text in opencode.json and knows no limits of the models. “Configure OpenCode” does better.",
    ),
  /** CC Switch takes every provider over that stands in OpenCode's own file, whoever wrote it. */
  reasonForNoLink: async ({ fs }, { opencodeFile }, baseUrl) => {
    const file = await readClientFile(fs, opencodeFile, "jsonc");
    const address = stringAt(file, [...PROVIDER_PATH, "options", "baseURL"]);
    if (address === undefined || !isTokenPoolBaseUrl(address, baseUrl)) return undefined;
    return l10n.t(
      "OpenCode is configured for TokenPool, and CC Switch shows that provider by itself when it starts the next time. A link would only add a second, poorer one.",
    );
  },
};
