import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { env, user } from "../../../../fakes/vscode";
import { Secrets, servicesIn } from "../../services";
import { until } from "../../../until";

const { addToCcSwitch } = await import("../../../../../src/editor/clientCommands/ccSwitch/addToCcSwitch");

const KEY = "sk-" + "ab12".repeat(16);
const AGREED = "ccSwitch.agreed";

describe("adding to CC Switch", () => {
  let home: string;
  let memory: Map<string, unknown>;
  let secrets: Secrets;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "add-ccs-"));
    memory = new Map();
    secrets = new Secrets(KEY);
    // The link is copied then, and nothing is opened on this machine.
    env.remoteName = "ssh-remote";
  });
  afterEach(async () => {
    env.remoteName = undefined;
    await fs.rm(home, { recursive: true });
  });

  const services = () =>
    servicesIn(home, fs, secrets, {
      memory: {
        get: (name: string) => memory.get(name),
        update: (name: string, value: unknown) => Promise.resolve(void memory.set(name, value)),
      },
    });
  const add = async (client: "codex" | "opencode", confirm: boolean) =>
    (await addToCcSwitch(services(), client, confirm)).outcome;
  const write = async (name: string, text: string) => {
    await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await fs.writeFile(path.join(home, name), text);
  };
  /** @param label what is ticked; without one Enter is pressed */
  const agreeing = (label?: string) => {
    user.choose = (items) => items.filter((item) => item.label === label);
    user.press = ({ buttons }) => buttons.find((button) => button === "Copy Link");
  };

  it("hands the link over after a yes, and remembers the yes", async () => {
    agreeing();
    assert.equal(await add("codex", true), "copied");
    assert.match(user.clipboard, /^ccswitch:\/\/v1\/import\?/);
    assert.equal(memory.get(AGREED), true);
    const paragraphs = (user.messages[0]?.detail ?? "").split("\n\n");
    assert.deepEqual(
      paragraphs.map((each) => /carries your API key|copied for you/.exec(each)?.[0]),
      ["carries your API key", "copied for you"],
    );
  });

  it("shows the key in no message", async () => {
    agreeing();
    await add("codex", true);
    assert.ok(user.clipboard.includes(KEY));
    assert.doesNotMatch(JSON.stringify([user.messages, user.lists, [...memory]]), new RegExp(KEY));
  });

  for (const [left, choose] of [
    ["the list of wishes", () => undefined],
    ["the question", () => []],
  ] as const)
    it(`hands nothing over when ${left} is left`, async () => {
      user.choose = choose;
      assert.equal(await add("codex", true), "cancelled");
      assert.deepEqual([user.clipboard, memory.size], ["", 0]);
    });

  it("asks CC Switch to switch only for who ticks it", async () => {
    agreeing();
    await add("codex", true);
    assert.equal(new URL(user.clipboard).searchParams.get("enabled"), null);
    agreeing("And switch to it now");
    await add("codex", true);
    assert.equal(new URL(user.clipboard).searchParams.get("enabled"), "true");
  });

  it("offers no switch to OpenCode, whose card is written at once, and warns of the card", async () => {
    agreeing();
    assert.equal(await add("opencode", true), "copied");
    assert.deepEqual(
      user.lists.map((items) => items.map(({ label }) => label)),
      [["Show the balance in CC Switch"]],
    );
    assert.match(user.messages[0]?.detail ?? "", /“Configure OpenCode” does better/);
  });

  it("needs no link where OpenCode is configured: CC Switch takes that over by itself", async () => {
    const options = { baseURL: "https://api.clawto.link/v1" };
    await write(".config/opencode/opencode.json", JSON.stringify({ provider: { tokenpool: { options } } }));
    assert.equal(await add("opencode", true), "unchanged");
    assert.deepEqual([user.clipboard, user.messages.length, user.lists], ["", 1, []]);
  });

  it("gives another program nothing before the user has agreed once", async () => {
    assert.equal(await add("codex", false), "refused");
    assert.equal(user.clipboard, "");
    memory.set(AGREED, true);
    assert.equal(await add("codex", false), "copied");
    assert.deepEqual([user.messages, user.lists], [[], []]);
  });

  it("gives CC Switch no link that would make it overwrite a file of Codex's that it cannot read", async () => {
    await write(".codex/config.toml", "model = = 1\n");
    agreeing();
    assert.equal(await add("codex", true), "refused");
    assert.deepEqual([user.clipboard, user.messages.length], ["", 1]);
  });

  it("asks for the key first, and ends where none is given", async () => {
    secrets.stored = undefined;
    const adding = add("codex", true);
    const box = await until(() => user.inputBox);
    box.hide();
    assert.equal(await adding, "cancelled");
    assert.equal(await add("codex", false), "refused");
    assert.deepEqual([user.clipboard, user.messages], ["", []]);
  });

  it("says that there would be a second card where ours is in use", async () => {
    await write(".cc-switch/settings.json", '{ "currentProviderCodex": "tokenpool-1764000000000" }');
    user.choose = () => [];
    await add("codex", true);
    assert.match(user.messages[0]?.detail ?? "", /adds a second card/);
  });
});
