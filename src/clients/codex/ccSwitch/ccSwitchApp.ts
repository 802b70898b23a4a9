import * as l10n from "@vscode/l10n";
import { codexBaseUrl } from "../../../gateway/responsesRoute";
import type { CcSwitchApp } from "../../ccswitch/app";
import { usesOurCard } from "../../ccswitch/state";
import { readClientFile } from "../../configFile";
import { pathRules } from "../../machine/pathRules";

export const ccSwitchApp: CcSwitchApp = {
  client: "codex",
  addressOf: (baseUrl, route) => codexBaseUrl(baseUrl, route, undefined),
  switching: {
    consequences: () =>
      l10n.t(
        "CC Switch then writes Codex's config.toml and auth.json as a whole: review model, features, projects and comments are lost, and a ChatGPT login goes.",
      ),
    usesOurCard,
  },
  /** CC Switch would overwrite a config.toml that it cannot read, and auth.json too, without a backup. */
  obstacle: async ({ fs, platform }, { codexDirectory }) => {
    const file = pathRules(platform).join(codexDirectory, "config.toml");
    return (await readClientFile(fs, file, "toml")).problem;
  },
};
