import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { Uri } from "vscode";
import { commands, user, window } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { Refusal } = await import("../../../../src/changes/refusal");
const { runChange } = await import("../../../../src/editor/clientCommands/changeFlow");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

describe("the preview", () => {
  let home: string;
  let services: ReturnType<typeof servicesIn>;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "preview-"));
    services = servicesIn(home, fs, new Secrets(undefined), { preview: new ChangePreview() });
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const fileOf = (title: string) =>
    ({
      kind: "edit",
      path: path.join(home, "shared.toml"),
      format: "toml",
      edits: [{ kind: "set", path: [title], value: true }],
      credential: false,
    }) as const;
  /** Asks for a change that writes a file. @param others what Change… offers */
  const change = (title: string, others: Parameters<typeof runChange>[3] = () => []) =>
    runChange(
      services,
      () => Promise.resolve({ title, files: [fileOf(title)], notices: [`about ${title}`] }),
      true,
      others,
    );
  const shown = () => user.ran.filter(([id]) => id === "vscode.changes").map(([, title]) => title);
  /** What the preview that was shown last says before the files. */
  const saying = () => {
    const [, , files] = user.ran.findLast(([id]) => id === "vscode.changes") ?? [];
    const [[, , said]] = files as [[Uri, Uri | undefined, Uri]];
    const text = user.texts?.provideTextDocumentContent(said, undefined as never) as string;
    return text.replace(/\s+/g, " ");
  };
  const untilShown = async (count: number) => {
    await until(() => shown().length >= count);
  };
  const press = (command: string) => commands.executeCommand(`tokenpool.${command}Preview`);
  const written = () => fs.readFile(path.join(home, "shared.toml"), "utf8").catch(() => "");

  it("lets a second question wait for the first, and plans it on what the first left", async () => {
    const [one, other] = [change("one"), change("other")];
    await untilShown(1);
    assert.deepEqual(shown(), ["TokenPool: one (preview)"]);
    await press("apply");
    assert.equal((await one).outcome, "applied");
    await untilShown(2);
    await press("apply");
    assert.equal((await other).outcome, "applied");
    assert.equal(await written(), "one = true\nother = true\n");
  });

  it("reminds of the open question when another one comes", async () => {
    const one = change("one");
    await untilShown(1);
    const other = change("other");
    await until(() => user.messages.some(({ text }) => text.includes("The next one follows")));
    await press("cancel");
    await until(() => shown().at(-1) === "TokenPool: other (preview)");
    await press("cancel");
    assert.deepEqual([(await one).outcome, (await other).outcome], ["cancelled", "cancelled"]);
  });

  it("is answered by nothing that answered the one before", async () => {
    let pressLate: (button: string) => void = () => undefined;
    user.press = ({ buttons }) => {
      if (buttons.length === 0) return undefined;
      return new Promise((resolve) => (pressLate = resolve)) as unknown as string;
    };
    const one = change("one");
    await until(() => user.messages.some(({ text }) => text.includes("Choose Apply or Cancel above")));
    const lateButton = pressLate;
    await press("cancel");
    await one;
    const other = change("other");
    await untilShown(2);
    lateButton("Show Changes");
    await new Promise(setImmediate);
    assert.equal(await written(), "", "the message of the first question writes nothing");
    assert.equal(shown().length, 2, "nor does it show what is over");
    await press("cancel");
    await other;
    assert.equal(await written(), "");
  });

  describe("that is brought to the front", () => {
    const { tabGroups } = window;
    afterEach(() => (window.tabGroups = tabGroups));
    /** Brings it to the front by asking for another change. @param close what VS Code does to close its tab */
    const bringing = async (close: () => Promise<boolean>) => {
      let closed: (event: object) => unknown = () => undefined;
      const all: object[] = [];
      const onDidChangeTabs = (listener: typeof closed) => (
        (closed = listener),
        { dispose: () => undefined }
      );
      window.tabGroups = { all, onDidChangeTabs, close: () => Promise.resolve(true) } as never;
      const one = change("one");
      await untilShown(1);
      const tab = { label: "TokenPool: one (preview) (2 files)" };
      all.push({ tabs: [tab] });
      window.tabGroups = { all, onDidChangeTabs, close } as never;
      const closeTab = closed;
      return { one, other: change("other"), closeTab: () => closeTab({ closed: [tab] }) };
    };

    it("is not shown again when it was answered meanwhile", async () => {
      let goOn = () => {};
      const closing = new Promise<boolean>((resolve) => (goOn = () => resolve(true)));
      const { one, other } = await bringing(() => closing);
      await new Promise(setImmediate);
      await press("cancel");
      goOn();
      assert.equal((await one).outcome, "cancelled");
      await untilShown(2);
      assert.deepEqual(shown(), ["TokenPool: one (preview)", "TokenPool: other (preview)"]);
      await press("cancel");
      await other;
    });

    it("ends when it is closed by hand, also where bringing it there failed", async () => {
      let fails = true;
      const { one, other, closeTab } = await bringing(() =>
        fails ? Promise.reject(new Error("no such tab")) : Promise.resolve(true),
      );
      await new Promise(setImmediate);
      fails = false;
      closeTab();
      assert.equal((await one).outcome, "cancelled");
      await untilShown(2);
      await press("cancel");
      await other;
    });
  });

  it("writes nothing without a question, whoever runs its commands", async () => {
    await press("apply");
    const one = change("one");
    await untilShown(1);
    await press("cancel");
    await press("apply");
    assert.equal((await one).outcome, "cancelled");
    assert.equal(await written(), "");
  });

  it("comes again when Change… is left, and gives way to what is chosen there", async () => {
    const take = () => Promise.resolve({ outcome: "unchanged" as const, files: [] });
    const one = change("one", () => [{ label: "Another way", notice: "There is another way.", take }]);
    await untilShown(1);
    await press("change");
    await untilShown(2);
    user.choose = (items) => items[0];
    await press("change");
    assert.equal((await one).outcome, "unchanged");
    assert.equal(await written(), "");
  });

  it("comes again where somebody set meanwhile what it was to change, and overwrites no value that it did not show", async () => {
    const file = path.join(home, "shared.toml");
    await fs.writeFile(file, "one = 1\n");
    const one = change("one");
    await untilShown(1);
    await fs.writeFile(file, "one = 2\n");
    await press("apply");
    await untilShown(2);
    assert.equal(await written(), "one = 2\n");
    assert.match(saying(), /^Something changed meanwhile, and \S+shared\.toml would be/);
    await press("apply");
    assert.equal((await one).outcome, "applied");
    assert.equal(await written(), "one = true\n");
  });

  it("does not come again for what is refused for another reason, such as a file that could not be put back", async () => {
    const message = "shared.toml was changed by another program.";
    const plan = { title: "one", files: [fileOf("one")], notices: [] };
    const makePlans = [
      () => Promise.resolve(plan),
      () => Promise.reject(new Refusal("change/changed-meanwhile", message)),
    ];
    const one = runChange(services, () => makePlans.shift()!(), true);
    await untilShown(1);
    await press("apply");
    const { outcome, refusal } = await one;
    assert.deepEqual([outcome, refusal?.message, shown().length], ["refused", message, 1]);
  });

  it("does not come again for what somebody wrote elsewhere in the file", async () => {
    const one = change("one");
    await untilShown(1);
    await fs.writeFile(path.join(home, "shared.toml"), "# mine\nother = 2\n");
    await press("apply");
    assert.equal((await one).outcome, "applied");
    assert.equal(shown().length, 1);
    assert.equal(await written(), "# mine\nother = 2\none = true\n");
  });

  it("ends the turn of a change that is refused", async () => {
    await fs.writeFile(path.join(home, "shared.toml"), "x = = 1\n");
    assert.equal((await change("one")).outcome, "refused");
    await fs.writeFile(path.join(home, "shared.toml"), "");
    user.answerPreview = () => "apply";
    assert.equal((await change("other")).outcome, "applied");
  });
});
