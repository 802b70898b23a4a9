import * as l10n from "@vscode/l10n";
import { formatList } from "../../gateway/formats";
import type { ChangePlan, EditedFile } from "../../changes/plan";
import type { KeyEdit, KeyPath } from "../../changes/document/edits/keyEdit";
import { valueAt } from "../../changes/document/valueAt";
import type { ConnectionProfile } from "../../gateway/connectionProfile";
import { isTokenPoolBaseUrl } from "../../gateway/endpoints";
import { codexBaseUrl } from "../../gateway/responsesRoute";
import type { ConfigurationOptions } from "../client";
import { type ClientFile, refuseUnread, stringAt } from "../configFile";
import { editsOfFallen, fallenSettings, ignoresResponseStorage } from "./fallenSettings";
import { fixingEdits, obstacles } from "./obstacles";
import { noticesOnEnvironment } from "./notices";
import { CC_SWITCH_PROVIDER_ID, CC_SWITCH_TOKEN, isInCcSwitchHands } from "./ccSwitch/ccSwitchCard";
import { ccSwitchObstacle, noticesOnCcSwitch } from "./ccSwitch/ccSwitchNotices";
import { type CodexState, PROVIDER_ID } from "./state/state";

/** Keys of our own provider table that outrank the key in auth.json. */
export const OUTRANKING_KEYS = ["env_key", "experimental_bearer_token", "auth"];

/**
 * Points Codex to TokenPool. auth.json goes first: as soon as config.toml names the gateway, a ChatGPT
 * login that is still in charge would send its token there.
 */
export function planConfiguration(
  state: CodexState,
  profile: ConnectionProfile,
  options: ConfigurationOptions,
): ChangePlan {
  refuseChange(state);
  const edits = configEdits(state, profile, options);
  return {
    client: "codex",
    title: l10n.t("Configure Codex for TokenPool"),
    files: state.ccSwitch?.keepsTokenInConfig
      ? [{ ...changeOfConfig(state.config), edits: [...edits, tokenEdit(profile.apiKey)] }]
      : [changeOfAuth(state.auth, profile.apiKey), { ...changeOfConfig(state.config), edits }],
    notices: [
      ...(options.fix ? obstacles(state).map(({ fixing }) => fixing) : []),
      ...noticesOnAuth(state),
      ...noticesOnProvider(state, profile.baseUrl),
      ...noticesOnCcSwitch(state),
      ...noticesOnEnvironment(state, profile.apiKey),
    ],
  };
}

/** @throws Refusal where a file cannot be read, or CC Switch stands in the way */
function refuseChange(state: CodexState): void {
  refuseUnread([state.config, state.auth]);
  const obstacle = ccSwitchObstacle(state);
  if (obstacle) throw obstacle;
}

/** Writes a new key for a Codex that already uses TokenPool. */
export function planKeyUpdate(state: CodexState, apiKey: string): ChangePlan {
  refuseChange(state);
  return {
    client: "codex",
    title: l10n.t("Write the new API key for Codex"),
    files: [
      // A token of that table goes wherever the table leads.
      state.ccSwitch?.keepsTokenInConfig &&
      state.usesTokenPool &&
      isInCcSwitchHands(state.config, state.ccSwitch)
        ? { ...changeOfConfig(state.config), edits: [tokenEdit(apiKey)] }
        : changeOfAuth(state.auth, apiKey),
    ],
    notices: [...noticesOnAuth(state), ...noticesOnEnvironment(state, apiKey)],
  };
}

export function changeOfConfig(config: ClientFile): Omit<EditedFile, "edits"> {
  return { kind: "edit", path: config.path, format: "toml", credential: false };
}

function changeOfAuth(auth: ClientFile, apiKey: string): EditedFile {
  return {
    kind: "edit",
    path: auth.path,
    format: "json",
    credential: true,
    dropByteOrderMark: true,
    // As `codex login --with-api-key` writes it: two-space indent, no final newline.
    newFileText: "{\n}",
    edits: [
      { kind: "set", path: ["auth_mode"], value: "apikey" },
      { kind: "set", path: ["OPENAI_API_KEY"], value: apiKey, secret: true },
    ],
  };
}

function configEdits(
  state: CodexState,
  profile: ConnectionProfile,
  { fix, versions }: ConfigurationOptions,
): KeyEdit[] {
  const { config } = state;
  const id = providerIdFor(state);
  const provider = ["model_providers", id];
  const address = codexBaseUrl(profile.baseUrl, profile.route, stringAt(config, [...provider, "base_url"]));
  const edits: KeyEdit[] = fix ? fixingEdits(state) : [];
  const fallen = fallenSettings(config, (provider) => provider === id || leadsTo(state, provider, profile));
  edits.push(...editsOfFallen(config, fallen, versions));
  edits.push(
    { kind: "set", path: ["model_provider"], value: id },
    { kind: "set", path: ["model"], value: profile.model },
    { kind: "set", path: ["review_model"], value: profile.reviewModel },
  );
  const isSet = valueAt(config.document, ["disable_response_storage"]) !== undefined;
  if (!isSet && !ignoresResponseStorage(versions)) {
    edits.push({ kind: "set", path: ["disable_response_storage"], value: true });
  }
  // CC Switch names its table after the card.
  const name = id === PROVIDER_ID ? "OpenAI" : (stringAt(config, [...provider, "name"]) ?? "TokenPool");
  edits.push(
    { kind: "set", path: [...provider, "name"], value: name },
    { kind: "set", path: [...provider, "base_url"], value: address },
    { kind: "set", path: [...provider, "wire_api"], value: "responses" },
    { kind: "set", path: [...provider, "requires_openai_auth"], value: true },
  );
  for (const key of outrankingKeys(state, provider)) edits.push({ kind: "remove", path: [...provider, key] });
  return edits;
}

function leadsTo({ config }: CodexState, provider: string, { baseUrl }: ConnectionProfile): boolean {
  return isTokenPoolBaseUrl(stringAt(config, ["model_providers", provider, "base_url"]) ?? "", baseUrl);
}

/** CC Switch's own table while its card is ours: it would save a second one, and lose the key on its next switch. */
function providerIdFor({ ccSwitch }: CodexState): string {
  return ccSwitch?.isOurs ? CC_SWITCH_PROVIDER_ID : PROVIDER_ID;
}

function outrankingKeys({ config, ccSwitch }: CodexState, provider: KeyPath): string[] {
  const token = CC_SWITCH_TOKEN.at(-1);
  return OUTRANKING_KEYS.filter(
    (key) =>
      valueAt(config.document, [...provider, key]) !== undefined &&
      !(ccSwitch?.keepsTokenInConfig && key === token),
  );
}

function tokenEdit(apiKey: string): KeyEdit {
  return { kind: "set", path: CC_SWITCH_TOKEN, value: apiKey, secret: true };
}

function noticesOnAuth({ hasChatGptLogin, ccSwitch }: CodexState): string[] {
  if (!hasChatGptLogin || ccSwitch?.keepsTokenInConfig) return [];
  return [
    l10n.t(
      "You are signed in to ChatGPT. Codex would otherwise send your ChatGPT token to the gateway; it will use the API key instead. Undo brings the login back.",
    ),
  ];
}

function noticesOnProvider(state: CodexState, baseUrl: string): string[] {
  const notices: string[] = [];
  const id = providerIdFor(state);
  const provider = ["model_providers", id];
  const replaced = stringAt(state.config, [...provider, "base_url"]);
  if (replaced && !isTokenPoolBaseUrl(replaced, baseUrl)) {
    const host = URL.canParse(replaced) ? new URL(replaced).host : replaced;
    notices.push(l10n.t('The provider "{0}" pointed to {1}; it will point to TokenPool.', id, host));
  }
  const outranking = outrankingKeys(state, provider);
  if (outranking.length > 0) {
    notices.push(
      l10n.t("Removed because Codex would not use your key otherwise: {0}", formatList(outranking)),
    );
  }
  return notices;
}
