import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { retryingFileSystem } from "../../../src/changes/disk/retryingFileSystem";
import { type Gateway, startGateway } from "../../gateway/gateway";
import { type Answer, ask, PROGRAMS } from "./askClient";
import { WindowsHome } from "./windowsHome";
import * as disk from "node:fs/promises";

describe("the real clients with what we wrote", function () {
  this.timeout(300_000);
  let gateway: Gateway;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());

  async function machine(home: string): Promise<WindowsHome> {
    await WindowsHome.fresh(home);
    const profile = { baseUrl: gateway.url, apiKey: gateway.key, model: "gpt-5.5", reviewModel: "gpt-5.5" };
    return new WindowsHome(home, retryingFileSystem(disk), profile);
  }

  it("Codex answers", async () => {
    const { home, configure } = await configured("C:\\Users\\张三");
    await configure("codex");
    // Under Wine Codex cannot make this file (its lock of it fails).
    const CODEX_HOME = path.join(home, ".codex");
    fs.writeFileSync(path.join(CODEX_HOME, "installation_id"), "6f1d5c1e-58a8-4c44-9d5b-0a8a3c1d2e3f");
    const options = ["features.unbounded_connection_retries=false", "check_for_update_on_startup=false"];
    const args = ["exec", "--skip-git-repo-check", ...options.flatMap((each) => ["-c", each]), "Say hello"];
    await expectAnswer(await ask(PROGRAMS.codex, args, home, { CODEX_HOME }));
  });

  it("OpenCode answers", async () => {
    const { home, configure } = await configured("C:\\Users\\O'Brien & co");
    await configure("opencode");
    await expectAnswer(await ask(PROGRAMS.opencode, ["run", "Say hello"], home));
  });

  for (const [spelling, placeholder] of [
    ["with ~/", () => "{file:~/.config/tokenpool/api-key}"],
    [
      "in another case",
      (home: string) => `{file:${home.toUpperCase().replaceAll("\\", "/")}/.config/tokenpool/api-key}`,
    ],
  ] as const) {
    it(`OpenCode reads the key file where its configuration names it ${spelling}, and we know it there`, async () => {
      const { home, machine: own, configure } = await configured("C:\\Users\\named");
      await configure("opencode");
      const file = path.join(home, ".config", "opencode", "opencode.json");
      const text = fs.readFileSync(file, "utf8");
      fs.writeFileSync(
        file,
        text.replace(/\{file:[^}]*\}/, () => placeholder(home)),
      );
      assert.equal((await own.inspect("opencode")).apiKey, gateway.key);
      assert.equal(await configure("opencode"), undefined);
      const { stdout } = await ask(PROGRAMS.opencode, ["debug", "config"], home);
      assert.ok(stdout.includes(gateway.key));
    });
  }

  async function configured(home: string) {
    const own = await machine(home);
    gateway.clear();
    return { home, machine: own, configure: own.configure.bind(own) };
  }

  async function expectAnswer({ stdout, stderr }: Answer): Promise<void> {
    const said = `${stdout}\n${stderr}`;
    const asked = gateway.requests.find(({ path: asked }) => asked.endsWith("/responses"));
    assert.ok(asked, said);
    assert.match(stdout, /Hello/i, said);
    await Promise.resolve();
  }
});
