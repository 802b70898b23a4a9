import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DEFAULT_BASE_URL } from "../../../../src/gateway/endpoints";
import { user } from "../../../fakes/vscode";
import { AUTH, authOf, CONFIG, configOfCard, OUR_CARD } from "../../clients/codex/ccSwitch/ccSwitchHome";
import { Secrets, servicesIn } from "../services";

const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { switchApiKey } = await import("../../../../src/editor/keys/switchApiKey");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

const [KEY, OTHER] = [1, 2].map((number) => "sk-" + `${number}`.padStart(4, "a").repeat(16)) as [
  string,
  string,
];
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
      while (user.messages.length < 2) await new Promise(setImmediate);
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
