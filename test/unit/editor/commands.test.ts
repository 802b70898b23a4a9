import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Command } from "../../../src/ids";
import type { Services } from "../../../src/editor/services";
import { commands, env, user } from "../../fakes/vscode";
import { Memory, Secrets, servicesIn } from "./services";

const { registerCommands } = await import("../../../src/editor/commands");

/** Services that fail at every use. @param before what was used at a time when nothing moved yet */
function failingServices(before: string[] = []): Services {
  const use = (_target: object, name: string | symbol) => {
    if (user.progress.length === 0) before.push(String(name));
    throw new Error("no service");
  };
  return new Proxy({}, { get: use }) as Services;
}

/** @returns when it has failed */
const run = (id: Command, argument?: unknown) => commands.executeCommand(id, argument).catch(() => undefined);

describe("every command", () => {
  beforeEach(() => user.reset());

  const isOfPreview = (id: Command) => id.endsWith("Preview");
  for (const id of Object.values(Command).filter((id) => !isOfPreview(id))) {
    it(`${id} lets something move before it does anything`, async () => {
      const before: string[] = [];
      registerCommands(failingServices(before));
      await run(id);
      assert.deepEqual([user.progress[0]?.title, before], ["TokenPool: Working…", []]);
    });
  }

  it("does nothing for another client in place of one that it does not know", async () => {
    const home = await fs.mkdtemp(path.join(os.tmpdir(), "commands-"));
    try {
      const memory = new Memory();
      await memory.update("ccSwitch.agreed", true);
      env.remoteName = "ssh-remote";
      registerCommands(servicesIn(home, fs, new Secrets("sk-" + "ab12".repeat(16)), { memory }));
      await run(Command.configureCodex, { confirm: false });
      const unknown = { client: "cursor", confirm: false };
      const nothing = { outcome: "cancelled", files: [], findings: [] };
      assert.deepEqual(await run(Command.restoreConfiguration, unknown), nothing);
      assert.deepEqual(await run(Command.removeConfiguration, unknown), nothing);
      assert.deepEqual(await run(Command.addToCcSwitch, unknown), { outcome: "refused" });
      assert.equal(user.clipboard, "");
      assert.match(await fs.readFile(path.join(home, ".codex/config.toml"), "utf8"), /api\.clawto\.link/);
    } finally {
      env.remoteName = undefined;
      await fs.rm(home, { recursive: true });
    }
  });

  it("shows nothing without confirmation", async () => {
    registerCommands(failingServices());
    await run(Command.configureCodex, { confirm: false });
    assert.deepEqual(user.progress, []);
  });
});
