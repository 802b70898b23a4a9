import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

const KEY = "sk-" + "ab12".repeat(16);

describe("configuring a client", () => {
  let home: string;
  let config: string;
  let secrets: Secrets;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "configure-"));
    config = path.join(home, ".codex/config.toml");
    await fs.mkdir(path.dirname(config));
    await fs.writeFile(config, 'model = "mine"\n');
    secrets = new Secrets(KEY);
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const configure = (confirm: boolean) =>
    configureClient(servicesIn(home, fs, secrets, { preview: new ChangePreview() }), "codex", confirm);
  const text = () => fs.readFile(config, "utf8");

  /** Presses a button of the first message that has it, and Apply in previews. @returns when `last` is shown */
  function pressing(button: string, last: RegExp): Promise<void> {
    let pressed = false;
    user.answerPreview = () => "apply";
    return new Promise((resolve) => {
      user.press = (message) => {
        if (last.test(message.text)) setImmediate(resolve);
        if (pressed || !message.buttons.includes(button)) return undefined;
        pressed = true;
        return button;
      };
      user.choose = (items) => items[0];
    });
  }

  it("asks for the key where none is stored, and writes nothing when the user leaves", async () => {
    secrets.stored = undefined;
    const configuring = configure(true);
    const box = await until(() => user.inputBox);
    box.hide();
    const { outcome, refusal } = await configuring;
    assert.deepEqual([outcome, refusal?.code], ["refused", "key/missing"]);
    assert.equal(await text(), 'model = "mine"\n');
  });

  it("asks nothing without confirmation: what is missing is the answer", async () => {
    secrets.stored = undefined;
    const { outcome, refusal } = await configure(false);
    assert.deepEqual([outcome, refusal?.code, user.inputBox], ["refused", "key/missing", undefined]);
    assert.deepEqual(user.messages, []);
  });

  it("answers a keychain that fails by what to do, without its own words", async () => {
    secrets.error = new Error(`cannot read ${KEY}`);
    const { refusal } = await configure(false);
    assert.match(refusal?.message ?? "", /Unlock it or sign in/);
    assert.doesNotMatch(refusal?.message ?? "", new RegExp(KEY));
  });

  it("writes nothing when the preview is cancelled, and says no more", async () => {
    user.answerPreview = () => "cancel";
    assert.equal((await configure(true)).outcome, "cancelled");
    assert.equal(await text(), 'model = "mine"\n');
    assert.deepEqual(user.messages, []);
  });

  it("shows the key in no text of the preview's question", async () => {
    user.answerPreview = () => "cancel";
    await configure(true);
    assert.doesNotMatch(JSON.stringify([user.messages, user.ran]), new RegExp(KEY));
  });

  it("opens a file that cannot be read at the place of the error", async () => {
    await fs.writeFile(config, 'model = "mine"\nx = = 1\n');
    const shown = pressing("Open File", /Nothing was changed/);
    assert.equal((await configure(true)).outcome, "refused");
    await shown;
    assert.equal(user.opened.length, 1);
    assert.match(user.opened[0] ?? "", /config\.toml:1:/);
    assert.equal(await text(), 'model = "mine"\nx = = 1\n');
  });

  it("offers an undo that brings the file back", async () => {
    const back = pressing("Undo", /previous configuration is back/);
    assert.equal((await configure(true)).outcome, "applied");
    await back;
    assert.equal(await text(), 'model = "mine"\n');
  });

  it("offers to see the client answer, once it is there and nothing is in the way", async () => {
    const bin = path.join(home, "bin");
    await fs.mkdir(bin);
    await fs.writeFile(path.join(bin, "codex"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    const services = servicesIn(home, fs, secrets, { preview: new ChangePreview() });
    const environment = { ...services.environment(), variables: { PATH: bin } };
    const shown = pressing("Try Codex (uses quota)", /now uses TokenPool/);
    await configureClient({ ...services, environment: () => environment }, "codex", true);
    await shown;
    await until(() => user.terminals.length > 0);
    const { text = "", buttons } = user.messages.at(-1) ?? {};
    assert.equal(text, "Codex now uses TokenPool. Restart Codex and start a new conversation.");
    assert.deepEqual(buttons, ["Try Codex (uses quota)", "Undo"]);
    const { cwd, shellArgs = [] } = user.terminals[0] ?? {};
    assert.ok(shellArgs.includes("--skip-git-repo-check"));
    await fs.rmdir(cwd as string);
  });

  it("says once why the client does not start, in the words of what knows the cause", async () => {
    await fs.writeFile(config, 'model_instructions_file = "gone.md"\n');
    const bin = path.join(home, "bin");
    await fs.mkdir(bin);
    const words = `failed to read model instructions file ${path.dirname(config)}/gone.md: No such file or directory (os error 2)`;
    const program = `#!/bin/sh\necho "Error loading configuration: ${words}" >&2\nexit 1\n`;
    await fs.writeFile(path.join(bin, "codex"), program, { mode: 0o755 });
    const services = servicesIn(home, fs, secrets, { preview: new ChangePreview() });
    const environment = { ...services.environment(), variables: { PATH: bin } };
    const shown = pressing("Open File", /now uses TokenPool/);
    const { findings } = await configureClient(
      { ...services, environment: () => environment },
      "codex",
      true,
    );
    await shown;
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["client/missing-file"],
    );
    const { text = "" } = user.messages.at(-1) ?? {};
    assert.match(
      text,
      /^Codex now uses TokenPool\. model_instructions_file names a file that is not there: /,
    );
  });

  it("says that nothing was changed when all is as it should be", async () => {
    await configure(false);
    const said = pressing("", /already configured/);
    assert.equal((await configure(true)).outcome, "unchanged");
    await said;
    assert.equal(user.messages.length, 1, "without a preview");
  });
});
