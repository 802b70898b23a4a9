import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { RefusalCode } from "../../../../src/changes/refusal";
import { arrivalSince, markOf } from "../../../../src/clients/ccswitch/arrival";
import { inspectCcSwitch, usesOurCard } from "../../../../src/clients/ccswitch/state";
import { handOverWay, mayHandOverSilently } from "../../../../src/clients/ccswitch/handOver";
import { isCcSwitchRunning } from "../../../../src/clients/ccswitch/runningProgram";

const ENDPOINT = "https://api.clawto.link";
const OURS = "tokenpool-1764000000000";

describe("CC Switch beside us", () => {
  let home: string;
  beforeEach(async () => {
    home = await fs.mkdtemp(path.join(os.tmpdir(), "ccs-"));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const look = () =>
    inspectCcSwitch({
      fs,
      variables: { CODEX_HOME: "/elsewhere" },
      homeDirectory: home,
      platform: process.platform,
      configuredDirectory: { codex: "", opencode: "" },
    });
  const write = async (name: string, text: string) => {
    await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await fs.writeFile(path.join(home, name), text);
  };
  const settings = (value: unknown) => write(".cc-switch/settings.json", JSON.stringify(value));

  it("is not there, or has never switched Codex", async () => {
    const nothing = {
      directory: path.join(home, ".cc-switch"),
      isThere: false,
      preservesLogin: false,
      routesLocally: false,
      codexDirectory: path.join(home, ".codex"),
      opencodeFile: path.join(home, ".config/opencode/opencode.json"),
    };
    assert.deepEqual(await look(), nothing);
    await settings({});
    assert.deepEqual(await look(), { ...nothing, isThere: true });
  });

  it("tells its card, its modes and the directories it was led to", async () => {
    await settings({
      currentProviderCodex: OURS,
      preserveCodexOfficialAuthOnSwitch: true,
      enableLocalProxy: true,
      codexConfigDir: "~/work/codex",
      opencodeConfigDir: "/opt/opencode",
    });
    assert.deepEqual(await look(), {
      directory: path.join(home, ".cc-switch"),
      isThere: true,
      codexCard: OURS,
      preservesLogin: true,
      routesLocally: true,
      codexDirectory: path.join(home, "work/codex"),
      opencodeFile: path.normalize("/opt/opencode/opencode.json"),
    });
  });

  it("has nothing set where the file says nothing, or something of another kind", async () => {
    for (const text of ["", "[]", "null", '{"currentProviderCodex":7}']) {
      await write(".cc-switch/settings.json", text);
      const { codexCard, problem } = await look();
      assert.deepEqual([codexCard, problem], [undefined, undefined], text);
    }
  });

  it("is not known, and says why, where its settings cannot be read", async () => {
    const file = path.join(home, ".cc-switch/settings.json");
    const unknown = async (code: RefusalCode) => {
      const { codexCard, problem } = await look();
      assert.deepEqual([codexCard, problem?.code, problem?.where.path], [undefined, code, file]);
    };
    for (const [text, code] of [
      ["{", "change/invalid-syntax"],
      [`{"a":"${"x".repeat(6_000_000)}"}`, "change/too-large"],
    ] as const) {
      await write(".cc-switch/settings.json", text);
      await unknown(code);
    }
    await fs.rm(file);
    await fs.mkdir(file);
    await unknown("change/not-a-file");
  });

  it("is led nowhere by a directory that no path can name", async () => {
    await settings({ currentProviderCodex: OURS, codexConfigDir: "/a\0b", opencodeConfigDir: "\0" });
    const { codexDirectory, opencodeFile, codexCard } = await look();
    assert.equal(codexDirectory, path.join(home, ".codex"));
    assert.equal(opencodeFile, path.join(home, ".config/opencode/opencode.json"));
    assert.equal(codexCard, OURS);
  });

  it("is not known where its settings lead in a circle, and has none where there is no directory", async () => {
    await fs.mkdir(path.join(home, ".cc-switch"));
    await fs.symlink("settings.json", path.join(home, ".cc-switch/settings.json"));
    assert.ok((await look()).problem);
    await fs.rm(path.join(home, ".cc-switch"), { recursive: true });
    await write(".cc-switch", "a file");
    const { codexCard, isThere, problem } = await look();
    assert.deepEqual([codexCard, isThere, problem], [undefined, false, undefined]);
  });

  it("knows a card of ours by the name and the time in its id", async () => {
    for (const [id, ours] of [
      [OURS, true],
      ["default", false],
      ["tokenpool-1", false],
      [`x${OURS}`, false],
    ] as const) {
      await settings({ currentProviderCodex: id });
      assert.equal(usesOurCard(await look()), ours, id);
    }
  });

  it("has taken TokenPool when a card of ours becomes the current one; a database that grew says less", async () => {
    await settings({ currentProviderCodex: "default" });
    const before = await markOf(fs, await look(), ENDPOINT);
    const since = async () => {
      const now = await look();
      return arrivalSince(before, await markOf(fs, now, ENDPOINT), now);
    };
    assert.equal(await since(), undefined);
    await write(".cc-switch/cc-switch.db-wal", "pages");
    assert.equal(await since(), "saved");
    await settings({ currentProviderCodex: "another-1764000000001" });
    assert.equal(await since(), "saved");
    await write(".cc-switch/settings.json", "{");
    assert.equal(await since(), undefined, "half written");
    await settings({ currentProviderCodex: OURS });
    assert.equal(await since(), "current");
    // An old card of ours that was current before proves nothing.
    const again = await markOf(fs, await look(), ENDPOINT);
    const now = await look();
    assert.equal(arrivalSince(again, await markOf(fs, now, ENDPOINT), now), undefined);
  });

  it("has taken TokenPool as well when its table in Codex's file leads there all at once", async () => {
    const config = (provider: string, address: string) =>
      write(
        ".codex/config.toml",
        `model_provider = "${provider}"\n[model_providers.custom]\nbase_url = "${address}"\n`,
      );
    await config("custom", "https://relay.example");
    const before = await markOf(fs, await look(), ENDPOINT);
    const since = async () => {
      const now = await look();
      return arrivalSince(before, await markOf(fs, now, ENDPOINT), now);
    };
    await config("openai", ENDPOINT);
    assert.equal(await since(), undefined);
    await write(".codex/config.toml", "[");
    assert.equal(await since(), undefined);
    await config("custom", ENDPOINT);
    assert.equal(await since(), "current");
  });

  it("runs or not, where processes can be seen without starting a program", async () => {
    const running = (platform: NodeJS.Platform, variables = {}) =>
      isCcSwitchRunning({ fs, platform, variables }, path.join(home, "proc"));
    assert.equal(await running("linux"), undefined, "no processes to see");
    await write("proc/1/comm", "systemd\n");
    await write("proc/42/comm", "cc-switch-cli\n");
    await write("proc/self/comm", "cc-switch\n");
    assert.equal(await running("linux"), false);
    await write("proc/77/comm", "cc-switch\n");
    await fs.mkdir(path.join(home, "proc/78"));
    assert.equal(await running("linux"), true);
    for (const [platform, variables] of [
      ["win32", {}],
      ["darwin", {}],
      ["linux", { FLATPAK_ID: "com.visualstudio.code" }],
      ["linux", { WSL_DISTRO_NAME: "Debian" }],
    ] as const)
      assert.equal(await running(platform, variables), undefined);
  });

  it("gets the link by the desktop's handler only where the user sits at this machine", () => {
    assert.equal(handOverWay(undefined, false), "opened");
    assert.equal(handOverWay("ssh-remote", false), "copied");
    assert.equal(handOverWay("wsl", false), "copied");
    assert.equal(handOverWay(undefined, true), "copied");
  });

  it("gets no key unasked before the user has agreed once, nor when it is seen not to run", () => {
    assert.equal(mayHandOverSilently(false, true), false);
    assert.equal(mayHandOverSilently(true, false), false);
    assert.equal(mayHandOverSilently(true, true), true);
    assert.equal(mayHandOverSilently(true, undefined), true);
  });
});
