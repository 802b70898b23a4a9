import assert from "node:assert/strict";
import { Command } from "../../../src/ids";
import type { Services } from "../../../src/editor/services";
import { commands, user } from "../../fakes/vscode";

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

  it("shows nothing without confirmation", async () => {
    registerCommands(failingServices());
    await run(Command.configureCodex, { confirm: false });
    assert.deepEqual(user.progress, []);
  });
});
