import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { notedOf } from "../../../../src/doctor/overview/noted";
import { overviewOf } from "../../../../src/doctor/overview/overview";
import { ENDPOINTS } from "../../../../src/gateway/endpoints";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { useChatGptAgain, useTokenPoolAgain } = await import("../../../../src/editor/status/chatGptLogin");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

const KEY = "sk-" + "ab12".repeat(16);
const NEW_KEY = "sk-" + "cd34".repeat(16);
const LOGIN = {
  auth_mode: "chatgpt",
  OPENAI_API_KEY: null,
  tokens: { access_token: "a", refresh_token: "r" },
};
const [, OTHER] = ENDPOINTS;
const MINE = 'model = "mine"\n';

describe("going to and fro between a ChatGPT login and TokenPool", () => {
  let home: string;
  let secrets: Secrets;
  const services = () => servicesIn(home, fs, secrets, { preview: new ChangePreview() });
  const write = async (name: string, text: string) => fs.writeFile(path.join(home, ".codex", name), text);
  const read = (name: string) => fs.readFile(path.join(home, ".codex", name), "utf8");
  beforeEach(async () => {
    user.reset();
    user.answerPreview = () => "apply";
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "login-")));
    secrets = new Secrets(KEY);
    await fs.mkdir(path.join(home, ".codex"));
    await write("config.toml", MINE);
    await write("auth.json", JSON.stringify(LOGIN));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  /** What the menu goes by. */
  async function wayBack() {
    const { snapshot, problems } = await services().diagnosis.look("files");
    return notedOf(snapshot, problems).wayBack;
  }
  const auth = async () => JSON.parse(await read("auth.json")) as Record<string, unknown>;

  it("offers nothing to somebody who never chose TokenPool here", async () => {
    assert.equal(await wayBack(), undefined);
  });

  it("gives Codex back to the login as it was, and to TokenPool again", async () => {
    await configureClient(services(), "codex", false);
    assert.equal(await wayBack(), "chatGpt");
    const ours = [await read("config.toml"), await read("auth.json")];
    await useChatGptAgain(services());
    assert.deepEqual([await read("config.toml"), await auth()], [MINE, LOGIN]);
    assert.equal(await wayBack(), "tokenPool");
    await useTokenPoolAgain(services());
    assert.deepEqual([await read("config.toml"), await read("auth.json")], ours);
    assert.equal(await wayBack(), "chatGpt");
  });

  it("leads to the menu, not to another set-up, where TokenPool was left for the login", async () => {
    await configureClient(services(), "codex", false);
    await useChatGptAgain(services());
    const { snapshot, problems } = await services().diagnosis.look("files");
    const noted = notedOf(snapshot, problems);
    const report = {
      state: "ok",
      endpoint: "",
      checkedAt: "",
      via: "direct",
      phases: { totalMs: 1 },
    } as const;
    assert.equal(overviewOf({ report, noted }).next?.do, "useTokenPoolAgain");
  });

  it("takes today's key, not that of the day when TokenPool was left", async () => {
    await configureClient(services(), "codex", false);
    await useChatGptAgain(services());
    secrets.stored = NEW_KEY;
    await useTokenPoolAgain(services());
    assert.equal((await auth()).OPENAI_API_KEY, NEW_KEY);
    assert.equal((await auth()).auth_mode, "apikey");
  });

  it("takes out what is ours where the journal has forgotten the change", async () => {
    await configureClient(services(), "codex", false);
    await fs.rm(services().changes.directory, { recursive: true });
    await useChatGptAgain(services());
    assert.doesNotMatch(await read("config.toml"), /model_provider/);
  });

  it("takes today's endpoint, also where a comment names it already", async () => {
    await write("config.toml", `# base_url = "${OTHER.baseUrl}"\n${MINE}`);
    await configureClient(services(), "codex", false);
    await useChatGptAgain(services());
    user.settings.set(Setting.baseUrl, OTHER.baseUrl);
    await useTokenPoolAgain(services());
    assert.match(await read("config.toml"), new RegExp(`^base_url = "${OTHER.baseUrl}"$`, "m"));
  });

  it("takes back every later change of ours too, such as that of the key", async () => {
    await configureClient(services(), "codex", false);
    secrets.stored = NEW_KEY;
    await configureClient(services(), "codex", false);
    await useChatGptAgain(services());
    assert.deepEqual([await read("config.toml"), await auth()], [MINE, LOGIN]);
  });

  it("sends no ChatGPT token to a gateway: where the way back leads to one, the login stays out", async () => {
    await configureClient(services(), "codex", false);
    const ours = await read("config.toml");
    // Somebody leads the built-in provider, which the way back chooses again, to a gateway.
    await write("config.toml", `openai_base_url = "https://elsewhere.example/v1"\n${ours}`);
    await useChatGptAgain(services());
    assert.notEqual((await auth()).auth_mode, "chatgpt");
    assert.equal((await auth()).OPENAI_API_KEY, KEY);
  });
});
