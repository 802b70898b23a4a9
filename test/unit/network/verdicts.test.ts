import assert from "node:assert/strict";
import { CLIENT_IDS } from "../../../src/clients/clientId";
import { askInNamespace } from "../../network/namespace";
import { describeRows } from "../../network/describeRows";
import type { Group } from "../../network/row";
import { askProbe, type Said } from "../../network/verdict";

describe("the check of the endpoint behind what stands between it and the gateway", function () {
  this.timeout(300_000);
  const asked = new Map<Group, Promise<Said[]>>();

  describeRows(async (group, row, index) => {
    const said = asked.get(group) ?? ask(group);
    asked.set(group, said);
    const working = CLIENT_IDS.filter((id) => row.isUnseen || (row[id] && !row.isStricter));
    assert.deepEqual((await said)[index], { says: row.says, working });
  });
});

function ask(group: Group): Promise<Said[]> {
  return group.namespace ? askInNamespace<Said[]>("probe", group) : askProbe(group);
}
