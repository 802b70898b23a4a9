import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { EndpointResult } from "../../../../src/health/probe/checkEndpoint";
import { Command } from "../../../../src/ids";
import { commands, user } from "../../../fakes/vscode";
import { healthReport } from "../../doctor/machine";
import { Memory, Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { ApiKeyStore } = await import("../../../../src/editor/keys/keyStore");
const { selectApiKey } = await import("../../../../src/editor/keys/selectApiKey");
const { removeApiKey } = await import("../../../../src/editor/setUp/removeApiKey");
const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { undoTogether } = await import("../../../../src/editor/clientCommands/restoreConfiguration");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");
const { writeKey } = await import("../../../../src/editor/keys/clientKeys");
const { repairAfterStart } = await import("../../../../src/editor/machine/startupRepair");
const { CLIENTS } = await import("../../../../src/clients/registry");

const keyOf = (number: number) => "sk-" + `${number}`.padStart(4, "a").repeat(16);
const [KEY, OTHER, THIRD] = [keyOf(1), keyOf(2), keyOf(3)];

describe("switching the API key", () => {
  let home: string;
  let secrets: Secrets;
  let services: ReturnType<typeof servicesIn>;
  let asked: string[];
  let answers: ReadonlyMap<string, Partial<EndpointResult>>;

  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "select-key-"));
    secrets = new Secrets(KEY);
    asked = [];
    answers = new Map();
    const health = {
      probeKey: (apiKey: string) => {
        asked.push(apiKey);
        return Promise.resolve({ report: healthReport({}), findings: {}, ...answers.get(apiKey) });
      },
      knownRoute: () => Promise.resolve(undefined),
      findings: {},
      report: undefined,
    };
    services = servicesIn(home, fs, secrets, { preview: new ChangePreview(), health });
    user.answerPreview = () => "apply";
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const inCodex = async () =>
    (JSON.parse(await fs.readFile(path.join(home, ".codex/auth.json"), "utf8")) as { OPENAI_API_KEY: string })
      .OPENAI_API_KEY;
  const inOpenCode = async () =>
    (await fs.readFile(path.join(home, ".config/tokenpool/api-key"), "utf8")).trim();
  const names = async () => (await services.apiKeys.list()).map(({ name }) => name);
  const rows = () => (user.picker?.items ?? []).map(({ label, description }) => [label, description]);
  const texts = () => user.messages.map(({ text }) => text);

  /** Opens the list; what is done in it, once it is there. */
  async function inList(act: () => unknown): Promise<Promise<void>> {
    user.picker = undefined;
    const done = selectApiKey(services);
    await until(() => user.picker !== undefined);
    await new Promise(setImmediate);
    act();
    return done;
  }

  async function withTwo(): Promise<void> {
    await services.apiKeys.add(OTHER, "Work");
    for (const client of ["codex", "opencode"] as const)
      assert.equal((await configureClient(services, client, false)).outcome, "applied");
    user.messages = [];
  }

  it("shows no name where there is one key", async () => {
    await inList(() => user.picker?.hide());
    assert.deepEqual(rows(), [
      ["sk-…aaa1", "in use"],
      ["Add Another Key…", undefined],
    ]);
  });

  it("leads to the first key where there is none", async () => {
    secrets.stored = undefined;
    await selectApiKey(services);
    assert.deepEqual(user.ran, [[Command.setApiKey]]);
  });

  it("tells the keys apart by name and by their last characters, and what each has left", async () => {
    await withTwo();
    answers = new Map([
      [OTHER, { report: healthReport({ state: "noQuota", code: "account/no-quota" }) }],
      [KEY, { findings: { usage: { unit: "USD", remaining: 12, windows: [] } } }],
    ]);
    await inList(() => user.picker?.hide());
    assert.deepEqual(rows(), [
      ["Default", "sk-…aaa1 · in use"],
      ["Work", "sk-…aaa2"],
      ["Add Another Key…", undefined],
    ]);
    const [first, second] = user.picker?.items ?? [];
    assert.equal(first?.detail, "$12.00 left");
    assert.match(second?.detail ?? "", /quota or balance is used up/);
    assert.deepEqual(asked, [KEY, OTHER]);
  });

  it("sends no key but the one in use where the trouble is not the key's", async () => {
    for (let number = 2; number <= 20; number++) await services.apiKeys.add(keyOf(number));
    await services.apiKeys.use({ apiKey: OTHER });
    const page = { report: healthReport({ state: "notAnApi" }) };
    answers = new Map(Array.from({ length: 20 }, (_, index) => [keyOf(index + 1), page]));
    await inList(() => user.picker?.hide());
    assert.deepEqual(asked, [OTHER]);
    const waiting = user.picker?.items.filter(({ detail }) => detail?.startsWith("Asking"));
    assert.deepEqual(waiting, [], "none is waited for any more");
  });

  it("sends no further key there when the list comes back", async () => {
    await withTwo();
    const page = { report: healthReport({ state: "notAnApi" }) };
    answers = new Map([KEY, OTHER].map((key) => [key, page]));
    const done = inList(() => user.picker?.pressItemButton("Work", "Move Up"));
    const isAsking = () => user.picker?.items.some(({ detail }) => detail?.startsWith("Asking")) === true;
    await until(() => user.picker?.items[0]?.label === "Work" && !isAsking());
    user.picker?.hide();
    await done;
    assert.deepEqual(asked, [KEY]);
  });

  it("writes the other key into every client that had the one in use, by one preview, and one undo brings it back", async () => {
    await withTwo();
    let previews = 0;
    user.answerPreview = () => (previews++, "apply");
    user.press = ({ buttons }) => (previews === 1 ? buttons.find((button) => button === "Undo") : undefined);
    const seen: (string | undefined)[] = [];
    services.apiKeys.onDidChange(() => seen.push(secrets.stored));
    await inList(() => user.picker?.accept("Work"));
    await until(() => texts().includes("The API key Default is in use again."));
    assert.deepEqual(seen, [OTHER, KEY]);
    assert.equal(previews, 2);
    assert.deepEqual([await inCodex(), await inOpenCode()], [KEY, KEY]);
    assert.deepEqual(texts(), [
      "The API key Work is in use now. Restart Codex, OpenCode where running: the old key is used until then.",
      "The API key Default is in use again.",
    ]);
  });

  it("changes nothing where the preview is cancelled", async () => {
    await withTwo();
    user.answerPreview = () => "cancel";
    await inList(() => user.picker?.accept("Work"));
    assert.deepEqual([secrets.stored, await inCodex(), await inOpenCode()], [KEY, KEY, KEY]);
    assert.deepEqual(texts(), []);
  });

  it("leaves a client alone that has yet another key", async () => {
    await withTwo();
    await writeKey(services, [CLIENTS.codex], THIRD, false);
    await inList(() => user.picker?.accept("Work"));
    assert.deepEqual([secrets.stored, await inCodex(), await inOpenCode()], [OTHER, THIRD, OTHER]);
  });

  it("takes the files back where the keychain fails then", async () => {
    await withTwo();
    const store = secrets.store;
    secrets.store = () => Promise.reject(new Error(OTHER));
    await inList(() => user.picker?.accept("Work"));
    secrets.store = store;
    assert.deepEqual([secrets.stored, await inCodex(), await inOpenCode()], [KEY, KEY, KEY]);
    assert.equal(user.messages.length, 1);
    assert.ok(!texts().some((text) => text.includes(OTHER)));
  });

  it("shows the list again where another window has removed the chosen one since it was shown", async () => {
    await withTwo();
    await services.apiKeys.add(THIRD, "Spare");
    const elsewhere = new ApiKeyStore(secrets, new Memory());
    const done = inList(() => void elsewhere.remove(OTHER).then(() => user.picker?.accept("Work")));
    await until(() => user.picker?.items.map(({ label }) => label).includes("Work") === false);
    user.picker?.hide();
    await done;
    assert.deepEqual([await inCodex(), await inOpenCode()], [KEY, KEY]);
    assert.deepEqual([...secrets.values.values()].sort(), [KEY, KEY, THIRD].sort());
  });

  it("brings no key back that another window removes while the preview is open", async () => {
    await withTwo();
    const elsewhere = new ApiKeyStore(secrets, new Memory());
    user.answerPreview = () => {
      void elsewhere.remove(OTHER).then(() => commands.executeCommand(Command.applyPreview));
      return undefined;
    };
    const done = inList(() => user.picker?.accept("Work"));
    await until(() => user.picker?.items.map(({ label }) => label).includes("Work") === false);
    user.picker?.hide();
    await done;
    assert.deepEqual([await inCodex(), await inOpenCode()], [KEY, KEY]);
    assert.deepEqual([...secrets.values.values()], [KEY, KEY]);
  });

  it("changes nothing where an old message's Undo is pressed after another switch, and shows the list", async () => {
    await withTwo();
    await services.apiKeys.add(THIRD, "Spare");
    let undo = () => {};
    user.press = ({ text, buttons }) => {
      if (!text.startsWith("The API key Work is in use now")) return undefined;
      const pressed = new Promise<string | undefined>((resolve) => {
        undo = () => resolve(buttons[0]);
      });
      return pressed as never;
    };
    await inList(() => user.picker?.accept("Work"));
    await inList(() => user.picker?.accept("Spare"));
    undo();
    await until(() => user.ran.some(([id]) => id === Command.selectApiKey));
    assert.deepEqual([secrets.stored, await inCodex(), await inOpenCode()], [THIRD, THIRD, THIRD]);
  });

  const HOSTILE: readonly (readonly [string, string, string])[] = [
    ["Markdown", "[x](command:workbench.action.quit)", "[x] (command:workbench.action.quit)"],
    ["an icon", "$(trash) all", "$ (trash) all"],
    ["text from right to left", "\u202emoc.live", "moc.live"],
    ["very much of it", "x".repeat(5_000), "x".repeat(40)],
    ["the key itself", `Work ${OTHER}`, "Work …"],
  ];
  for (const [title, name, shown] of HOSTILE) {
    it(`may be renamed to whatever: ${title}`, async () => {
      await withTwo();
      user.type = () => name;
      const done = inList(() => user.picker?.pressItemButton("Work", "Rename…"));
      const second = () => user.picker?.items[1]?.label ?? "Work";
      await until(() => second() !== "Work");
      assert.equal(second(), shown);
      user.picker?.accept(shown);
      await done;
      assert.ok(texts()[0]?.startsWith(`The API key ${shown} is in use now.`), texts().join());
    });
  }

  it("keeps a name where the new one is taken or empty", async () => {
    await withTwo();
    for (const name of ["Default", " "]) {
      user.type = () => name;
      const done = inList(() => user.picker?.pressItemButton("Work", "Rename…"));
      await until(() => user.picker !== undefined && user.picker.items.length > 0);
      const list = await names();
      user.picker?.hide();
      void done;
      assert.deepEqual(list, ["Default", "Work"]);
    }
  });

  it("puts them into another order", async () => {
    await withTwo();
    const done = inList(() => user.picker?.pressItemButton("Work", "Move Up"));
    await until(() => user.picker?.items[0]?.label === "Work");
    assert.deepEqual(await names(), ["Work", "Default"]);
    user.picker?.hide();
    await done;
  });

  it("removes the one in use with its traces in backups, takes no other by itself, and offers them", async () => {
    await withTwo();
    user.press = ({ buttons }) =>
      buttons.find((button) => ["Remove Key", "Switch API Key…"].includes(button));
    await inList(() => user.picker?.pressItemButton("Default", "Remove…"));
    assert.deepEqual(await names(), ["Work"]);
    assert.equal(secrets.stored, undefined);
    await until(() => user.ran.some(([id]) => id === Command.selectApiKey));
    assert.equal(user.messages[0]?.text, "Remove the TokenPool API key Default?");
  });

  it("takes the key in use out of no client that has another of them, nor out of the backups one that came meanwhile", async () => {
    await withTwo();
    await writeKey(services, [CLIENTS.opencode], OTHER, false);
    await writeKey(services, [CLIENTS.codex], THIRD, false);
    await writeKey(services, [CLIENTS.codex], KEY, false);
    const elsewhere = new ApiKeyStore(secrets, new Memory());
    user.press = ({ buttons }) => buttons[0];
    user.answerPreview = () => {
      void elsewhere.add(THIRD).then(() => commands.executeCommand(Command.applyPreview));
      return undefined;
    };
    await inList(() => user.picker?.pressItemButton("Default", "Remove…"));
    assert.deepEqual(user.messages[0]?.buttons, ["Remove Key and Take It out of Codex", "Remove Key"]);
    assert.equal(await inOpenCode(), OTHER);
    const backups = await textsBelow(services.changes.directory);
    assert.deepEqual([backups.includes(KEY), backups.includes(THIRD)], [false, true]);
  });

  it("asks which one to remove, and leaves the others in the backups", async () => {
    await withTwo();
    await inList(() => user.picker?.accept("Work"));
    await services.apiKeys.add(THIRD, "Spare");
    user.choose = (items) => items.find(({ label }) => label === "Spare");
    user.press = ({ buttons }) => buttons.find((button) => button === "Remove Key");
    await removeApiKey(services);
    assert.deepEqual(await names(), ["Default", "Work"]);
    // The switch backed the first key up; it is stored still.
    assert.ok((await textsBelow(services.changes.directory)).includes(KEY));
    user.choose = (items) => items.find(({ label }) => label === "Default");
    await removeApiKey(services);
    assert.ok(!(await textsBelow(services.changes.directory)).includes(KEY));
    assert.deepEqual([await names(), secrets.stored, await inCodex()], [["Work"], OTHER, OTHER]);
  });

  it("writes a key file that is gone with the key that was in it, not with the one in use", async () => {
    await withTwo();
    await writeKey(services, [CLIENTS.opencode], OTHER, false);
    await fs.rm(path.join(home, ".config/tokenpool/api-key"));
    await repairAfterStart(services);
    assert.deepEqual([await inOpenCode(), await inCodex()], [OTHER, KEY]);
  });

  for (const isPressed of [true, false])
    it(`says after an undo that a client has another of the keys, and ${isPressed ? "leads to" : "keeps off"} the list`, async () => {
      await withTwo();
      const { entries } = await writeKey(services, [CLIENTS.codex], OTHER, false);
      await services.apiKeys.use({ apiKey: OTHER });
      await writeKey(services, [CLIENTS.opencode], OTHER, false);
      user.press = ({ buttons }) => (isPressed ? buttons[0] : undefined);
      user.ran = [];
      await undoTogether(services, entries);
      assert.deepEqual(user.messages.at(-1), {
        kind: "warning",
        text: "Codex uses the API key Default again, which is not the one in use here.",
        buttons: ["Switch API Key…"],
      });
      assert.equal(await inCodex(), KEY);
      const isListShown = user.ran.some(([id]) => id === Command.selectApiKey);
      assert.equal(isListShown, isPressed);
    });

  for (const [title, held] of [
    ["the key in use", KEY],
    ["what is no key at all", "no key at all"],
  ] as const)
    it(`says nothing after an undo of a client that has ${title}`, async () => {
      await withTwo();
      const auth = path.join(home, ".codex/auth.json");
      await fs.writeFile(auth, (await fs.readFile(auth, "utf8")).replace(KEY, held));
      const { entries } = await writeKey(services, [CLIENTS.codex], OTHER, false);
      await undoTogether(services, entries);
      assert.equal(await inCodex(), held);
      assert.deepEqual(texts(), ["The previous configuration is back."]);
    });

  it("adds no key again where that is not wanted", async () => {
    await withTwo();
    const { entries } = await writeKey(services, [CLIENTS.codex], OTHER, false);
    await services.apiKeys.use({ apiKey: OTHER });
    await services.apiKeys.remove(KEY);
    await undoTogether(services, entries);
    assert.deepEqual(await services.apiKeys.all(), [OTHER]);
    assert.equal(texts().length, 2);
  });

  it("says what to do where the keychain fails after an undo", async () => {
    await withTwo();
    const { entries } = await writeKey(services, [CLIENTS.codex], OTHER, false);
    user.answerPreview = () => {
      secrets.error = new Error(`cannot read ${KEY}`);
      return "apply";
    };
    await undoTogether(services, entries);
    assert.match(texts().at(-1) ?? "", /Unlock it or sign in/);
    assert.ok(!texts().join().includes(KEY));
  });

  it("says after an undo that a client has a key that is no longer stored, and adds it again", async () => {
    await withTwo();
    const { entries } = await writeKey(services, [CLIENTS.codex], OTHER, false);
    await services.apiKeys.use({ apiKey: OTHER });
    await services.apiKeys.remove(KEY);
    user.press = ({ buttons }) => buttons.find((button) => button === "Add It Again");
    await undoTogether(services, entries);
    assert.equal(await inCodex(), KEY);
    assert.deepEqual(texts().slice(-1), ["Codex uses an API key again that is no longer stored in VS Code."]);
    assert.deepEqual([...(await services.apiKeys.all())].sort(), [KEY, OTHER].sort());
    assert.equal(secrets.stored, OTHER);
  });

  it("makes the key that is added again the one in use where there is none", async () => {
    await withTwo();
    const { entries } = await writeKey(services, [CLIENTS.codex], OTHER, false);
    for (const apiKey of [KEY, OTHER]) await services.apiKeys.remove(apiKey);
    user.press = ({ buttons }) => buttons.find((button) => button === "Add It Again");
    await undoTogether(services, entries);
    assert.deepEqual([...secrets.values.values()], [KEY]);
    assert.equal(secrets.stored, KEY);
  });

  for (const inUse of [true, false]) {
    it(`says why a key cannot be added again where there are as many as can be, ${inUse ? "one" : "none"} in use`, async () => {
      await withTwo();
      const { entries } = await writeKey(services, [CLIENTS.codex], OTHER, false);
      await services.apiKeys.use({ apiKey: OTHER });
      await services.apiKeys.remove(KEY);
      if (!inUse) await services.apiKeys.remove(OTHER);
      for (let number = 1; number <= 20; number++) await services.apiKeys.add(keyOf(100 + number));
      user.press = ({ buttons }) => buttons.find((button) => button === "Add It Again");
      await undoTogether(services, entries);
      assert.match(texts().at(-1) ?? "", /^20 API keys are stored, and there can be no more/);
      assert.equal((await services.apiKeys.all()).length, 20);
    });
  }
});

async function textsBelow(folder: string): Promise<string> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => fs.readFile(file, "utf8")))).join("\n");
}
