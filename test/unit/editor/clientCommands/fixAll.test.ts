import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { readJournal } from "../../../../src/changes/history/journal/journal";
import type { Services } from "../../../../src/editor/services";
import { Command } from "../../../../src/ids";
import { commands, user } from "../../../fakes/vscode";
import { ELEVEN_PROBLEM_FILES } from "../../doctor/elevenProblems";
import { API_KEY, Machine } from "../../doctor/machine";
import { Secrets, servicesIn } from "../services";

const { applyFix } = await import("../../../../src/editor/clientCommands/applyFix");
const { fixAll } = await import("../../../../src/editor/clientCommands/fixAll");
const { restoreConfiguration } = await import("../../../../src/editor/clientCommands/restoreConfiguration");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

describe("fixing all problems", () => {
  let machine: Machine;
  let services: Services;
  let before: Map<string, string>;
  beforeEach(async () => {
    user.reset();
    machine = await Machine.make({ files: ELEVEN_PROBLEM_FILES });
    services = servicesIn(machine.home, fs, new Secrets(API_KEY), { preview: new ChangePreview() });
    before = await machine.allFiles();
  });
  afterEach(() => fs.rm(machine.home, { recursive: true }));

  /** Without our own store. */
  const files = async () =>
    new Map([...(await machine.allFiles())].filter(([name]) => !name.startsWith("store/")));
  const previews = () => user.ran.filter(([command]) => command === "vscode.changes");
  const problems = async () => (await services.diagnosis.look("asked")).problems;

  it("asks once for everything, and tells what was done", async () => {
    user.answerPreview = () => "apply";
    assert.ok((await problems()).length >= 11);
    const { outcome, client, findings } = await fixAll(services, true);
    assert.deepEqual([outcome, client, previews().length], ["applied", undefined, 1]);
    // No client is installed here, which no change of files changes.
    assert.deepEqual([...new Set(findings.map(({ code }) => code))], ["client/not-installed"]);
    assert.match(user.messages.at(-1)?.text ?? "", /^Problems fixed: \d+\.$/);
  });

  it("is one entry of the journal for each client, and one group", async () => {
    await fixAll(services, false);
    const entries = await readJournal(services.changes);
    assert.deepEqual(
      entries.map(({ client }) => client),
      ["codex", "opencode"],
    );
    assert.ok(entries[0]?.group !== undefined);
    assert.equal(new Set(entries.map(({ group }) => group)).size, 1);
  });

  it("asks and shows nothing without confirmation, and gives away no key", async () => {
    const result = await fixAll(services, false);
    assert.equal(result.outcome, "applied");
    assert.deepEqual([user.messages, user.ran], [[], []]);
    assert.doesNotMatch(JSON.stringify(result), new RegExp(API_KEY.slice(0, 12)));
    assert.equal((await fixAll(services, false)).outcome, "unchanged");
  });

  it("is taken back as a whole by the message's button", async () => {
    user.answerPreview = () => "apply";
    const undone = new Promise<void>((resolve) => {
      user.press = ({ text, buttons }) => {
        if (/is back/.test(text)) resolve();
        return buttons.includes("Undo") ? "Undo" : undefined;
      };
    });
    await fixAll(services, true);
    await undone;
    assert.deepEqual(await files(), before);
  });

  it("is taken back for one client by Restore", async () => {
    await fixAll(services, false);
    const fixed = await files();
    await restoreConfiguration(services, "opencode", false);
    const names = [...(await files())]
      .filter(([name, text]) => text !== fixed.get(name))
      .map(([name]) => name);
    assert.deepEqual(names, [".config/opencode/config.json", ".config/opencode/opencode.json"]);
  });

  it("writes nothing when the preview is cancelled", async () => {
    user.answerPreview = () => "cancel";
    assert.equal((await fixAll(services, true)).outcome, "cancelled");
    assert.deepEqual(await files(), before);
  });

  /** Applies the preview when something else has happened. */
  const applyAfter = (happening: () => Promise<unknown>) => {
    user.answerPreview = () => {
      void happening().then(() => commands.executeCommand(Command.applyPreview));
      return undefined;
    };
  };

  it("claims nothing that another window has fixed while the preview was open", async () => {
    const elsewhere = servicesIn(machine.home, fs, new Secrets(API_KEY));
    applyAfter(() => fixAll(elsewhere, false));
    const { outcome, files: told } = await fixAll(services, true);
    assert.deepEqual([outcome, [...new Set(told.map(({ change }) => change))]], ["unchanged", ["unchanged"]]);
    assert.deepEqual(
      user.messages.map(({ text, buttons }) => [text, ...buttons]),
      [["There is nothing to fix in files."]],
    );
    assert.equal((await readJournal(services.changes)).length, 2);
  });

  it("claims no file that is not written any more, because the key was removed while the preview was open", async () => {
    applyAfter(() => services.apiKeys.remove(API_KEY));
    const { outcome, files: told } = await fixAll(services, true);
    assert.equal(outcome, "applied");
    const written = (await readJournal(services.changes)).flatMap((entry) =>
      entry.files.map(({ path }) => path),
    );
    const claimed = told.filter(({ change }) => change !== "unchanged").map(({ path }) => path);
    assert.deepEqual(claimed.sort(), written.sort());
    assert.ok(told.length > claimed.length);
  });

  it("says so where the one problem was fixed by another window while the preview was open", async () => {
    const elsewhere = servicesIn(machine.home, fs, new Secrets(API_KEY));
    applyAfter(() => fixAll(elsewhere, false));
    const { outcome } = await applyFix(services, { code: "codex/wire-api-chat" }, true);
    assert.equal(outcome, "unchanged");
    assert.deepEqual(
      user.messages.map(({ text }) => text),
      ["Already fixed."],
    );
  });

  it("saves first what is typed in a file of the change, and writes nothing if that is not wanted", async () => {
    const opencode = `${machine.home}/.config/opencode/opencode.json`;
    const saved: string[] = [];
    const typed = (file: string) => ({
      uri: { fsPath: file } as never,
      isDirty: true,
      save: () => Promise.resolve(saved.push(file) > 0),
    });
    user.documents = [typed(opencode), typed(`${machine.home}/other.json`)];
    user.answerPreview = () => "apply";
    assert.equal((await fixAll(services, true)).outcome, "cancelled");
    assert.deepEqual([saved, await files()], [[], before]);
    user.press = ({ buttons }) => buttons.find((button) => button.startsWith("Save"));
    assert.equal((await fixAll(services, true)).outcome, "applied");
    assert.deepEqual(saved, [opencode]);
  });

  it("writes nothing at all where one file cannot be written, and says which", async () => {
    const config = `${machine.home}/.config/opencode/opencode.json`;
    await fs.chmod(config, 0o444);
    const { outcome, refusal } = await fixAll(services, false);
    assert.deepEqual([outcome, refusal?.code, refusal?.path], ["refused", "change/no-permission", config]);
    assert.deepEqual(await files(), before);
  });

  it("says so where there is nothing to fix", async () => {
    await fixAll(services, false);
    assert.equal((await fixAll(services, true)).outcome, "unchanged");
    assert.equal(user.messages.at(-1)?.text, "There is nothing to fix in files.");
    assert.equal(previews().length, 0);
  });
});
