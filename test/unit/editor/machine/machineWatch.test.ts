import assert from "node:assert/strict";
import { mock } from "node:test";
import "../../../fakes/vscode";

const { MachineWatch } = await import("../../../../src/editor/machine/machineWatch");

describe("the watch of the machine", () => {
  const nothing = () => ({ dispose: () => undefined });
  const source = { onDidChange: nothing, onDidChangeAny: nothing } as never;
  let watch: InstanceType<typeof MachineWatch>;
  let told: number;
  beforeEach(() => {
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
      watch.filesChanged();
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

  it("tells of nothing any more once it is disposed", () => {
    burst(1);
    watch.dispose();
    mock.timers.tick(10_000);
    assert.equal(told, 0);
  });
});
