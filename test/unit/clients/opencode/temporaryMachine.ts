import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { applyChange } from "../../../../src/changes/apply";
import type { ChangePlan } from "../../../../src/changes/plan";
import type { ChangeStore, JournalEntry } from "../../../../src/changes/store";
import { prepareChange } from "../../../../src/changes/prepare";
import type { ClientEnvironment } from "../../../../src/clients/client";
import { inspectOpencode, type OpencodeState } from "../../../../src/clients/opencode/state/state";
import type { ConnectionProfile } from "../../../../src/gateway/connectionProfile";

/** Made at run time, so that no file of the project holds anything that looks like a key. */
export const API_KEY = "sk-" + "ab12".repeat(16);

export const PROFILE: ConnectionProfile = {
  baseUrl: "https://api.clawto.link",
  apiKey: API_KEY,
  model: "gpt-5.5",
  reviewModel: "gpt-5.5",
};

/** A home directory of its own under the temporary directory, and the ways to work on it. */
export class TemporaryMachine {
  variables: Record<string, string> = {};

  private constructor(readonly home: string) {}

  static async make(): Promise<TemporaryMachine> {
    return new TemporaryMachine(await fs.mkdtemp(path.join(os.tmpdir(), "opencode-home-")));
  }

  get environment(): ClientEnvironment {
    return {
      fs,
      variables: this.variables,
      homeDirectory: this.home,
      platform: process.platform,
      configuredDirectory: { codex: "", opencode: "" },
    };
  }

  get store(): ChangeStore {
    return { fs, directory: path.join(this.home, "journal"), now: () => new Date() };
  }

  path(name: string): string {
    return path.join(this.home, name);
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await fs.mkdir(path.dirname(this.path(name)), { recursive: true });
    await fs.writeFile(this.path(name), content);
  }

  /** Content of a file below the home directory; undefined when there is none. */
  async read(name: string): Promise<string | undefined> {
    return fs.readFile(this.path(name), "utf8").catch(() => undefined);
  }

  inspect(chosenBaseUrl = PROFILE.baseUrl): Promise<OpencodeState> {
    return inspectOpencode(this.environment, chosenBaseUrl);
  }

  /** Inspects, plans and applies through the real pipeline, with the journal that a later removal reads. */
  async apply(makePlan: (state: OpencodeState) => ChangePlan): Promise<JournalEntry | undefined> {
    const plan = async () => makePlan(await this.inspect());
    return applyChange(this.store, plan, await prepareChange(fs, await plan()));
  }

  async remove(): Promise<void> {
    await fs.rm(this.home, { recursive: true, force: true });
  }
}
