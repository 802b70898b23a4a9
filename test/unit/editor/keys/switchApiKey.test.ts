import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DEFAULT_BASE_URL } from "../../../../src/gateway/endpoints";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { AUTH, authOf, CONFIG, configOfCard, OUR_CARD } from "../../clients/codex/ccSwitch/ccSwitchHome";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { switchApiKey } = await import("../../../../src/editor/keys/switchApiKey");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

const keyOf = (number: number) => "sk-" + `${number}`.padStart(4, "a").repeat(16);
const [KEY, OTHER, THIRD] = [keyOf(1), keyOf(2), keyOf(3)];
const LOGIN = '{"auth_mode":"chatgpt","OPENAI_API_KEY":null,"tokens":{"access_token":"made up"}}';
/** As Codex itself would have it, with its mode. */
const AUTH_AFTER = JSON.stringify({ OPENAI_API_KEY: OTHER, auth_mode: "apikey" }, undefined, 2);
const KEY_FILE = ".config/tokenpool/api-key";

describe("switching the API key", () => {
  let home: string;
  let secrets: Secrets;
  let services: ReturnType<typeof servicesIn>;
  beforeEach(async () => {
    user.reset();
    user.answerPreview = () => "apply";
    home = await fs.promises.mkdtemp(path.join(os.tmpdir(), "switch-key-"));
    secrets = new Secrets(KEY);
    services = servicesIn(home, fs.promises, secrets, { preview: new ChangePreview() });
  });
  afterEach(() => fs.promises.rm(home, { recursive: true }));

  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    fs.writeFileSync(path.join(home, name), text);
  };

  /** With OpenCode, which has the key in a file of ours. @param set of CC Switch's settings, beside the card */
  async function switched(set: object, files: Readonly<Record<string, string>>) {
    write(".cc-switch/settings.json", JSON.stringify({ currentProviderCodex: OUR_CARD, ...set }));
    for (const [name, text] of Object.entries(files)) write(name, text);
    assert.equal((await configureClient(services, "opencode", false)).outcome, "applied");
    user.messages = [];
    const key = await services.apiKeys.add(OTHER, "Work");
    assert.ok(key);
    return switchApiKey(services, key);
  }
  const now = () => {
    const [config, auth, keyFile] = [CONFIG, AUTH, KEY_FILE].map((name) =>
      fs.readFileSync(path.join(home, name), "utf8"),
    );
    return { inUse: secrets.stored, keyFile: keyFile?.trim(), files: { [CONFIG]: config, [AUTH]: auth } };
  };

  for (const [title, settings, before, after] of [
    [
      "writes it into auth.json, which the card's next switch saves",
      {},
      { [CONFIG]: configOfCard("TokenPool", DEFAULT_BASE_URL), [AUTH]: authOf(KEY) },
      { [CONFIG]: configOfCard("TokenPool", DEFAULT_BASE_URL), [AUTH]: AUTH_AFTER },
    ],
    [
      "writes it into the card's own table where CC Switch keeps a ChatGPT login, which stays",
      { preserveCodexOfficialAuthOnSwitch: true },
      { [CONFIG]: configOfCard("TokenPool", DEFAULT_BASE_URL, KEY), [AUTH]: LOGIN },
      { [CONFIG]: configOfCard("TokenPool", DEFAULT_BASE_URL, OTHER), [AUTH]: LOGIN },
    ],
  ] as const)
    it(`${title}; one undo brings all back`, async () => {
      // Asked again for the way back, when the switch is done.
      const previewed: object[] = [];
      user.answerPreview = () => (previewed.push(now()), "apply");
      user.press = ({ buttons }) => buttons.find((button) => button === "Undo");
      assert.equal(await switched(settings, before), true);
      await until(() => user.messages.length >= 2);
      assert.deepEqual(
        user.messages.map(({ text }) => text),
        [
          "The API key Work is in use now. Restart Codex, OpenCode where running: the old key is used until then.",
          "The API key Default is in use again.",
        ],
      );
      const [old, changed] = [
        { inUse: KEY, keyFile: KEY, files: before },
        { inUse: OTHER, keyFile: OTHER, files: after },
      ];
      assert.deepEqual([...previewed, now()], [old, changed, old]);
    });

  it("changes nothing anywhere where CC Switch leads Codex's requests through itself, and says why", async () => {
    const before = { [CONFIG]: configOfCard("TokenPool", DEFAULT_BASE_URL), [AUTH]: authOf(KEY) };
    assert.equal(await switched({ enableLocalProxy: true }, before), false);
    assert.deepEqual(now(), { inUse: KEY, keyFile: KEY, files: before });
    assert.match(user.messages[0]?.text ?? "", /CC Switch routes Codex's requests through itself/);
  });

  /** OpenCode alone, which has the key in a file of ours. @returns the key that is to be used, stored but not in use */
  async function stored() {
    assert.equal((await configureClient(services, "opencode", false)).outcome, "applied");
    const key = await services.apiKeys.add(OTHER, "Work");
    assert.ok(key);
    user.messages = [];
    return key;
  }
  const keys = () => [secrets.stored, fs.readFileSync(path.join(home, KEY_FILE), "utf8").trim()];

  it("asks and says nothing where only a file of ours is to be written, and nothing at all where it is in use", async () => {
    const key = await stored();
    user.answerPreview = () => assert.fail("there is nothing to decide");
    assert.equal(await switchApiKey(services, key), true);
    assert.deepEqual(keys(), [OTHER, OTHER]);
    user.messages = [];
    assert.equal(await switchApiKey(services, key), true);
    assert.deepEqual([keys(), user.messages], [[OTHER, OTHER], []]);
  });

  const texts = () => user.messages.map(({ text }) => text);
  const pressUndo = () => (user.press = ({ buttons }) => buttons.find((button) => button === "Undo"));
  const SWITCHED =
    "The API key Work is in use now. Restart OpenCode where running: the old key is used until then.";

  it("says which one is in use, and no more where no client has the old one", async () => {
    const key = await services.apiKeys.add(OTHER, "Work");
    assert.ok(key);
    pressUndo();
    const logged: unknown[] = [];
    services.log.info = (text) => void logged.push(text);
    assert.equal(await switchApiKey(services, key), true);
    await until(() => user.messages.length === 2);
    assert.deepEqual(texts(), ["The API key Work is in use now.", "The API key Default is in use again."]);
    assert.deepEqual([secrets.stored, logged], [KEY, ["API key switched"]]);
  });

  it("keeps the new one everywhere where the preview of the way back is left, and says nothing of that", async () => {
    const key = await stored();
    pressUndo();
    let isLeft = false;
    user.answerPreview = () => ((isLeft = true), "cancel");
    assert.equal(await switchApiKey(services, key), true);
    await until(() => isLeft);
    // Its turn comes when the question was left, and is over long after anything that would follow from that.
    assert.equal((await configureClient(services, "codex", true)).outcome, "cancelled");
    await until(() => user.progress.every(({ isOver }) => isOver));
    assert.deepEqual([texts(), keys()], [[SWITCHED], [OTHER, OTHER]]);
  });

  it("keeps the new one where the way back is refused, and says why", async () => {
    const key = await stored();
    user.press = ({ buttons }) => {
      if (!buttons.includes("Undo")) return undefined;
      fs.rmSync(path.join(home, KEY_FILE));
      fs.mkdirSync(path.join(home, KEY_FILE));
      return buttons.find((button) => button === "Undo");
    };
    assert.equal(await switchApiKey(services, key), true);
    await until(() => user.messages.length === 2);
    assert.deepEqual([texts()[0], user.messages[1]?.kind, secrets.stored], [SWITCHED, "error", OTHER]);
    assert.match(texts()[1] ?? "", /api-key/);
  });

  it("tells of the key that a client has again where the way back finds the old one removed", async () => {
    const key = await stored();
    user.press = ({ buttons }) => {
      if (!buttons.includes("Undo")) return undefined;
      user.answerPreview = () => {
        void services.apiKeys.remove(KEY);
        return "apply";
      };
      return "Undo";
    };
    assert.equal(await switchApiKey(services, key), true);
    await until(() => user.messages.length === 2);
    assert.deepEqual(user.messages[1], {
      kind: "warning",
      text: "OpenCode uses an API key again that is no longer stored in VS Code.",
      buttons: ["Add It Again"],
    });
    assert.deepEqual(keys(), [OTHER, KEY]);
  });

  it("says what to do where the keychain fails on the way back, and keeps the key to itself", async () => {
    const key = await services.apiKeys.add(OTHER, "Work");
    assert.ok(key);
    user.press = ({ buttons }) => {
      if (buttons.includes("Undo")) secrets.error = new Error(`cannot read ${KEY}`);
      return buttons.find((button) => button === "Undo");
    };
    assert.equal(await switchApiKey(services, key), true);
    await until(() => user.messages.length === 2);
    assert.match(texts()[1] ?? "", /Unlock it or sign in/);
    assert.ok(!texts().join().includes(KEY));
  });

  it("asks once, not again for what it takes back", async () => {
    const key = await services.apiKeys.add(OTHER, "Work");
    assert.ok(key);
    assert.equal((await configureClient(services, "codex", false)).outcome, "applied");
    let previews = 0;
    user.answerPreview = () => (previews++, "apply");
    secrets.store = () => Promise.reject(new Error("locked"));
    assert.equal(await switchApiKey(services, key), false);
    const auth = () =>
      JSON.parse(fs.readFileSync(path.join(home, AUTH), "utf8")) as { OPENAI_API_KEY: string };
    assert.deepEqual([previews, secrets.stored, auth().OPENAI_API_KEY], [1, KEY, KEY]);
  });

  it("asks where a client's own file has another key, which stays", async () => {
    const key = await stored();
    write(CONFIG, configOfCard("TokenPool", DEFAULT_BASE_URL));
    write(AUTH, authOf(THIRD));
    let previews = 0;
    user.answerPreview = () => (previews++, "apply");
    assert.equal(await switchApiKey(services, key), true);
    assert.deepEqual([previews, keys()], [1, [OTHER, OTHER]]);
    assert.equal(fs.readFileSync(path.join(home, AUTH), "utf8"), authOf(THIRD));
  });

  it("writes it nowhere while the address in the settings cannot be used", async () => {
    const key = await stored();
    user.settings.set(Setting.baseUrl, "https//typed.example");
    assert.equal(await switchApiKey(services, key), true);
    assert.deepEqual([keys(), texts()], [[OTHER, KEY], ["The API key Work is in use now."]]);
  });

  it("gives the key to a client that has none", async () => {
    const key = await stored();
    fs.rmSync(path.join(home, KEY_FILE));
    assert.equal(await switchApiKey(services, key), true);
    assert.deepEqual([keys(), texts()], [[OTHER, OTHER], [SWITCHED]]);
  });

  it("gives it, where none was in use, to clients with a key that is not stored, and to no other; then there is no way back", async () => {
    const key = await stored();
    const spare = await services.apiKeys.add(THIRD, "Spare");
    assert.ok(spare);
    write(CONFIG, configOfCard("TokenPool", DEFAULT_BASE_URL));
    write(AUTH, authOf(THIRD));
    await services.apiKeys.remove(KEY);
    assert.equal(await switchApiKey(services, key), true);
    assert.deepEqual([keys(), user.messages.map(({ buttons }) => buttons)], [[OTHER, OTHER], [[]]]);
    assert.equal(fs.readFileSync(path.join(home, AUTH), "utf8"), authOf(THIRD));
  });

  it("tells of a key that was removed since it was listed, and writes it nowhere", async () => {
    const key = await stored();
    await services.apiKeys.remove(OTHER);
    const journal = () => fs.readFileSync(path.join(home, "store/journal.json"), "utf8");
    const before = journal();
    assert.equal(await switchApiKey(services, key), "gone");
    assert.deepEqual([keys(), user.messages], [[KEY, KEY], []]);
    assert.equal(journal(), before, "it was written, and taken back");
  });
});
