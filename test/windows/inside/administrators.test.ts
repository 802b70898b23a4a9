import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { inspectCodex } from "../../../src/clients/codex/state/state";
import { ask, PROGRAMS } from "./askClient";
import { ENDPOINT, WindowsHome } from "./windowsHome";

const DATA = "C:\\ProgramData";
const COMPANY = `[model_providers.company]
name = "company"
base_url = "http://127.0.0.1:9"
request_max_retries = 0
stream_max_retries = 0
`;

/** Files for everybody on the machine: whatever this Windows is asked meanwhile finds them too. */
describe("an administrator's files", function () {
  this.timeout(300_000);
  afterEach(async () => {
    for (const name of ["OpenAI", "opencode"]) await fs.rm(path.join(DATA, name), { recursive: true });
  });
  beforeEach(async () => {
    for (const name of ["OpenAI\\Codex", "opencode"])
      await fs.mkdir(path.join(DATA, name), { recursive: true });
  });

  const configured = async () => {
    const machine = await WindowsHome.fresh("C:\\Users\\managed");
    await machine.configure("codex");
    const file = path.join(machine.home, ".codex", "config.toml");
    await fs.appendFile(file, COMPANY);
    // Under Wine Codex cannot make this file (its lock of it fails).
    await machine.write(".codex\\installation_id", "6f1d5c1e-58a8-4c44-9d5b-0a8a3c1d2e3f");
    const CODEX_HOME = path.dirname(file);
    const codex = (...args: string[]) => ask(PROGRAMS.codex, args, machine.home, { CODEX_HOME });
    return { machine, codex, state: () => inspectCodex(machine.environment, ENDPOINT) };
  };
  const write = (name: string, text: string) => fs.writeFile(path.join(DATA, name), text);

  it("prescribe Codex's provider where we find them", async () => {
    const { codex, state } = await configured();
    const options = ["features.unbounded_connection_retries=false", "check_for_update_on_startup=false"];
    const args = ["exec", "--skip-git-repo-check", ...options.flatMap((each) => ["-c", each]), "Say hello"];
    await write("OpenAI\\Codex\\config.toml", 'model_reasoning_effort = "high"\nmodel_provider = "nobody"\n');
    await write("OpenAI\\Codex\\managed_config.toml", 'model_provider = "nobody"\n');
    await write("OpenAI\\Codex\\requirements.toml", 'model_provider = "company"\n');
    const { stderr } = await codex(...args);
    assert.match(stderr, /^provider: company$/m);
    assert.match(stderr, /^reasoning effort: high$/m);
    const { overriddenBy, usesTokenPool } = await state();
    const requirements = path.join(DATA, "OpenAI\\Codex\\requirements.toml");
    assert.deepEqual(overriddenBy, [{ path: requirements, keys: ["model_provider"] }]);
    assert.equal(usesTokenPool, false);
  });

  for (const name of ["config.toml", "requirements.toml"])
    it(`keep Codex from starting where its ${name} is broken, and we say where`, async () => {
      const { codex, state } = await configured();
      await write(`OpenAI\\Codex\\${name}`, "model = “o3”\n");
      const { stderr } = await codex("login", "status");
      assert.ok(stderr.startsWith("Error loading configuration: "), stderr);
      assert.ok(stderr.includes(path.join(DATA, "OpenAI\\Codex", name)), stderr);
      const { defaults, requirements } = (await state()).system;
      assert.equal((name === "config.toml" ? defaults : requirements).problem?.where.line, 0);
    });

  it("prescribe OpenCode's model where we find them", async () => {
    const machine = await WindowsHome.fresh("C:\\Users\\managed");
    await machine.configure("opencode");
    await write("opencode\\config.json", '{ "model": "nobody/none" }');
    await write("opencode\\opencode.json", '{ "model": "company/small" }');
    await write("opencode\\opencode.jsonc", '{ "model": "company/large" }');
    const { stdout } = await ask(PROGRAMS.opencode, ["debug", "config"], machine.home);
    assert.equal((JSON.parse(stdout) as { model: unknown }).model, "company/large");
    const { overriddenBy } = await machine.inspect("opencode");
    assert.deepEqual(
      overriddenBy.map(({ path: file, keys }) => [path.relative(DATA, file), keys]),
      [
        ["opencode\\opencode.json", ["model"]],
        ["opencode\\opencode.jsonc", ["model"]],
      ],
    );
  });
});
