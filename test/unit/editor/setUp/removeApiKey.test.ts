import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { until } from "../../until";
import { Secrets, servicesIn } from "../services";

const { removeApiKey } = await import("../../../../src/editor/setUp/removeApiKey");
const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { writeKey } = await import("../../../../src/editor/keys/clientKeys");
const { CLIENTS } = await import("../../../../src/clients/registry");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

const KEY = "sk-" + "ab12".repeat(16);
const OTHER = "sk-" + "cd34".repeat(16);
const EVERYWHERE = "Remove Key and Take It out of Codex";

describe("removing the API key", () => {
  let home: string;
  let secrets: Secrets;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "remove-key-"));
    secrets = new Secrets(KEY);
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const services = () => servicesIn(home, fs, secrets, { preview: new ChangePreview() });
  const inCodex = async () => (await fs.readFile(path.join(home, ".codex/auth.json"), "utf8")).includes(KEY);
  /** @param answers the buttons that are pressed, where they are shown */
  const answer = (...answers: readonly string[]) =>
    (user.press = ({ buttons }) => buttons.find((button) => answers.includes(button)));

  async function withCodexConfigured(): Promise<void> {
    const { outcome } = await configureClient(services(), "codex", false);
    assert.equal(outcome, "applied");
    assert.equal(await inCodex(), true);
    user.messages = [];
  }

  it("asks about nothing where no key is stored", async () => {
    secrets.stored = undefined;
    await removeApiKey(services());
    assert.deepEqual(
      user.messages.map(({ text }) => text),
      ["No API key is stored."],
    );
  });

  it("leaves the key where it is when the question is dismissed", async () => {
    await withCodexConfigured();
    await removeApiKey(services());
    assert.deepEqual(user.messages[0], {
      kind: "warning",
      text: "Remove the TokenPool API key?",
      detail: "It is deleted from VS Code's secret storage and from the backups of changed files.",
      modal: true,
      buttons: [EVERYWHERE, "Remove Key"],
    });
    assert.deepEqual([user.messages.length, secrets.stored, await inCodex()], [1, KEY, true]);
  });

  it("takes only the stored key, and offers no more where no client has it", async () => {
    answer("Remove Key");
    await removeApiKey(services());
    assert.deepEqual(user.messages[0]?.buttons, ["Remove Key"]);
    assert.equal(secrets.stored, undefined);
  });

  it("keeps the stored key when the preview is cancelled, so that the removal can be repeated", async () => {
    await withCodexConfigured();
    answer(EVERYWHERE);
    user.answerPreview = () => "cancel";
    await removeApiKey(services());
    assert.deepEqual([secrets.stored, await inCodex()], [KEY, true]);
  });

  it("takes the key out of the client's files and then out of the store", async () => {
    await withCodexConfigured();
    answer(EVERYWHERE);
    user.answerPreview = () => "apply";
    await removeApiKey(services());
    assert.equal(secrets.stored, undefined);
    await assert.rejects(inCodex(), { code: "ENOENT" }, "the file was ours alone");
  });

  it("tells that it is gone, and offers no other where there is none", async () => {
    answer("Remove Key", "Switch API Key…");
    const all = services();
    const logged: unknown[] = [];
    all.log.info = (text) => void logged.push(text);
    await removeApiKey(all);
    await until(() => user.messages.length === 2);
    const text = "The API key was removed from this machine's VS Code.";
    assert.deepEqual(user.messages[1], { kind: "information", text, buttons: [] });
    assert.deepEqual([user.ran, logged], [[], ["API key removed"]]);
  });

  it("keeps the stored key where the clients' files cannot be changed, and says so", async () => {
    await withCodexConfigured();
    const auth = path.join(home, ".codex/auth.json");
    user.press = ({ buttons }) => {
      if (!buttons.includes(EVERYWHERE)) return undefined;
      writeFileSync(auth, "{");
      return EVERYWHERE;
    };
    await removeApiKey(services());
    assert.deepEqual(
      user.messages.map(({ kind }) => kind),
      ["warning", "error", "warning"],
    );
    const kept = "The API key was kept, because the clients' files could not be changed.";
    assert.deepEqual([user.messages[2]?.text, secrets.stored], [kept, KEY]);
  });

  it("keeps the stored key where a backup cannot be written, and says what to do", async () => {
    await withCodexConfigured();
    // It lies in a backup then.
    assert.equal((await writeKey(services(), [CLIENTS.codex], OTHER, false)).outcome, "applied");
    user.messages = [];
    answer("Remove Key");
    const rename = () => Promise.reject(Object.assign(new Error("disk full"), { code: "ENOSPC" }));
    await removeApiKey(servicesIn(home, { ...fs, rename }, secrets, { preview: new ChangePreview() }));
    const text = "The API key was kept: it could not be removed from every backup. Run Remove API Key again.";
    assert.deepEqual(user.messages.slice(1), [{ kind: "error", text, buttons: [] }]);
    assert.equal(secrets.stored, KEY);
  });

  it("takes a key that is not in use out of the clients that have it, and of no other", async () => {
    await withCodexConfigured();
    assert.equal((await configureClient(services(), "opencode", false)).outcome, "applied");
    const all = services();
    const key = await all.apiKeys.add(OTHER, "Work");
    assert.equal((await writeKey(all, [CLIENTS.opencode], OTHER, false)).outcome, "applied");
    user.messages = [];
    answer("Remove Key and Take It out of OpenCode");
    user.answerPreview = () => "apply";
    await removeApiKey(all, key);
    await until(() => user.messages.length === 3);
    assert.deepEqual(user.messages[0]?.buttons, ["Remove Key and Take It out of OpenCode", "Remove Key"]);
    assert.equal(user.messages[0].text, "Remove the TokenPool API key Work?");
    assert.deepEqual(user.messages[2]?.buttons, [], "the one in use is still there");
    assert.deepEqual([secrets.stored, await inCodex(), await all.apiKeys.all()], [KEY, true, [KEY]]);
  });

  it("changes nothing where the list of several is left", async () => {
    const all = services();
    await all.apiKeys.add(OTHER, "Work");
    await removeApiKey(all);
    assert.deepEqual(user.listOptions, [
      { title: "Remove API Key", placeHolder: "Choose the key to remove" },
    ]);
    assert.deepEqual([user.messages, await all.apiKeys.all()], [[], [KEY, OTHER]]);
  });

  it("finds the clients that have it while the address in the settings cannot be used", async () => {
    await withCodexConfigured();
    user.settings.set(Setting.baseUrl, "nonsense");
    answer(EVERYWHERE);
    user.answerPreview = () => "apply";
    await removeApiKey(services());
    assert.equal(secrets.stored, undefined);
    await assert.rejects(inCodex(), { code: "ENOENT" });
  });

  it("says what to do when the keychain does not answer, in our words alone", async () => {
    secrets.error = new Error(`cannot read ${KEY}`);
    await removeApiKey(services());
    const [said] = user.messages;
    assert.equal(said?.kind, "error");
    assert.match(said.text, /Unlock it or sign in/);
    assert.doesNotMatch(said.text, new RegExp(KEY));
  });
});
