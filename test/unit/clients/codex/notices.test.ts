import assert from "node:assert/strict";
import { noticesOnEnvironment } from "../../../../src/clients/codex/notices";
import { planConfiguration, planKeyUpdate } from "../../../../src/clients/codex/configure";
import { API_KEY, ENDPOINT, Machine, type MachineState } from "../../doctor/machine";

const OTHER_SIDE = "C:\\Users\\ann\\.codex";

/** What is said about the environment before Codex is configured, and before a new key is written. */
function noticesOn(state: MachineState, changes: object = {}): Promise<string[]> {
  return Machine.use(state, async (machine) => {
    const codex = { ...(await machine.snapshot()).codex, ...changes };
    const notices = noticesOnEnvironment(codex, API_KEY);
    const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
    const plans = [
      planConfiguration(codex, profile, { fix: false, versions: [] }),
      planKeyUpdate(codex, API_KEY),
    ];
    for (const plan of plans) assert.deepEqual(plan.notices, notices);
    return notices;
  });
}

describe("what is said about Codex's environment before anything is written", () => {
  it("is nothing on an ordinary machine", async () => {
    const variables = { OPENAI_API_KEY: "mine", HTTPS_PROXY: "http://127.0.0.1:1", CODEX_API_KEY: API_KEY };
    assert.deepEqual(await noticesOn({ variables }), []);
  });

  for (const name of ["CODEX_API_KEY", "CODEX_ACCESS_TOKEN"]) {
    it(`names ${name}, which outranks auth.json, without its value`, async () => {
      const [notice = "", ...others] = await noticesOn({ variables: { [name]: "another secret" } });
      assert.match(notice, new RegExp(name));
      assert.doesNotMatch(notice, /another secret/);
      assert.deepEqual(others, []);
    });
  }

  it("names what .env beside config.toml changes, as far as Codex obeys it", async () => {
    const env = `export HTTPS_PROXY='http://someone:secret@127.0.0.1:1'\n# x\nCODEX_API_KEY=ignored\nEDITOR=vi\n`;
    const [notice = "", ...others] = await noticesOn({ files: { ".codex/.env": env } });
    assert.match(notice, /HTTPS_PROXY/);
    assert.doesNotMatch(notice, /secret|EDITOR/);
    assert.deepEqual(others, []);
  });

  it("names the files of the other Codex, on Windows or in WSL", async () => {
    const [notice = ""] = await noticesOn({}, { otherSide: OTHER_SIDE });
    assert.ok(notice.includes(`the one on Windows reads ${OTHER_SIDE}`));
    assert.match(notice, /runs in WSL and reads .*\.codex;/);
  });

  it("warns of a WSL that does not answer", async () => {
    const [notice = ""] = await noticesOn({ wslSilent: true });
    assert.match(notice, /WSL does not answer/);
    assert.match(notice, /tokenpool\.codex\.home/);
  });
});
