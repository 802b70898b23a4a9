import * as l10n from "@vscode/l10n";
import { formatList } from "../../gateway/formats";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import { isTokenPoolBaseUrl } from "../../gateway/endpoints";
import type { ConfigurationOptions } from "../client";
import { stringAt } from "../configFile";
import { mayReplace } from "./models/defaultModel";
import { obstacles } from "./obstacles";
import { PROVIDER_ID, PROVIDER_PATH } from "./state/provider";
import type { OpencodeState } from "./state/state";

/** What the user should know before OpenCode is configured, beyond what the diff shows. */
export function configurationNotices(
  state: OpencodeState,
  profile: ConnectionProfile,
  options: ConfigurationOptions,
): string[] {
  return [
    ...noticesOnProvider(state, profile.baseUrl),
    ...noticesOnOverrides(state),
    ...noticesOnSandbox(state),
    ...noticesOnObstacles(state, options),
    ...(options.accepted?.includes("moveDocumentedOverride") ? noticesOnMove(state) : []),
    ...noticesOnDefaultModel(state, options),
  ];
}

function noticesOnProvider({ config }: OpencodeState, baseUrl: string): string[] {
  const replaced = stringAt(config, [...PROVIDER_PATH, "options", "baseURL"]);
  if (!replaced || isTokenPoolBaseUrl(replaced, baseUrl)) return [];
  const host = URL.canParse(replaced) ? new URL(replaced).host : replaced;
  return [l10n.t('The provider "{0}" pointed to {1}; it will point to TokenPool.', PROVIDER_ID, host)];
}

function noticesOnOverrides({ overriddenBy }: OpencodeState): string[] {
  return overriddenBy.map(({ path, keys }) =>
    l10n.t("{0} is read later and takes precedence over this change: {1}", path, formatList(keys)),
  );
}

function noticesOnSandbox({ outside }: OpencodeState): string[] {
  if (outside === undefined) return [];
  return [l10n.t("VS Code runs in a sandbox here: an OpenCode outside of it reads {0}.", outside)];
}

function noticesOnObstacles(state: OpencodeState, { fix }: ConfigurationOptions): string[] {
  const fixable = state.layers.filter(({ editable }) => fix && editable).map((layer) => layer.path);
  return obstacles(state).map(({ path, key, fixing }) =>
    fixable.includes(path)
      ? fixing
      : l10n.t(
          'OpenCode will not load the provider "{0}" because of {1} in {2}.',
          PROVIDER_ID,
          key.join("."),
          path,
        ),
  );
}

function noticesOnMove({ documentedOverrides }: OpencodeState): string[] {
  return documentedOverrides.map(({ path }) =>
    l10n.t(
      'The provider "openai" in {0} pointed to TokenPool. It goes back to OpenAI; TokenPool becomes a provider of its own.',
      path,
    ),
  );
}

function noticesOnDefaultModel(state: OpencodeState, options: ConfigurationOptions): string[] {
  const { defaultModel } = state;
  if (mayReplace(state, defaultModel, options)) return [];
  return [
    l10n.t(
      "OpenCode keeps {0} as its default model. Choose a TokenPool model in OpenCode with /models.",
      String(defaultModel),
    ),
  ];
}
