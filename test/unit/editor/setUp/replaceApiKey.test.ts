import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { QuickPickItem } from "vscode";
import { API_KEYS_CONSOLE_URL } from "../../../../src/gateway/endpoints";
import type { FileSystem } from "../../../../src/changes/disk/userFile";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { replaceApiKey } = await import("../../../../src/editor/setUp/replaceApiKey");
const { writeKey } = await import("../../../../src/editor/keys/clientKeys");
const { CLIENTS } = await import("../../../../src/clients/registry");
const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

const OLD_KEY = "sk-" + "ab12".repeat(16);
const OTHER_KEY = "sk-" + "ef56".repeat(16);
const NEW_KEY = "sk-" + "cd34".repeat(16);

describe("replacing a leaked key", () => {
  let home: string;
  let secrets: Secrets;
  let searched: (string | undefined)[];
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "replace-key-"));
    secrets = new Secrets(OLD_KEY);
    searched = [];
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  function services(disk: FileSystem = fs) {
    const report = { state: "ok", endpoint: "https://x.test", checkedAt: "", via: "direct", phases: {} };
    const nothing = () => Promise.resolve(undefined);
    const probeKey = () => Promise.resolve({ report, findings: {} });
    const health = {
      probeKey,
      clientsChanged: nothing,
      knownRoute: nothing,
      findings: {},
      report: undefined,
    };
    const secretGuard = {
      searchCommits: () => Promise.resolve(void searched.push(secrets.stored)),
      places: [{ path: "/project/committed.env", stage: "committed" }],
      filesChanged: () => undefined,
      askGit: nothing,
    };
    return servicesIn(home, disk, secrets, { preview: new ChangePreview(), health, secretGuard });
  }

  async function withClients(): Promise<void> {
    for (const client of ["codex", "opencode"] as const) {
      await configureClient(services(), client, false);
      // A second change leaves a backup with the key.
      await fs.appendFile(path.join(home, ".codex/auth.json"), "\n");
      await configureClient(services(), client, false);
    }
    await fs.writeFile(path.join(home, ".zshrc"), `export X=${OLD_KEY}\n`);
    user.reset();
  }

  /** @returns what was logged as an error */
  async function replaceBy(key: string, disk?: FileSystem): Promise<unknown[]> {
    const errors: unknown[] = [];
    const all = services(disk);
    all.log.error = (error) => void errors.push(error);
    const replaced = replaceApiKey(all);
    const box = await until(() => user.inputBox);
    await box.enter(key);
    await replaced;
    return errors;
  }

  async function filesWith(key: string): Promise<string[]> {
    const files = await fs.readdir(home, { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name));
    const texts = await Promise.all(paths.map((file) => fs.readFile(file, "utf8")));
    return paths
      .filter((_, index) => texts[index]?.includes(key))
      .map((file) => path.relative(home, file))
      .sort();
  }

  it("leads from the console through one preview to a list of where the old one still is", async () => {
    await withClients();
    const previews: string[] = [];
    user.answerPreview = (title) => {
      previews.push(title);
      return "apply";
    };
    await replaceBy(NEW_KEY);
    assert.deepEqual(searched, [OLD_KEY], "searched while it is the stored key");
    assert.equal(user.opened[0], API_KEYS_CONSOLE_URL);
    const looking = { title: "Looking for the old key…", isOver: true };
    assert.deepEqual(
      user.progress.filter(({ title }) => title.startsWith("Looking")),
      [looking, looking],
    );
    assert.deepEqual([secrets.stored, previews.length], [NEW_KEY, 1]);
    assert.deepEqual(await filesWith(NEW_KEY), [".codex/auth.json", ".config/tokenpool/api-key"]);
    assert.deepEqual(await filesWith(OLD_KEY), [".zshrc"], "no backup has it any more");
    const items = (user.lists.at(-1) ?? []).map(({ label, detail }: QuickPickItem) => `${label}: ${detail}`);
    assert.match(
      items.join("\n"),
      /^Delete the old key in the console: .*\ncommitted\.env: In a commit.*\n\.zshrc: /,
    );
    assert.equal(items.length, 3);
    assert.doesNotMatch(JSON.stringify([user.messages, user.lists]), new RegExp(`${OLD_KEY}|${NEW_KEY}`));
  });

  it("leaves a client alone that has another of the stored keys", async () => {
    await withClients();
    const { apiKeys, ...rest } = services();
    await apiKeys.add(OTHER_KEY, "Private");
    await writeKey({ ...rest, apiKeys }, [CLIENTS.opencode], OTHER_KEY, false);
    user.answerPreview = () => "apply";
    await replaceBy(NEW_KEY);
    const isInUse = (file: string) => !file.startsWith("store/");
    assert.deepEqual((await filesWith(NEW_KEY)).filter(isInUse), [".codex/auth.json"]);
    assert.deepEqual((await filesWith(OTHER_KEY)).filter(isInUse), [".config/tokenpool/api-key"]);
    assert.deepEqual(await filesWith(OLD_KEY), [".zshrc"]);
  });

  it("opens a place, and shows the list again until it is left", async () => {
    const answers = [".zshrc", "Delete the old key in the console"];
    await fs.writeFile(path.join(home, ".zshrc"), OLD_KEY);
    user.choose = (items) => {
      const wanted = answers.shift();
      return items.find(({ label }) => label === wanted);
    };
    await replaceBy(NEW_KEY);
    assert.equal(user.lists.length, 3);
    assert.deepEqual(user.opened, [API_KEYS_CONSOLE_URL, API_KEYS_CONSOLE_URL]);
    assert.equal(user.ran[0]?.[0], "vscode.open");
  });

  it("keeps the old one in the backups while a client still has it", async () => {
    await withClients();
    const before = await filesWith(OLD_KEY);
    user.answerPreview = () => "cancel";
    await replaceBy(NEW_KEY);
    assert.deepEqual([secrets.stored, await filesWith(OLD_KEY)], [NEW_KEY, before]);
    assert.match(user.messages.at(-1)?.text ?? "", /still have the old one: Codex/);
    assert.deepEqual(user.lists, []);
  });

  it("offers to try again where a backup cannot be written, and then goes on", async () => {
    await withClients();
    user.answerPreview = () => "apply";
    let isFull = true;
    const rename: FileSystem["rename"] = async (from, to) => {
      const isBackup = path.dirname(String(to)) === path.join(home, "store/backups");
      const isReplaced = isBackup && (await fs.stat(to).catch(() => undefined)) !== undefined;
      if (isFull && isReplaced) throw Object.assign(new Error("disk full"), { code: "ENOSPC" });
      return fs.rename(from, to);
    };
    user.press = ({ buttons }) => {
      isFull = !buttons.includes("Try Again");
      return buttons[0];
    };
    const logged = await replaceBy(NEW_KEY, { ...fs, rename });
    assert.deepEqual(logged.map(String), ["Error: disk full"]);
    assert.deepEqual(
      user.messages.map(({ text, buttons }) => [text, ...buttons]),
      [["The old key could not be removed from every backup.", "Try Again"]],
    );
    assert.deepEqual([await filesWith(OLD_KEY), user.lists.length], [[".zshrc"], 1]);
  });

  it("stores one where none was in use, and looks for nothing", async () => {
    await withClients();
    secrets.stored = undefined;
    const before = await filesWith(OLD_KEY);
    user.answerPreview = () => "cancel";
    await replaceBy(NEW_KEY);
    assert.deepEqual([secrets.stored, searched, user.lists], [NEW_KEY, [], []]);
    assert.deepEqual(await filesWith(OLD_KEY), before);
    user.answerPreview = () => "apply";
    secrets.stored = undefined;
    user.inputBox = undefined;
    await replaceBy(OTHER_KEY);
    assert.deepEqual([searched, user.lists], [[], []]);
    assert.ok((await filesWith(OTHER_KEY)).includes(".codex/auth.json"));
    assert.ok(
      (await filesWith(OLD_KEY)).some((file) => file.startsWith("store/")),
      "it may be wanted again",
    );
  });

  it("says what to do where the keychain fails", async () => {
    secrets.error = new Error(`cannot read ${OLD_KEY}`);
    await replaceApiKey(services());
    assert.match(user.messages.at(-1)?.text ?? "", /Unlock it or sign in/);
    assert.doesNotMatch(JSON.stringify(user.messages), new RegExp(OLD_KEY));
  });

  it("takes the same key for no new one", async () => {
    await replaceBy(OLD_KEY);
    assert.match(user.messages.at(-1)?.text ?? "", /in use already/);
    assert.deepEqual(user.lists, []);
  });

  it("changes nothing when the user leaves", async () => {
    await withClients();
    const before = await filesWith(OLD_KEY);
    const replaced = replaceApiKey(services());
    const box = await until(() => user.inputBox);
    box.hide();
    await replaced;
    assert.deepEqual([secrets.stored, await filesWith(OLD_KEY), user.messages], [OLD_KEY, before, []]);
  });
});
