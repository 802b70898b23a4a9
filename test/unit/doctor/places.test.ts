import assert from "node:assert/strict";
import { diagnose } from "../../../src/doctor/diagnose";
import { problemId } from "../../../src/doctor/problem";
import { codexAuth, codexConfig, Machine, OPENCODE_FILES } from "./machine";

const CONFIG = ".codex/config.toml";

describe("places of problems", () => {
  for (const [name, line, code] of [
    ["addresses", 'base_url = "https://api.clawto.link/v1/responses"', "endpoint/too-much-path"],
    ["protocols", 'wire_api = "chat"', "codex/wire-api-chat"],
  ] as const) {
    it(`tell two tables with wrong ${name} apart: two marks, two fixes`, async () => {
      const changes = { [name === "addresses" ? "base_url" : "wire_api"]: line };
      const second = `\n[model_providers.second]\nname = "Second"\n${line}\n`;
      const config = codexConfig({ ...changes, more: second });
      await Machine.use({ files: { [CONFIG]: config, ".codex/auth.json": codexAuth() } }, async (machine) => {
        const found = () =>
          machine.snapshot().then((each) => diagnose(each).filter((problem) => problem.code === code));
        const both = await found();
        assert.equal(new Set(both.map(problemId)).size, 2);
        assert.equal(new Set(both.map(({ range }) => range?.line)).size, 2);
        await machine.apply(both[1]!.fix!());
        assert.deepEqual((await found()).map(problemId), [problemId(both[0]!)]);
        await machine.apply(both[0]!.fix!());
        assert.deepEqual(await found(), []);
      });
    });
  }

  it("name no variable as a file", async () => {
    const OPENCODE_CONFIG_CONTENT = JSON.stringify({
      provider: { tokenpool: { options: { baseURL: "https://tokenpool.dev/v1" } } },
    });
    await Machine.use({ files: OPENCODE_FILES, variables: { OPENCODE_CONFIG_CONTENT } }, async (machine) => {
      const found = diagnose(await machine.snapshot()).find(({ code }) => code === "endpoint/website");
      assert.ok(found);
      assert.deepEqual([found.path, found.range], [undefined, undefined]);
      assert.ok(found.evidence);
    });
  });

  it("are few in a file where everything is wrong", async () => {
    const table = (id: number) =>
      `\n[model_providers.p${id}]\nname = "p"\nbase_url = "https://tokenpool.dev"\n`;
    const more = Array.from({ length: 50 }, (_, id) => table(id)).join("");
    await Machine.use({ files: { [CONFIG]: codexConfig({ more }) } }, async (machine) => {
      const found = diagnose(await machine.snapshot()).filter(({ code }) => code === "endpoint/website");
      assert.ok(found.length > 1 && found.length < 10, String(found.length));
    });
  });
});
