import * as path from "node:path";
import { valueAt } from "../../changes/valueAt";
import { isTokenPoolBaseUrl } from "../../gateway/endpoints";
import type { ClientEnvironment, ClientState } from "../client";
import { type ClientFile, readClientFile, stringAt } from "../clientFile";
import { expandHome } from "../expandHome";

/** Our provider's id. Case matters: `openai` is reserved by Codex, `OpenAI` is a provider of one's own. */
export const PROVIDER_ID = "OpenAI";
export const PROVIDER_PATH = ["model_providers", PROVIDER_ID] as const;

export interface CodexState extends ClientState {
  readonly client: "codex";
  readonly home: string;
  readonly config: ClientFile;
  readonly auth: ClientFile;
  /** A ChatGPT login stands in auth.json. */
  readonly hasChatGptLogin: boolean;
  /** Codex would send the ChatGPT token, not the API key, to whatever provider is configured. */
  readonly usesChatGptLogin: boolean;
  /** Value of CODEX_API_KEY: Codex prefers it to whatever auth.json holds. */
  readonly environmentKey?: string;
}

/** Codex's home directory as Codex itself finds it; the setting goes first. */
export function locateCodexHome(environment: ClientEnvironment): { home: string; mustExist: boolean } {
  const { variables, homeDirectory, configuredDirectory } = environment;
  const chosen = configuredDirectory.codex || variables.CODEX_HOME;
  if (chosen) return { home: expandHome(chosen, homeDirectory), mustExist: true };
  return { home: path.join(homeDirectory, ".codex"), mustExist: false };
}

export async function inspectCodex(
  environment: ClientEnvironment,
  chosenBaseUrl: string,
): Promise<CodexState> {
  const { home, mustExist } = locateCodexHome(environment);
  const config = await readClientFile(environment.fs, path.join(home, "config.toml"), "toml");
  const auth = await readClientFile(environment.fs, path.join(home, "auth.json"), "json");
  const provider = stringAt(config, ["model_provider"]);
  const baseUrl = provider && stringAt(config, ["model_providers", provider, "base_url"]);
  const apiKey = stringAt(auth, ["OPENAI_API_KEY"]);
  const mode = stringAt(auth, ["auth_mode"]);
  const hasChatGptLogin = typeof valueAt(auth.document, ["tokens"]) === "object";
  const environmentKey = environment.variables.CODEX_API_KEY;
  return {
    client: "codex",
    home,
    files: [config.path, auth.path],
    config,
    auth,
    usesTokenPool: baseUrl !== undefined && baseUrl !== "" && isTokenPoolBaseUrl(baseUrl, chosenBaseUrl),
    hasChatGptLogin,
    usesChatGptLogin: hasChatGptLogin && (mode === "chatgpt" || apiKey === undefined),
    ...(mustExist && !(await directoryExists(environment, home)) && { missingDirectory: home }),
    ...(baseUrl && { baseUrl }),
    ...(apiKey && { apiKey }),
    ...(environmentKey && { environmentKey }),
  };
}

async function directoryExists({ fs }: ClientEnvironment, directory: string): Promise<boolean> {
  return fs.stat(directory).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
