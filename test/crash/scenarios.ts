import * as path from "node:path";
import { parse } from "smol-toml";
import { applyChanges } from "../../src/changes/apply";
import type { ChangePlan } from "../../src/changes/plan";
import type { ChangeStore } from "../../src/changes/store";
import { rememberingFileSystem } from "../../src/changes/disk/readings";
import { readJournal } from "../../src/changes/history/journal/journal";
import { readOriginalValues } from "../../src/changes/history/before";
import { prepareChanges } from "../../src/changes/prepare";
import { planUndo } from "../../src/changes/history/undoChange";
import type { ClientEnvironment } from "../../src/clients/client";
import { inspectCodex } from "../../src/clients/codex/state/state";
import { planConfiguration } from "../../src/clients/codex/configure";
import { planRemoval } from "../../src/clients/codex/remove";
import { API_KEY, planOf, set } from "../unit/changes/temporaryStore";

/** What a person's home directory holds before the change; paths are relative to it. */
export interface HomeFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
  /** The file is reached by a symbolic link of this path. */
  readonly linkedFrom?: string;
}

export interface Scenario {
  readonly name: string;
  readonly files: readonly HomeFile[];
  /** Changes of ours that came before, in order. */
  readonly earlier: readonly MakePlansIn[];
  /** The change in which the crash falls. */
  readonly plan: MakePlansIn;
}

/** One plan, or several that are written together. */
export type MakePlansIn = (store: ChangeStore, home: string) => Promise<ChangePlan | readonly ChangePlan[]>;

const GATEWAY = "https://gateway.test";
const PROFILE = { apiKey: API_KEY, baseUrl: GATEWAY, model: "gpt-5.5", reviewModel: "gpt-5.5" };

const LOGIN: HomeFile = {
  path: ".codex/auth.json",
  content: '{"auth_mode":"chatgpt","OPENAI_API_KEY":null,"tokens":{"access_token":"made up"}}',
  mode: 0o600,
};
const CONFIG: HomeFile = {
  path: ".codex/config.toml",
  content: '# mine\r\nmodel = "mine" # why\r\n\r\n[projects."/work"]\r\ntrust_level = "trusted"\r\n',
  mode: 0o640,
};
const OPENCODE: HomeFile = {
  path: ".config/opencode/opencode.json",
  content: '{ "model": "mine" }',
  mode: 0o644,
};

/** The one with the most system calls. */
export const BOTH_CLIENTS: Scenario = {
  name: "both clients are configured together",
  files: [LOGIN, CONFIG, OPENCODE],
  earlier: [],
  plan: configureBoth,
};

/** Each kind of change once: those that take long to try are tried with these only. */
export const MAIN_SCENARIOS: readonly Scenario[] = [
  { name: "Codex is configured over a ChatGPT login", files: [LOGIN, CONFIG], earlier: [], plan: configure },
  { name: "Codex is configured for the first time", files: [], earlier: [], plan: configure },
  {
    name: "Codex is configured behind symbolic links",
    files: [
      { ...LOGIN, path: "dotfiles/login", linkedFrom: LOGIN.path },
      { ...CONFIG, path: "dotfiles/codex.toml", linkedFrom: CONFIG.path },
    ],
    earlier: [],
    plan: configure,
  },
  { name: "Codex's configuration is undone", files: [LOGIN, CONFIG], earlier: [configure], plan: undo },
  BOTH_CLIENTS,
  { name: "files we created are deleted", files: [], earlier: [configure], plan: remove },
];

export const SCENARIOS: readonly Scenario[] = [
  { name: "one file is changed", files: [CONFIG], earlier: [], plan: setModel },
  ...MAIN_SCENARIOS,
  { name: "TokenPool is removed from Codex", files: [LOGIN, CONFIG], earlier: [configure], plan: remove },
  {
    name: "both clients are undone together",
    files: [LOGIN, CONFIG, OPENCODE],
    earlier: [configureBoth],
    plan: undo,
  },
  { name: "an undo is undone", files: [LOGIN, CONFIG], earlier: [configure, undo], plan: undo },
];

function setModel(_store: ChangeStore, home: string): Promise<ChangePlan> {
  const file = { kind: "edit", format: "toml", credential: false } as const;
  return Promise.resolve(
    planOf([{ ...file, path: path.join(home, CONFIG.path), edits: [set("model", "ours")] }]),
  );
}

async function configure({ fs }: ChangeStore, home: string): Promise<ChangePlan> {
  const state = await inspectCodex(environmentOf(fs, home), GATEWAY);
  return planConfiguration(state, PROFILE, { fix: false, versions: [] });
}

/** Two plans, the second as small as one can be that needs a key file before its configuration. */
async function configureBoth(store: ChangeStore, home: string): Promise<readonly ChangePlan[]> {
  const config = path.join(home, OPENCODE.path);
  const key = path.join(path.dirname(config), "api-key");
  const edit = { kind: "edit", format: "jsonc", credential: false } as const;
  const other = planOf([
    { kind: "replace", path: key, content: Buffer.from(API_KEY), credential: true },
    { ...edit, path: config, edits: [set("provider.tokenpool.options.apiKey", `{file:${key}}`)] },
  ]);
  return [await configure(store, home), other];
}

async function remove(store: ChangeStore, home: string): Promise<ChangePlan> {
  const state = await inspectCodex(environmentOf(store.fs, home), GATEWAY);
  return planRemoval(state, await readOriginalValues(store));
}

/** Takes the latest change back, with all that was written together with it. */
export async function undo(store: ChangeStore): Promise<readonly ChangePlan[]> {
  const journal = (await readJournal(store)).filter(({ state }) => state === "done");
  const latest = journal.at(-1);
  if (!latest) throw new Error("There is nothing to undo");
  const together = journal.filter(({ id, group }) => id === latest.id || (group && group === latest.group));
  return Promise.all(together.reverse().map((entry) => planUndo(store, entry)));
}

function environmentOf(fs: ClientEnvironment["fs"], home: string): ClientEnvironment {
  const configuredDirectory = { codex: "", opencode: "" };
  return { fs, variables: {}, homeDirectory: home, platform: process.platform, configuredDirectory };
}

/** Previews and applies, with files read once as the commands do. */
export async function apply(machine: ChangeStore, home: string, plan: MakePlansIn): Promise<void> {
  const store = { ...machine, fs: rememberingFileSystem(machine.fs) };
  const makePlans = async () => [await plan(store, home)].flat();
  await applyChanges(store, makePlans, await prepareChanges(store.fs, await makePlans()));
}

/**
 * Why Codex must not be started with these files: a ChatGPT token would travel to the gateway, or Codex
 * would not start at all. Undefined when it may.
 */
export function danger(auth: string | undefined, config: string | undefined): string | undefined {
  const login = auth === undefined ? {} : (JSON.parse(auth) as Record<string, unknown>);
  const { model_provider: id, model_providers: tables } = parse(config ?? "") as {
    model_provider?: string;
    model_providers?: Record<string, { name?: string; base_url?: string }>;
  };
  for (const table of Object.values(tables ?? {}))
    if (!table.name) return "Codex refuses a table without name";
  if (id === undefined) return undefined;
  const provider = tables?.[id];
  if (!provider) return "Codex refuses a provider that is not there";
  const sendsLogin = login.tokens !== undefined && login.auth_mode !== "apikey";
  return sendsLogin ? "the ChatGPT token would be sent to the gateway" : undefined;
}
