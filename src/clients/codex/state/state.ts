import * as l10n from "@vscode/l10n";
import { valueAt } from "../../../changes/document/valueAt";
import { Refusal } from "../../../changes/refusal";
import { isTokenPoolBaseUrl } from "../../../gateway/endpoints";
import { inspectCcSwitch } from "../../ccswitch/state";
import type { ClientEnvironment, ClientState } from "../../client";
import { type ClientFile, readClientFile, stringAt } from "../../configFile";
import { joinVariables, type Variables } from "../../machine/joinVariables";
import { pathRules } from "../../machine/pathRules";
import { type CcSwitchCard, CC_SWITCH_TOKEN, inspectCard, isInCcSwitchHands } from "../ccSwitch/ccSwitchCard";
import { type CodexHome, locateCodexHome } from "./home";
import { settingFiles } from "./settingFiles";
import { readSystemLayers, type SystemLayers, systemOverrides, textInForce } from "./systemLayers";
import { readDotEnv } from "./variables";

/** Our provider's id. Case matters: `openai` is reserved by Codex, `OpenAI` is a provider of one's own. */
export const PROVIDER_ID = "OpenAI";
export const PROVIDER_PATH = ["model_providers", PROVIDER_ID] as const;

export interface CodexState extends ClientState, Pick<CodexHome, "home" | "otherSide" | "wslSilent"> {
  readonly client: "codex";
  readonly config: ClientFile;
  readonly auth: ClientFile;
  /** An administrator's files. */
  readonly system: SystemLayers;
  /** The provider of our id leads to TokenPool or to the address the user chose, in use or not. */
  readonly hasOurProvider: boolean;
  /** The usual home, whose files lead to TokenPool, where CODEX_HOME makes Codex read others. */
  readonly idleHome?: string;
  /** A ChatGPT login stands in auth.json. */
  readonly hasChatGptLogin: boolean;
  /** Codex would send the ChatGPT token, not the API key, to whatever provider is configured. */
  readonly usesChatGptLogin: boolean;
  /** What `.env` in the home directory sets. */
  readonly dotEnv: Variables;
  /** The environment variables as Codex sees them. */
  readonly variables: Variables;
  /** Whose these files are by CC Switch's book; undefined: not CC Switch's. */
  readonly ccSwitch?: CcSwitchCard;
  /** Why nobody knows whether they are CC Switch's. */
  readonly ccSwitchProblem?: Refusal;
  /** Value of CODEX_API_KEY: Codex prefers it to whatever auth.json holds. */
  readonly environmentKey?: string;
}

export async function inspectCodex(
  environment: ClientEnvironment,
  chosenBaseUrl: string,
): Promise<CodexState> {
  const { mustExist, usualHome, asWritten, ...location } = await locateCodexHome(environment);
  const { home } = location;
  const rules = pathRules(environment.platform);
  const [dotEnv, config, auth, system, ccSwitchState] = await Promise.all([
    readDotEnv(environment, home),
    readClientFile(environment.fs, rules.join(home, "config.toml"), "toml"),
    readClientFile(environment.fs, rules.join(home, "auth.json"), "json"),
    readSystemLayers(environment, home),
    inspectCcSwitch(environment),
  ]);
  const addressOf = (id: string) => textInForce(config, system, ["model_providers", id, "base_url"]);
  const leadsToTokenPool = (address = "") => address !== "" && isTokenPoolBaseUrl(address, chosenBaseUrl);
  const provider = textInForce(config, system, ["model_provider"]);
  const baseUrl = provider && addressOf(provider);
  const card = await inspectCard(environment, ccSwitchState, home, config, leadsToTokenPool);
  const [ccSwitch, ccSwitchProblem] = card instanceof Refusal ? [undefined, card] : [card];
  const apiKey =
    ccSwitch?.keepsTokenInConfig && isInCcSwitchHands(config, ccSwitch)
      ? stringAt(config, CC_SWITCH_TOKEN)
      : stringAt(auth, ["OPENAI_API_KEY"]);
  const keyHolder = ccSwitch?.keepsTokenInConfig ? config.path : auth.path;
  const usesTokenPool = leadsToTokenPool(baseUrl);
  const environmentKey = environment.variables.CODEX_API_KEY;
  const leadsToUs = async (directory: string) => {
    const idle = await readClientFile(environment.fs, rules.join(directory, "config.toml"), "toml");
    const id = stringAt(idle, ["model_provider"]) ?? "";
    return leadsToTokenPool(stringAt(idle, ["model_providers", id, "base_url"]));
  };
  return {
    client: "codex",
    ...location,
    dotEnv,
    variables: joinVariables(environment.platform, environment.variables, dotEnv),
    files: [config.path, auth.path],
    homes: [home],
    absentFiles: [config, auth].filter(({ exists }) => !exists).map(({ path }) => path),
    configTexts: [config, system.defaults, system.managed, system.requirements].map(
      (file) => file?.text ?? "",
    ),
    namedFiles: settingFiles(environment, config, home).map(({ target }) => target),
    config,
    auth,
    overriddenBy: systemOverrides(system),
    system,
    usesTokenPool,
    heldKeys: apiKey ? [{ path: keyHolder, apiKey, isOurs: usesTokenPool, ...(baseUrl && { baseUrl }) }] : [],
    hasOurProvider: leadsToTokenPool(addressOf(PROVIDER_ID)),
    hasChatGptLogin: hasChatGptLogin(auth.document),
    usesChatGptLogin: usesChatGptLogin(auth.document),
    ...(mustExist && !(await directoryExists(environment, home)) && { missingDirectory: home }),
    ...(asWritten !== undefined && notExpanded(asWritten)),
    ...(usualHome && (await leadsToUs(usualHome)) && { idleHome: usualHome }),
    ...(baseUrl && { baseUrl }),
    ...(apiKey && { apiKey }),
    ...(ccSwitch && { ccSwitch }),
    ...(ccSwitchProblem && { ccSwitchProblem }),
    ...(ccSwitch && !ccSwitch.isOurs && { needsCcSwitchCard: true }),
    ...(environmentKey && { environmentKey }),
  };
}

/** Codex says that the path does not exist, and leaves open why. */
function notExpanded(named: string) {
  const reason = l10n.t(
    "CODEX_HOME is {0}, and Codex takes it literally, from the folder where it is started. Set the whole path, without ~ and quotes.",
    named,
  );
  return { missingDirectory: named, missingReason: reason };
}

function hasChatGptLogin(auth: unknown): boolean {
  const tokens = valueAt(auth, ["tokens"]);
  return typeof tokens === "object" && tokens !== null;
}

/** @param auth content of auth.json */
export function usesChatGptLogin(auth: unknown): boolean {
  const isInCharge =
    valueAt(auth, ["auth_mode"]) === "chatgpt" || typeof valueAt(auth, ["OPENAI_API_KEY"]) !== "string";
  return hasChatGptLogin(auth) && isInCharge;
}

async function directoryExists({ fs }: ClientEnvironment, directory: string): Promise<boolean> {
  return fs.stat(directory).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
