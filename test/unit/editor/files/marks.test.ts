import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { user } from "../../../fakes/vscode";
import { API_KEY, CODEX_FILES, codexConfig, OPENCODE_FILES, opencodeConfig } from "../../doctor/machine";
import { Secrets, servicesIn } from "../services";

const { Diagnosis } = await import("../../../../src/editor/diagnosis/diagnosis");
const { FileDiagnostics } = await import("../../../../src/editor/files/fileDiagnostics");
const { MachineWatch } = await import("../../../../src/editor/machine/machineWatch");
const { ProblemMarks } = await import("../../../../src/editor/files/problemMarks");
const { registerProblemHelp } = await import("../../../../src/editor/files/problemHelp");

const WEBSITE = 'base_url = "https://tokenpool.dev"';
const THEFT = opencodeConfig({}, { baseURL: "https://elsewhere.example/v1" });

describe("marks in files", () => {
  let home: string;
  let watch: InstanceType<typeof MachineWatch>;
  let diagnostics: InstanceType<typeof FileDiagnostics>;
  let typed: number;
  let registrations: { dispose(): unknown }[];

  beforeEach(async () => {
    user.reset();
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "marks-")));
    await write({ ...CODEX_FILES, ...OPENCODE_FILES, "project/opencode.json": THEFT });
    const nothing = () => ({ dispose: () => undefined });
    const source = { onDidChange: nothing, onDidChangeAny: nothing } as never;
    watch = new MachineWatch(source, source, source);
    const services = servicesIn(home, fs, new Secrets(API_KEY));
    const diagnosis = new Diagnosis(() => services, watch.onDidChange);
    typed = 0;
    const typing = diagnosis.typed.bind(diagnosis);
    diagnosis.typed = (...args) => {
      typed++;
      return typing(...args);
    };
    diagnostics = new FileDiagnostics({ ...services, diagnosis });
    registrations = [new ProblemMarks(diagnostics), registerProblemHelp(diagnostics)];
  });
  afterEach(async () => {
    for (const each of [...registrations, diagnostics, watch]) each.dispose();
    await fs.rm(home, { recursive: true });
  });

  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
      await fs.writeFile(path.join(home, name), text);
    }
  };
  /** Whatever happens is looked at, and shown. */
  const after = async (happens: () => unknown) => {
    const shown = new Promise<void>((resolve) => {
      const registration = diagnostics.onDidChange(() => {
        registration.dispose();
        resolve();
      });
    });
    await happens();
    await shown;
  };
  const documentOf = (name: string, text?: string) => {
    const uri = { scheme: "file", fsPath: path.join(home, name) };
    return { uri, isDirty: text !== undefined, getText: () => text, save: () => Promise.resolve(true) };
  };
  const open = (...documents: ReturnType<typeof documentOf>[]) => {
    user.documents = documents as never;
    user.tell("open", documents[0]);
  };
  const marked = () =>
    [...user.marks].filter(([, found]) => found.length > 0).map(([file]) => path.relative(home, file));
  const CONFIG = ".codex/config.toml";

  it("follow a folder that is opened later, and go with it", async () => {
    await after(() => undefined);
    assert.deepEqual(marked(), []);
    const project = path.join(home, "project");
    await after(() => {
      user.folders = [project];
      user.tell("folders");
    });
    assert.deepEqual(marked(), ["project/opencode.json"]);
    await after(() => {
      user.folders = [];
      user.tell("folders");
    });
    assert.deepEqual(marked(), []);
  });

  it("do not outlive their cause, nor the editor that shows their file", async () => {
    await write({ [CONFIG]: codexConfig({ base_url: WEBSITE }) });
    await after(() => open(documentOf(CONFIG)));
    assert.deepEqual(marked(), [CONFIG]);
    // Another program has corrected it.
    await write({ [CONFIG]: codexConfig() });
    await after(() => watch.lookAgain());
    assert.deepEqual(marked(), []);
    await write({ [CONFIG]: codexConfig({ base_url: WEBSITE }) });
    await after(() => watch.lookAgain());
    assert.deepEqual(marked(), [CONFIG]);
    user.documents = [];
    await after(() => user.tell("close", documentOf(CONFIG)));
    assert.deepEqual(marked(), []);
    assert.deepEqual(user.languageStatus?.selector, []);
  });

  it("follow what is typed, and wait for the file to be saved where reading it takes long", async () => {
    const wrong = codexConfig({ base_url: WEBSITE });
    await write({ [CONFIG]: wrong });
    await after(() => open(documentOf(CONFIG, `\n${wrong}`)));
    const [line] = [...user.marks.values()].flat().map(({ range }) => range.start.line);
    assert.equal(line, wrong.split("\n").indexOf(WEBSITE) + 1);
    typed = 0;
    const long = `${wrong}# ${"x".repeat(500_000)}\n`;
    await write({ [CONFIG]: long });
    await after(() => open(documentOf(CONFIG, `#${long}`)));
    assert.deepEqual(marked(), []);
    assert.equal(typed, 0);
    await after(() => open(documentOf(CONFIG)));
    assert.deepEqual(marked(), [CONFIG]);
  });

  it("are counted by the language status, which follows the editor", async () => {
    await write({ [CONFIG]: codexConfig({ base_url: WEBSITE }) });
    const [ours, theirs] = [documentOf(CONFIG), documentOf(".config/opencode/opencode.json")];
    user.shown = ours.uri as never;
    await after(() => open(ours, theirs));
    const status = () => [user.languageStatus?.text, user.languageStatus?.severity];
    assert.deepEqual(status(), ["TokenPool: problems in this file: 1", 1]);
    user.shown = theirs.uri as never;
    user.tell("activate");
    assert.deepEqual(status(), ["TokenPool: no problems in this file", 0]);
    user.shown = ours.uri as never;
    user.tell("activate");
    assert.deepEqual(status(), ["TokenPool: problems in this file: 1", 1]);
  });
});
