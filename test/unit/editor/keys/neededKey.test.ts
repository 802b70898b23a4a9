import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { user } from "../../../fakes/vscode";
import { healthReport } from "../../doctor/machine";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");
const { askForNeededKey } = await import("../../../../src/editor/keys/neededKey");
const { selectApiKey } = await import("../../../../src/editor/keys/selectApiKey");
const { setApiKey } = await import("../../../../src/editor/setUp/setApiKey");

const keyOf = (number: number) => "sk-" + `${number}`.padStart(4, "a").repeat(16);
const [KEY, OTHER, THIRD] = [keyOf(1), keyOf(2), keyOf(3)];

describe("where no key is in use and others are stored", () => {
  let home: string;
  let secrets: Secrets;
  let services: ReturnType<typeof servicesIn>;

  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "needed-key-"));
    secrets = new Secrets(KEY);
    const health = {
      probeKey: () => Promise.resolve({ report: healthReport({}), findings: {} }),
      knownRoute: () => Promise.resolve(undefined),
      findings: {},
      report: undefined,
    };
    services = servicesIn(home, fs, secrets, { preview: new ChangePreview(), health });
    user.answerPreview = () => "apply";
    await services.apiKeys.add(OTHER, "Work");
    await services.apiKeys.remove(KEY);
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const choose = (label: string) => {
    user.choose = (items) => items.find((item) => item.label === label);
  };
  const boxShown = () => until(() => user.inputBox);

  it("a command that needs one offers them, and goes on with the chosen one", async () => {
    choose("Work");
    assert.equal((await configureClient(services, "codex", true)).outcome, "applied");
    assert.deepEqual(
      user.lists[0]?.map(({ label, description }) => [label, description]),
      [
        ["Work", "sk-…aaa2"],
        ["Paste Another Key…", undefined],
      ],
    );
    assert.deepEqual(user.listOptions.at(-1), {
      title: "TokenPool API Key",
      placeHolder: "No API key is in use. Others are stored: choose one of them.",
      ignoreFocusOut: true,
    });
    assert.equal(secrets.stored, OTHER);
    assert.match(await fs.readFile(path.join(home, ".codex/auth.json"), "utf8"), new RegExp(OTHER));
  });

  it("it takes a new one too, which is in use then", async () => {
    choose("Paste Another Key…");
    const configuring = configureClient(services, "codex", true);
    await (await boxShown()).enter(THIRD);
    assert.equal((await configuring).outcome, "applied");
    assert.deepEqual([secrets.stored, await services.apiKeys.all()], [THIRD, [OTHER, THIRD]]);
  });

  it("it shows what is left where the chosen one was removed meanwhile", async () => {
    await services.apiKeys.add(THIRD, "Spare");
    const lists: string[][] = [];
    user.choose = (items) => {
      lists.push(items.map(({ label }) => label));
      if (lists.length === 1) void services.apiKeys.remove(OTHER);
      return items[0];
    };
    assert.equal((await configureClient(services, "codex", true)).outcome, "applied");
    assert.deepEqual(lists, [
      ["Work", "Spare", "Paste Another Key…"],
      ["Spare", "Paste Another Key…"],
    ]);
    assert.equal(secrets.stored, THIRD);
  });

  it("it says what to do where the keychain fails, and changes nothing", async () => {
    user.choose = (items) => {
      secrets.store = () => Promise.reject(new Error(`cannot store ${OTHER}`));
      return items[0];
    };
    assert.equal((await configureClient(services, "codex", true)).outcome, "refused");
    assert.match(user.messages[0]?.text ?? "", /Unlock it or sign in/);
    assert.ok(!JSON.stringify(user.messages).includes(OTHER));
    await assert.rejects(fs.stat(path.join(home, ".codex")), { code: "ENOENT" });
  });

  it("it says what to do where the stored ones cannot be read, and asks for none", async () => {
    secrets.error = new Error(`cannot read ${OTHER}`);
    assert.equal((await configureClient(services, "codex", true)).outcome, "refused");
    assert.equal(user.messages.length, 1);
    assert.match(user.messages[0]?.text ?? "", /Unlock it or sign in/);
    assert.deepEqual([user.lists, user.inputBox], [[], undefined]);
  });

  it("it asks for none where the keychain is locked since, and says what to do", async () => {
    secrets.error = new Error(`cannot read ${OTHER}`);
    assert.equal(await askForNeededKey(services), false);
    assert.deepEqual([user.messages.length, user.lists, user.inputBox], [1, [], undefined]);
    assert.match(user.messages[0]?.text ?? "", /Unlock it or sign in/);
  });

  it("it changes nothing where the list is left, and says what is missing", async () => {
    const { outcome, refusal } = await configureClient(services, "codex", true);
    assert.deepEqual([outcome, refusal?.code, secrets.stored], ["refused", "key/missing", undefined]);
    assert.equal(user.messages[0]?.text, "No API key is in use. Others are stored: choose one of them.");
  });

  it("one that is added to the list is in use then", async () => {
    const listing = selectApiKey(services);
    const picker = await until(() => user.picker);
    picker.accept("Add Another Key…");
    await (await boxShown()).enter(THIRD);
    await listing;
    assert.equal(secrets.stored, THIRD);
  });

  it("Set API Key… asks for one at once: none is there to be replaced", async () => {
    const setting = setApiKey(services);
    await (await boxShown()).enter(THIRD);
    assert.equal(await setting, true);
    assert.deepEqual([user.lists, secrets.stored], [[], THIRD]);
  });
});
