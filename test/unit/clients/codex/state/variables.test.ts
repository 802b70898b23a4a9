import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { inspectCodex } from "../../../../../src/clients/codex/state/state";
import { parseDotEnv } from "../../../../../src/clients/codex/state/variables";
import { windowsFiles } from "../../windowsFiles";

describe("Codex's .env", () => {
  it("has one variable on a line, with or without export, quotes and remarks", () => {
    const text = [
      "A=1",
      "  export  B = two words # remark",
      "C='it # is' # remark",
      'D="x"',
      "E=",
      "F = 'open",
      "# G=1",
      "1H=1",
      "no variable",
      "I=a#b\r",
    ].join("\n");
    assert.deepEqual(parseDotEnv(text), [
      ["A", "1"],
      ["B", "two words"],
      ["C", "it # is"],
      ["D", "x"],
      ["E", ""],
      ["F", "'open"],
      ["I", "a#b"],
    ]);
  });
});

describe("the variables that Codex sees", () => {
  const ENVIRONMENT = { Https_Proxy: "http://127.0.0.1:1", Openai_Base_Url: "https://elsewhere.invalid" };
  const DOT_ENV = "https_proxy=http://127.0.0.1:2\ncodex_home=C:\\elsewhere\n";
  let folder: string;
  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-test-"));
    await fs.mkdir(path.join(folder, "ann", ".codex"), { recursive: true });
    await fs.writeFile(path.join(folder, "ann", ".codex", ".env"), DOT_ENV);
  });
  after(() => fs.rm(folder, { recursive: true }));

  const inspect = (platform: NodeJS.Platform) => {
    const machine =
      platform === "win32"
        ? { fs: windowsFiles(folder), homeDirectory: "C:\\ann" }
        : { fs, homeDirectory: path.join(folder, "ann") };
    const environment = { ...machine, platform, variables: ENVIRONMENT, configuredDirectory: {} };
    return inspectCodex(environment, "https://gateway.invalid");
  };

  it("are found on Windows whatever their capitals, and its .env still wins", async () => {
    const { variables, dotEnv } = await inspect("win32");
    assert.equal(variables.OPENAI_BASE_URL, "https://elsewhere.invalid");
    for (const name of ["HTTPS_PROXY", "https_proxy", "Https_Proxy"]) {
      assert.equal(variables[name], "http://127.0.0.1:2", name);
      assert.equal(dotEnv[name], "http://127.0.0.1:2", name);
    }
    assert.equal(dotEnv.CODEX_HOME, undefined, "Codex lets its .env set none of its own variables");
  });

  it("are found elsewhere by their exact names only", async () => {
    const { variables, dotEnv } = await inspect("linux");
    assert.equal(variables.OPENAI_BASE_URL, undefined);
    assert.deepEqual(
      [variables.HTTPS_PROXY, variables.Https_Proxy, variables.https_proxy, dotEnv.codex_home],
      [undefined, "http://127.0.0.1:1", "http://127.0.0.1:2", undefined],
    );
  });
});
