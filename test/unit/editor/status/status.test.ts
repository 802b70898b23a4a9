import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { Look } from "../../../../src/editor/diagnosis/look";
import type { Status as StatusType } from "../../../../src/editor/status/status";
import { Setting } from "../../../../src/ids";
import { env, EventEmitter, user, window } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { Status } = await import("../../../../src/editor/status/status");

const KEY = "sk-" + "ab12".repeat(16);
const at = (address: string) =>
  `model_provider = "x"\n[model_providers.x]\nname = "x"\nbase_url = "${address}"\nrequires_openai_auth = true\n`;
const REPORT = {
  state: "ok",
  endpoint: "https://mine.example",
  checkedAt: "2026-01-01T00:00:00Z",
  via: "direct",
  phases: { totalMs: 1 },
} as const;

describe("the status", () => {
  let home: string;
  let looks: number;
  let status: StatusType;
  let changed: EventEmitter<void>;
  let looked: EventEmitter<Look>;
  let checked: EventEmitter<never>;
  let health: Record<string, unknown>;
  beforeEach(async () => {
    user.reset();
    user.settings.set(Setting.baseUrl, "https://mine.example");
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "status-")));
    looks = 0;
  });
  afterEach(() => {
    window.state.focused = true;
    env.remoteName = undefined;
    status.dispose();
    return fs.rm(home, { recursive: true });
  });

  const write = async (name: string, text: string) => {
    await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await fs.writeFile(path.join(home, name), text);
  };
  /** A window that has just opened. */
  const make = (key?: string) => {
    const services = servicesIn(home, fs, new Secrets(key));
    changed = new EventEmitter();
    looked = new EventEmitter();
    checked = new EventEmitter();
    health = { report: key === undefined ? { ...REPORT, state: "noKey" } : REPORT, findings: {} };
    const diagnosis = {
      look: () => (looks++, services.diagnosis.look("files")),
      onDidChange: changed.event,
      onDidLook: looked.event,
    };
    const shown = Object.assign(health, { onDidChange: checked.event });
    status = new Status({ ...services, diagnosis, health: shown as never });
    return services;
  };
  /** Some seconds after it opened. */
  const start = async (key?: string) => {
    const services = make(key);
    await status.start();
    return services;
  };

  const text = () => user.statusBar?.text ?? "";

  it("looks at nothing where nothing is ours and no file names an endpoint", async () => {
    await write(".codex/config.toml", at("https://other.example/v1"));
    await write(".config/opencode/opencode.json", "{}");
    await start();
    assert.deepEqual([status.noted, looks], [undefined, 0]);
  });

  const ours: [string, string, string][] = [
    ["the key file", ".config/tokenpool/api-key", KEY],
    ["the journal", "store/journal.json", "[]"],
    ["an endpoint in Codex's file", ".codex/config.toml", at("https://api.tokenpool.dev")],
    ["the chosen endpoint in Codex's file", ".codex/config.toml", at("https://mine.example")],
    ["an endpoint in OpenCode's", ".config/opencode/opencode.json", '{"a": "https://api.clawto.link/v1"}'],
  ];
  for (const [title, file, text] of ours) {
    it(`looks without a key where there is ${title}`, async () => {
      await write(file, text);
      await start();
      assert.deepEqual([status.noted?.clients.length, looks], [2, 1]);
    });
  }

  it("looks at nothing before it is time, whatever happens, nor in a window that nobody looks at", async () => {
    make(KEY);
    changed.fire();
    await new Promise(setImmediate);
    assert.equal(looks, 0);
    window.state.focused = false;
    await status.start();
    assert.equal(looks, 0);
  });

  it("shows what the endpoint and the files come to together", async () => {
    await start(KEY);
    assert.equal(text(), "$(rocket) TokenPool: Not Set Up");
    await write(".codex/config.toml", at("https://mine.example"));
    await write(".codex/auth.json", JSON.stringify({ OPENAI_API_KEY: KEY, auth_mode: "apikey" }));
    changed.fire();
    await until(() => text() === "$(check) TokenPool");
    health.report = { ...REPORT, state: "unreachable" };
    checked.fire(undefined as never);
    assert.equal(text(), "$(debug-disconnect) TokenPool: Unreachable");
  });

  it("names the host where the window is on another machine by SSH, and no other", async () => {
    env.remoteName = "ssh-remote";
    await start(KEY);
    assert.equal(text(), `$(rocket) TokenPool: Not Set Up on ${os.hostname()}`);
    env.remoteName = "tunnel";
    checked.fire(undefined as never);
    assert.equal(text(), "$(rocket) TokenPool: Not Set Up");
  });

  it("takes what another reader's look has found", async () => {
    const services = await start(KEY);
    await write(".codex/config.toml", at("https://mine.example").replace("https", "http"));
    looked.fire(await services.diagnosis.look("versions"));
    await until(() => /Problem/.test(text()));
  });

  it("sets the item anew only for what has changed, because a hover that somebody reads would close", async () => {
    const services = await start(KEY);
    const item = user.statusBar!;
    let sets = 0;
    Object.defineProperty(item, "tooltip", { set: () => sets++ });
    looked.fire(await services.diagnosis.look("files"));
    changed.fire();
    await until(() => looks === 2);
    assert.equal(sets, 0);
  });
});
