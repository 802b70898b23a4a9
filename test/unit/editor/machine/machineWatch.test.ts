import assert from "node:assert/strict";
import { mock } from "node:test";
import { user } from "../../../fakes/vscode";

const { MachineWatch } = await import("../../../../src/editor/machine/machineWatch");

describe("the watch of the machine", () => {
  const nothing = () => ({ dispose: () => undefined });
  const source = { onDidChange: nothing, onDidChangeAny: nothing } as never;
  let watch: InstanceType<typeof MachineWatch>;
  let told: number;
  beforeEach(() => {
    user.reset();
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    watch = new MachineWatch(source, source, source);
    told = 0;
    watch.onDidChange(() => told++);
  });
  afterEach(() => {
    watch.dispose();
    mock.timers.reset();
  });
  /** A change every 100 ms. */
  const burst = (changes: number) => {
    for (let at = 0; at < changes; at++) {
      watch.lookAgain();
      mock.timers.tick(100);
    }
  };

  it("tells once of a burst, when it is over", () => {
    burst(10);
    assert.equal(told, 0);
    mock.timers.tick(1_000);
    assert.equal(told, 1);
  });

  it("tells now and then of a burst that does not end", () => {
    burst(100);
    assert.ok(told >= 2 && told <= 4, String(told));
  });

  it("watches exactly the files, whatever else is written beside them, and none that is no path", () => {
    watch.watchFiles(["/home/me/.codex/config.toml", "/home/me/[x]/auth.json", "OPENCODE_CONFIG_CONTENT"]);
    const watched = () => [...user.watched.keys()].filter((each) => !each.startsWith("**"));
    assert.deepEqual(watched(), ["/home/me/.codex|config.toml", "/home/me/[x]|auth.json"]);
    user.watched.get("/home/me/.codex|config.toml")?.fire(undefined as never);
    mock.timers.tick(1_000);
    assert.equal(told, 1);
    watch.watchFiles(["/home/me/.codex/config.toml"]);
    assert.deepEqual(watched(), ["/home/me/.codex|config.toml"]);
    watch.dispose();
    assert.equal(user.watched.size, 0);
  });

  it("tells of nothing any more once it is disposed", () => {
    burst(1);
    watch.dispose();
    mock.timers.tick(10_000);
    assert.equal(told, 0);
  });
});
