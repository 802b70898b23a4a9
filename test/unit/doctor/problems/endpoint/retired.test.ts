import assert from "node:assert/strict";
import { diagnose } from "../../../../../src/doctor/diagnose";
import { type FormerEndpoint, formerEndpoints } from "../../../../../src/gateway/endpoints";
import { ENDPOINT, Machine, type MachineState, OPENCODE_FILES } from "../../machine";
import { CONFIG, codexWith, OPENCODE, opencodeWith } from "../files";

const FORMER = "https://api.tokenpool.example";

describe("endpoint/retired", () => {
  const list = formerEndpoints as FormerEndpoint[];
  before(() => list.push({ baseUrl: FORMER, successor: ENDPOINT }));
  after(() => list.pop());

  const found = async (state: MachineState, machine?: Machine) => {
    const look = async (each: Machine) => diagnose(await each.snapshot());
    return machine ? look(machine) : Machine.use(state, look);
  };

  it("is no longer in the list once this test is over, because today there is none", () => {
    assert.deepEqual(list.slice(0, -1), []);
  });

  it("is found in the setting, with the way to another", async () => {
    const [only, ...others] = await found({ baseUrl: FORMER });
    assert.deepEqual(
      [only?.code, only?.severity, only?.action],
      ["endpoint/retired", "warning", "selectEndpoint"],
    );
    assert.match(only?.message ?? "", /api\.tokenpool\.example.*api\.clawto\.link/);
    assert.deepEqual(others, []);
  });

  const files: [string, MachineState["files"], string, string][] = [
    ["Codex", codexWith({ base_url: `base_url = "${FORMER}/v1"` }), CONFIG, `base_url = "${ENDPOINT}"`],
    [
      "OpenCode",
      { ...OPENCODE_FILES, ...opencodeWith({}, { baseURL: `${FORMER}/v1` }) },
      OPENCODE,
      `"baseURL": "${ENDPOINT}/v1"`,
    ],
  ];
  for (const [client, content, file, fixed] of files) {
    it(`is found in a file of ${client}, once, and fixed there`, async () => {
      await Machine.use({ files: content ?? {} }, async (machine) => {
        const [only, ...others] = await found({}, machine);
        assert.deepEqual([only?.code, others], ["endpoint/retired", []]);
        assert.ok(only?.range && only.fix);
        await machine.apply(only.fix());
        assert.ok((await machine.read(file)).includes(fixed));
        assert.deepEqual(await found({}, machine), []);
      });
    });
  }

  it("leads to the successor also where the setting names the former one", async () => {
    const content = codexWith({ base_url: `base_url = "${FORMER}"` });
    await Machine.use({ files: content, baseUrl: FORMER }, async (machine) => {
      const ofFile = (await found({}, machine)).find(({ path }) => path !== undefined);
      assert.ok(ofFile?.fix);
      await machine.apply(ofFile.fix());
      assert.ok((await machine.read(CONFIG)).includes(`"${ENDPOINT}"`));
    });
  });
});
