import assert from "node:assert/strict";
import { diagnose } from "../../../../../../src/doctor/diagnose";
import { switchingToolAt } from "../../../../../../src/doctor/snapshot/switchingTool";
import { API_KEY, codexAuth, codexConfig, CODEX_FILES, Machine, OTHER_KEY } from "../../../machine";
import type { MachineState } from "../../../machine";

describe("a proxy on this machine that does not run", () => {
  const at = (address: string, key = API_KEY): MachineState => ({
    files: {
      ...CODEX_FILES,
      ".codex/config.toml": codexConfig({ base_url: `base_url = "${address}"` }),
      ".codex/auth.json": codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: key }),
    },
  });
  const seen = (state: MachineState) =>
    Machine.use(state, async (machine) =>
      diagnose(await machine.snapshot())
        .filter(({ code }) => code === "codex/dead-local-proxy")
        .map(({ evidence }) => evidence),
    );

  for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
    it(`is told where a switching tool listens, whatever key Codex has: ${host}`, async () => {
      assert.deepEqual(await seen(at(`http://${host}:15721/v1`, OTHER_KEY)), [`${host}:15721`]);
      assert.equal(switchingToolAt(`${host}:15721`), "CC Switch");
      assert.equal(switchingToolAt(`${host}:57321`), "CodexPlusPlus");
    });
  }

  it("is told elsewhere where Codex sends our key there", async () => {
    assert.deepEqual(await seen(at("http://127.0.0.1:9999/v1")), ["127.0.0.1:9999"]);
    assert.deepEqual(await seen(at("https://127.0.0.1/v1")), ["127.0.0.1:443"]);
    assert.deepEqual(await seen(at("http://127.0.0.1/v1")), ["127.0.0.1:80"]);
  });

  it("is its owner's business with another key, and where none of ours is stored", async () => {
    assert.deepEqual(await seen(at("http://127.0.0.1:9999/v1", OTHER_KEY)), []);
    assert.deepEqual(await seen({ ...at("http://127.0.0.1:15721/v1"), apiKey: null }), []);
  });

  it("is not told while it runs, nor of an address elsewhere", async () => {
    assert.deepEqual(await seen({ ...at("http://127.0.0.1:15721/v1"), ports: [15_721] }), []);
    assert.deepEqual(await seen(at("http://elsewhere.example:15721/v1")), []);
  });

  it("is not told of the endpoint that the user chose on this machine", async () => {
    const chosen = "http://127.0.0.1:15721";
    assert.deepEqual(await seen({ ...at(`${chosen}/v1`), baseUrl: chosen }), []);
  });

  it("has no name at another port or host", () => {
    for (const address of ["127.0.0.1:1572", "127.0.0.1:157210", "elsewhere:15721", "x127.0.0.1:15721", ""])
      assert.equal(switchingToolAt(address), undefined, address);
  });
});
