import * as disk from "node:fs/promises";
import * as path from "node:path";
import { applyChange } from "../../../src/changes/apply";
import type { FileSystem } from "../../../src/changes/disk/userFile";
import { retryingFileSystem } from "../../../src/changes/disk/retryingFileSystem";
import { readOriginalValues } from "../../../src/changes/history/before";
import type { ChangePlan } from "../../../src/changes/plan";
import { prepareChange } from "../../../src/changes/prepare";
import type { ChangeStore, JournalEntry } from "../../../src/changes/store";
import type { ClientEnvironment, ClientState } from "../../../src/clients/client";
import { CLIENT_IDS, type ClientId } from "../../../src/clients/clientId";
import { CLIENTS } from "../../../src/clients/registry";

/** Made at run time, so that no file of the project holds anything that looks like a key. */
export const API_KEY = "sk-" + "ab12".repeat(16);
export const ENDPOINT = "https://api.clawto.link";

/** A person's home on `C:` and what the extension does in it, with the file system that it takes on Windows. */
export class WindowsHome {
  variables: Readonly<Record<string, string | undefined>> = {};

  /** @param home as VS Code or the system spells it */
  constructor(
    readonly home: string,
    readonly fs: FileSystem = retryingFileSystem(disk),
    private readonly profile = {
      baseUrl: ENDPOINT,
      apiKey: API_KEY,
      model: "gpt-5.5",
      reviewModel: "gpt-5.5",
    },
  ) {}

  /** With nothing in it. */
  static async fresh(home: string): Promise<WindowsHome> {
    await disk.rm(home, { recursive: true, force: true, maxRetries: 10 });
    await disk.mkdir(home, { recursive: true });
    return new WindowsHome(home);
  }

  get store(): ChangeStore {
    const directory = path.join(this.home, "AppData", "Local", "tokenpool-vscode");
    return { fs: this.fs, directory, now: () => new Date() };
  }

  get environment(): ClientEnvironment {
    return {
      fs: this.fs,
      variables: this.variables,
      homeDirectory: this.home,
      platform: process.platform,
      configuredDirectory: {},
    };
  }

  inspect(id: ClientId): Promise<ClientState> {
    return CLIENTS[id].inspect(this.environment, this.profile.baseUrl);
  }

  configure(id: ClientId): Promise<JournalEntry | undefined> {
    return this.change(async () =>
      CLIENTS[id].planConfiguration(await this.inspect(id), this.profile, { fix: true, versions: [] }),
    );
  }

  async remove(id: ClientId): Promise<JournalEntry | undefined> {
    const originals = await readOriginalValues(this.store);
    return this.change(async () => CLIENTS[id].planRemoval(await this.inspect(id), originals));
  }

  undo(id: ClientId, entry: JournalEntry): Promise<JournalEntry | undefined> {
    return this.change(() => CLIENTS[id].planUndo(this.store, entry));
  }

  private async change(makePlan: () => Promise<ChangePlan> | ChangePlan): Promise<JournalEntry | undefined> {
    const make = async () => makePlan();
    return applyChange(this.store, make, await prepareChange(this.fs, await make()));
  }

  async write(name: string, text: string): Promise<void> {
    const file = path.join(this.home, name);
    await disk.mkdir(path.dirname(file), { recursive: true });
    await disk.writeFile(file, text);
  }

  read(name: string): Promise<string | undefined> {
    return disk.readFile(path.join(this.home, name), "utf8").catch(() => undefined);
  }

  /** Files and empty folders of the person's, without our store. */
  async names(): Promise<string[]> {
    const all = await disk.readdir(this.home, { recursive: true, withFileTypes: true });
    const folders = new Set(all.map((entry) => entry.parentPath));
    return all
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((name) => !folders.has(name))
      .map((name) => path.relative(this.home, name))
      .filter((name) => !name.startsWith("AppData"))
      .sort();
  }
}

export async function forBoth(work: (id: ClientId) => Promise<unknown>): Promise<void> {
  for (const id of CLIENT_IDS) await work(id);
}
