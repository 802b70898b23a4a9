import assert from "node:assert/strict";
import { diagnose } from "../../../../src/doctor/diagnose";
import { Machine, type MachineState } from "../machine";
import { snapshotOnWindows } from "../windowsMachine";

describe("a dead proxy in Codex's .env", () => {
  const DEAD = "http://127.0.0.1:9";
  /** @returns line of `.env` from 1, and the address */
  const found = (dotEnv: string, state: MachineState = {}) =>
    Machine.use({ ...state, files: { ".codex/.env": dotEnv } }, async (machine) => {
      const { deadProxy } = await machine.snapshot();
      if (!deadProxy) return undefined;
      assert.equal(deadProxy.path, `${machine.home}/.codex/.env`);
      return [deadProxy.range && deadProxy.range.line + 1, deadProxy.address];
    });

  it("is the one that nothing listens at", async () => {
    assert.deepEqual(await found(`HTTPS_PROXY=${DEAD}\n`), [1, "127.0.0.1:9"]);
    assert.equal(await found(`HTTPS_PROXY=${DEAD}\n`, { ports: [9] }), undefined);
    assert.equal(await found("HTTPS_PROXY=http://proxy.example:9\n"), undefined);
  });

  it("is none where the environment names it, or nobody", async () => {
    assert.equal(await found("OTHER=1\n", { variables: { HTTPS_PROXY: DEAD } }), undefined);
    assert.equal(await found(`OTHER=${DEAD}\n`), undefined);
  });

  it("is none while no address is chosen, and for one that goes past the proxy", async () => {
    assert.equal(await found(`HTTPS_PROXY=${DEAD}\n`, { baseUrl: "no address" }), undefined);
    assert.equal(await found(`HTTPS_PROXY=${DEAD}\nNO_PROXY=*\n`), undefined);
  });

  it("is shown where it counts: at the variable of the address's kind, in its last line", async () => {
    const all = `ALL_PROXY=${DEAD}\nexport HTTPS_PROXY=http://127.0.0.1:8\n export  HTTPS_PROXY = ${DEAD}\n`;
    assert.deepEqual(await found(`${all}HTTPS_PROXY_OLD=1\n`), [3, "127.0.0.1:9"]);
  });

  it("may be named without a scheme", async () => {
    assert.deepEqual(await found("https_proxy=localhost:9\n"), [1, "localhost:9"]);
  });

  it("is named on Windows with whatever capitals", async () => {
    const [upper, mixed] = [`HTTPS_PROXY=http://127.0.0.1:8\n`, `export Https_Proxy=${DEAD}\n`];
    for (const variables of [{}, { https_proxy: "http://127.0.0.1:8" }]) {
      const { deadProxy } = await snapshotOnWindows({
        files: { "Users/ann/.codex/.env": upper + mixed },
        variables,
      });
      assert.deepEqual(deadProxy, {
        path: "C:\\Users\\ann\\.codex\\.env",
        range: { line: 1, column: 0, endLine: 1, endColumn: mixed.trimEnd().length },
        address: "127.0.0.1:9",
      });
    }
  });

  it("is no problem of a Codex that is not meant to use TokenPool", () =>
    Machine.use(
      { files: { ".codex/config.toml": 'model = "gpt-5.5"\n', ".codex/.env": `HTTPS_PROXY=${DEAD}\n` } },
      async (machine) => {
        const snapshot = await machine.snapshot();
        assert.ok(snapshot.deadProxy);
        assert.deepEqual(
          diagnose(snapshot).filter(({ code }) => code === "network/proxy-mismatch"),
          [],
        );
      },
    ));
});
