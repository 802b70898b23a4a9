import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { retryingFileSystem } from "../../../src/changes/disk/retryingFileSystem";
import { type Gateway, startGateway } from "../../gateway/gateway";
import { WindowsHome } from "./windowsHome";
import * as disk from "node:fs/promises";

const PROGRAMS = {
  codex: "Z:\\runtime\\codex-bin\\vendor\\x86_64-pc-windows-msvc\\bin\\codex.exe",
  opencode: "Z:\\runtime\\opencode-windows-x64\\bin\\opencode.exe",
};

/** A whole answer takes seconds; a client that retries must not hold up the run. */
const ANSWER_LIMIT_MS = 120_000;

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

interface Answer {
  readonly stdout: string;
  readonly stderr: string;
}

/** Output goes through files: Windows programs of all kinds can write these under Wine. */
function ask(
  program: string,
  args: readonly string[],
  home: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const local = path.join(home, "AppData", "Local", "Temp");
  const work = path.join(home, "work");
  for (const folder of [local, work, path.join(home, "AppData", "Roaming")])
    fs.mkdirSync(folder, { recursive: true });
  const [input, output, errors] = ["in", "out", "err"].map((name) => path.join(local, name)) as [
    string,
    string,
    string,
  ];
  const files = [fs.openSync(input, "w+"), fs.openSync(output, "w"), fs.openSync(errors, "w")];
  const env = {
    SystemRoot: process.env.SystemRoot,
    SystemDrive: "C:",
    PATH: "C:\\windows\\system32;C:\\windows",
    PATHEXT: ".COM;.EXE;.BAT;.CMD",
    ComSpec: process.env.ComSpec,
    USERPROFILE: home,
    APPDATA: path.join(home, "AppData", "Roaming"),
    LOCALAPPDATA: path.join(home, "AppData", "Local"),
    TEMP: local,
    TMP: local,
    // The simulator speaks plain HTTP; whatever a program wants from elsewhere ends at a closed port.
    HTTPS_PROXY: "http://127.0.0.1:1",
    OPENCODE_DISABLE_MODELS_FETCH: "1",
    OPENCODE_DISABLE_AUTOUPDATE: "1",
    npm_config_registry: "http://127.0.0.1:1/",
    ...more,
  };
  const child = spawn(program, args, { cwd: work, env, stdio: files });
  const end = setTimeout(() => child.kill(), ANSWER_LIMIT_MS);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      clearTimeout(end);
      for (const file of files) fs.closeSync(file);
      resolve({ stdout: fs.readFileSync(output, "utf8"), stderr: fs.readFileSync(errors, "utf8") });
    });
  });
}
