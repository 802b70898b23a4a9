import assert from "node:assert/strict";
import { askInNamespace, isPossible } from "../network/namespace";
import { askRealClients, type RealRuns } from "../network/realClients";
import type { Group } from "../network/row";
import { describeRows } from "../network/describeRows";
import { GROUPS } from "../network/rows/all";

/** More clients than this only wait for each other. */
const SIDE_BY_SIDE = 2;

describe("the real clients behind what stands between them and the gateway", function () {
  this.timeout(1_800_000);
  const asked = new Map<Group, RealRuns[] | Error>();

  before(async () => {
    const left = GROUPS.filter(isPossible);
    const work = async () => {
      for (let group = left.shift(); group; group = left.shift()) asked.set(group, await ask(group));
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  });

  describeRows((group, row, index) => {
    const runs = asked.get(group);
    if (!Array.isArray(runs)) throw runs ?? new Error("was not asked");
    const { codex, opencode } = runs[index]!;
    assert.equal(codex.works, row.codex, `Codex: ${codex.output}`);
    assert.equal(opencode.works, row.opencode, `OpenCode: ${opencode.output}`);
  });
});

/** One group that cannot be asked must not hide what became of the others. */
function ask(group: Group): Promise<RealRuns[] | Error> {
  const runs = group.namespace ? askInNamespace<RealRuns[]>("clients", group) : askRealClients(group);
  return runs.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
}
