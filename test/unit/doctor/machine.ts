import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { applyChange } from "../../../src/changes/apply";
import type { ChangePlan } from "../../../src/changes/plan";
import type { ChangeStore, JournalEntry } from "../../../src/changes/store";
import { prepareChange } from "../../../src/changes/prepare";
import { planUndo } from "../../../src/changes/history/undoChange";
import type { FileSystem } from "../../../src/changes/disk/userFile";
import { forEachClient } from "../../../src/clients/clientId";
import { type Snapshot, type SnapshotSources, takeSnapshot } from "../../../src/doctor/snapshot/snapshot";
import { checkBaseUrl } from "../../../src/gateway/endpoints";
import type { HealthReport } from "../../../src/health/report";

/** Made at run time, so that no file of the project holds anything that looks like a key. */
export const API_KEY = "sk-" + "ab12".repeat(16);
export const OTHER_KEY = "sk-" + "cd34".repeat(16);
export const ENDPOINT = "https://api.clawto.link";

const JOURNAL = "journal";

/** What a machine is like: files below the home directory, and what rules learn from elsewhere. */
export interface MachineState {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** `$HOME` stands for the home directory. */
  readonly variables?: Readonly<Record<string, string>>;
  /** null: no key is stored. */
  readonly apiKey?: string | null;
  /** Stored keys that are not in use. */
  readonly otherKeys?: readonly string[];
  readonly baseUrl?: string;
  readonly offeredModels?: readonly string[];
  readonly health?: readonly HealthReport[];
  readonly otherEndpoint?: Snapshot["otherEndpoint"];
  readonly usage?: Snapshot["usage"];
  readonly usedUp?: Snapshot["usedUp"];
  readonly route?: Snapshot["route"];
  readonly addressFamilies?: Snapshot["addressFamilies"];
  readonly answerSays?: Snapshot["answerSays"];
  readonly ways?: Snapshot["ways"];
  readonly editorWorks?: boolean;
  /** Of clients that are left out none is found. */
  readonly versions?: Partial<Snapshot["versions"]>;
  readonly written?: Snapshot["written"];
  /** What the clients say of their configuration; files below the home directory. */
  readonly startChecks?: Snapshot["startChecks"];
  /** Folders that are open, below the home directory. */
  readonly folders?: readonly string[];
  readonly askGit?: SnapshotSources["askGit"];
  /** Where the secret guard has found the key, below the home directory. */
  readonly keyLeaks?: SnapshotSources["keyLeaks"];
  /** Settings of the client directories, below the home directory. */
  readonly codexHome?: string;
  readonly wslSilent?: boolean;
  /** Ports of this machine on which something listens. */
  readonly ports?: readonly number[];
}

/** A home directory of its own under the temporary directory. */
export class Machine {
  private constructor(
    readonly home: string,
    private readonly state: MachineState,
  ) {}

  static async make(state: MachineState): Promise<Machine> {
    const home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "doctor-home-")));
    for (const [name, content] of Object.entries(state.files ?? {})) {
      const file = path.join(home, name);
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, content);
    }
    return new Machine(home, state);
  }

  /** Makes a machine for as long as a test needs it. */
  static async use<T>(state: MachineState, test: (machine: Machine) => Promise<T>): Promise<T> {
    const machine = await Machine.make(state);
    try {
      return await test(machine);
    } finally {
      await fs.rm(machine.home, { recursive: true, force: true });
    }
  }

  /** @param now what has changed since the machine was made */
  async snapshot(now: Partial<MachineState> = {}): Promise<Snapshot> {
    const snapshot = await takeSnapshot(this.sources(now));
    const said = Object.entries({ ...this.state, ...now }.startChecks ?? {}).map(([client, check]) => [
      client,
      "path" in check ? { ...check, path: path.join(this.home, check.path) } : check,
    ]);
    return { ...snapshot, startChecks: Object.fromEntries(said) as Snapshot["startChecks"] };
  }

  sources(now: Partial<MachineState> = {}): SnapshotSources {
    const { home } = this;
    const state = { ...this.state, ...now };
    return {
      environment: {
        fs: withSystemFiles(home),
        variables: Object.fromEntries(
          Object.entries(state.variables ?? {}).map(([name, value]) => [name, value.replace("$HOME", home)]),
        ),
        homeDirectory: home,
        platform: process.platform,
        ...(state.wslSilent && { askWsl: () => Promise.resolve(undefined) }),
        configuredDirectory: { codex: state.codexHome ? path.join(home, state.codexHome) : "", opencode: "" },
      },
      isListening: (_, port) => Promise.resolve(state.ports?.includes(port) ?? false),
      askGit: state.askGit,
      checkStarts: () => Promise.resolve({}),
      keyLeaks: (state.keyLeaks ?? []).map((leak) => ({ ...leak, path: path.join(home, leak.path) })),
      folders: (state.folders ?? []).map((folder) => path.join(home, folder)),
      apiKey: state.apiKey === null ? undefined : (state.apiKey ?? API_KEY),
      keyNames: new Map(state.otherKeys?.map((key, index) => [key, `Spare ${index + 1}`])),
      storedKeys: [...(state.apiKey === null ? [] : [state.apiKey ?? API_KEY]), ...(state.otherKeys ?? [])],
      baseUrl: checkBaseUrl(state.baseUrl ?? ENDPOINT),
      model: "gpt-5.5",
      reviewModel: "gpt-5.5",
      offeredModels: state.offeredModels,
      health: state.health ?? [],
      otherEndpoint: state.otherEndpoint,
      usage: state.usage,
      usedUp: state.usedUp,
      route: state.route,
      addressFamilies: state.addressFamilies ?? [],
      answerSays: state.answerSays,
      ways: state.ways ?? [],
      editorWorks: state.editorWorks,
      written: state.written ?? [],
      askVersions: () =>
        Promise.resolve({
          ...forEachClient(() => []),
          ...(state.versions ?? { codex: ["0.169.0"], opencode: ["1.18.33"] }),
        }),
    };
  }

  /** Through the real pipeline: prepared, checked, backed up, written, verified. */
  async apply(plan: ChangePlan): Promise<JournalEntry | undefined> {
    return applyChange(this.store, () => Promise.resolve(plan), await prepareChange(fs, plan));
  }

  /** @returns the plan that took the change back */
  async applyAndUndo(plan: ChangePlan, between: () => Promise<void>): Promise<ChangePlan> {
    const entry = await this.apply(plan);
    if (!entry) throw new Error("The change changes nothing.");
    await between();
    const undo = await planUndo(this.store, entry);
    await this.apply(undo);
    return undo;
  }

  get store(): ChangeStore {
    return { fs, directory: path.join(this.home, JOURNAL), now: () => new Date() };
  }

  /**
   * Every file's bytes as one character each, in the order of the names, without the journal. The key file is named
   * from `~`, which OpenCode on Windows is not given.
   */
  async allFiles(): Promise<Map<string, string>> {
    const entries = await fs.readdir(this.home, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(this.home, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"),
      )
      .filter((name) => !name.startsWith(JOURNAL))
      .sort();
    const texts = names.map(async (name) => {
      const text = await fs.readFile(path.join(this.home, name), "latin1");
      const home = process.platform === "win32" ? this.home.replaceAll("\\", "/") : "~";
      return [name, text.replaceAll(`{file:${home}/`, "{file:~/")] as const;
    });
    return new Map(await Promise.all(texts));
  }

  read(name: string): Promise<string> {
    return fs.readFile(path.join(this.home, name), "utf8");
  }
}

/** Where an administrator's file is on the system that the tests run on, as Linux names it. */
export function systemPath(file: string): string {
  if (process.platform !== "win32") return file;
  return file
    .replaceAll("/", "\\")
    .replace(/^\\etc\\(?:(codex)|opencode)/, (_, codex?: string) =>
      codex ? "C:\\ProgramData\\OpenAI\\Codex" : "C:\\ProgramData\\opencode",
    );
}

/** Files below `etc` in the home directory stand for an administrator's. */
function withSystemFiles(home: string): FileSystem {
  const folders = ["/etc/codex", "/etc/opencode"];
  const real = (file: unknown) => {
    const of = folders.find((folder) => typeof file === "string" && file.startsWith(systemPath(folder)));
    return of === undefined ? file : path.join(home, of, (file as string).slice(systemPath(of).length));
  };
  const redirected = Object.entries(fs).map(([name, call]) => {
    if (typeof call !== "function") return [name, call];
    const through = call as (...args: unknown[]) => unknown;
    return [name, (file: unknown, ...rest: unknown[]) => through(real(file), ...rest)];
  });
  return Object.fromEntries(redirected) as FileSystem;
}

export function healthReport(report: Partial<HealthReport>): HealthReport {
  return {
    state: "ok",
    endpoint: ENDPOINT,
    checkedAt: "2026-11-23T10:00:00.000Z",
    via: "direct",
    phases: { totalMs: 180 },
    ...report,
  };
}

/** TokenPool's documented config.toml; `changes` replace its lines, an empty text takes one out. */
export function codexConfig(changes: Readonly<Record<string, string>> = {}): string {
  const lines = {
    provider: 'model_provider = "OpenAI"',
    model: 'model = "gpt-5.5"',
    top: "",
    table: "\n[model_providers.OpenAI]",
    name: 'name = "OpenAI"',
    base_url: `base_url = "${ENDPOINT}"`,
    wire_api: 'wire_api = "responses"',
    auth: "requires_openai_auth = true",
    more: "",
    ...changes,
  };
  return `${Object.values(lines)
    .filter((line) => line !== "")
    .join("\n")}\n`;
}

export function codexAuth(content: object = { auth_mode: "apikey", OPENAI_API_KEY: API_KEY }): string {
  return JSON.stringify(content, undefined, 2);
}

/** A Codex that works with TokenPool. */
export const CODEX_FILES = { ".codex/config.toml": codexConfig(), ".codex/auth.json": codexAuth() };

/** opencode.json as Configure OpenCode writes it; `changes` go to the top level, `options` to the provider's. */
export function opencodeConfig(changes: object = {}, options: object = {}): string {
  const provider = {
    npm: "@ai-sdk/openai",
    name: "TokenPool",
    options: { baseURL: `${ENDPOINT}/v1`, apiKey: "{file:~/.config/tokenpool/api-key}", ...options },
    models: { "gpt-5.5": { name: "GPT-5.5" } },
  };
  return JSON.stringify(
    { model: "tokenpool/gpt-5.5", provider: { tokenpool: provider }, ...changes },
    undefined,
    2,
  );
}

/** An OpenCode that works with TokenPool. */
export const OPENCODE_FILES = {
  ".config/opencode/opencode.json": opencodeConfig(),
  ".config/tokenpool/api-key": `${API_KEY}\n`,
};
