import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { TerminalOptions } from "vscode";
import { user, workspace } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { openClient } = await import("../../../../src/editor/terminal/openClient");
const { tryClient } = await import("../../../../src/editor/terminal/tryClient");

/** Answers as `codex debug models --bundled` of 0.169.0 does, as far as it is read. */
const CATALOGUE = {
  models: [
    { slug: "gpt-6-sol", upgrade: null },
    { slug: "gpt-5.5", upgrade: { model: "gpt-6-sol" } },
  ],
};

describe("a client in a terminal", () => {
  let home: string;
  let program: string;
  beforeEach(async () => {
    user.reset();
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "terminal-")));
    program = await script(
      "bin/codex",
      `[ "$1 $2 $3" = "debug models --bundled" ] && echo '${JSON.stringify(CATALOGUE)}'`,
    );
    await write(".codex/config.toml", 'model = "gpt-5.5"\n');
  });
  afterEach(async () => {
    workspace.isTrusted = true;
    await fs.rm(home, { recursive: true });
  });

  async function write(name: string, text: string, mode = 0o644): Promise<string> {
    const file = path.join(home, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text, { mode });
    return file;
  }
  const script = (name: string, text: string) => write(name, `#!/bin/sh\n${text}\n`, 0o755);

  function services(more: object = {}) {
    const environment = servicesIn(home, fs, new Secrets(undefined)).environment();
    const variables = { PATH: path.join(home, "bin") };
    return servicesIn(home, fs, new Secrets(undefined), {
      environment: () => ({ ...environment, variables, ...more }),
    });
  }
  const started = () => user.terminals.map(({ shellArgs }: TerminalOptions) => (shellArgs ?? []).slice(2));

  it("is started by its whole path", async () => {
    await write(".codex/config.toml", 'model = "gpt-6-sol"\n');
    await openClient(services(), "codex");
    assert.deepEqual([started(), user.messages], [[[program]], []]);
  });

  it("is started only after the user knows of the question whose Enter changes the model", async () => {
    await openClient(services(), "codex");
    assert.match(
      user.messages[0]?.detail ?? "",
      /offer gpt-6-sol in place of gpt-5\.5\. Choose “Use existing model”/,
    );
    assert.deepEqual(started(), []);
    user.press = () => "Open Codex";
    await openClient(services(), "codex");
    assert.deepEqual(started(), [[program]]);
  });

  for (const [what, config] of [
    ["was answered before", 'model = "gpt-5.5"\n[notice.model_migrations]\n"gpt-5.5" = "gpt-6-sol"\n'],
    [
      "does not come, because the catalogue is the user's",
      'model = "gpt-5.5"\nmodel_catalog_json = "x.json"\n',
    ],
    ["does not come, because no model is set", "# mine\n"],
  ] as const)
    it(`names no question that ${what}`, async () => {
      await write(".codex/config.toml", config);
      await openClient(services(), "codex");
      assert.deepEqual([user.messages, started()], [[], [[program]]]);
    });

  it("names a question that was answered for another model", async () => {
    await write(".codex/config.toml", 'model = "gpt-5.5"\n[notice.model_migrations]\n"gpt-5.5" = "gpt-6"\n');
    await openClient(services(), "codex");
    assert.equal(user.messages.length, 1);
  });

  it("asks nothing where the program does not know that command", async () => {
    await script("bin/codex", "echo Usage; exit 2");
    await openClient(services(), "codex");
    assert.deepEqual([user.messages, started()], [[], [[program]]]);
  });

  it("is never one that an open folder chose: then the user learns how to install it", async () => {
    user.press = () => "Copy Command";
    await openClient(services({ foreignFolders: [home] }), "codex");
    assert.deepEqual(started(), []);
    assert.match(user.messages[0]?.text ?? "", /Install it with "npm install -g @openai\/codex"/);
    await new Promise(setImmediate);
    assert.equal(user.clipboard, "npm install -g @openai/codex");
  });

  it("is not the one of Windows where VS Code runs Codex in WSL", async () => {
    await write(".codex/config.toml", "");
    await openClient(services({ askWsl: () => Promise.resolve(undefined) }), "codex");
    assert.deepEqual(started(), []);
    assert.match(user.messages.at(-1)?.text ?? "", /Open a WSL terminal/);
  });

  it("tells how to install it on this system", async () => {
    await openClient(services({ platform: "darwin" }), "opencode");
    assert.match(user.messages[0]?.text ?? "", /"brew install anomalyco\/tap\/opencode"/);
  });

  it("is not started in a folder that nobody trusts", async () => {
    workspace.isTrusted = false;
    user.press = () => "Manage Workspace Trust";
    await openClient(services(), "codex");
    assert.deepEqual([started(), user.ran], [[], [["workbench.trust.manage"]]]);
  });

  it("reads the files that we configure, where a setting names them", async () => {
    const codexHome = path.join(home, ".codex");
    await openClient(
      services({ configuredDirectory: { codex: codexHome, opencode: "" }, foreignFolders: [] }),
      "codex",
    );
    user.press = () => "Open Codex";
    await openClient(services({ configuredDirectory: { codex: codexHome, opencode: "" } }), "codex");
    assert.equal(user.terminals[0]?.env?.["CODEX_HOME"], codexHome);
  });

  it("is tried with one fixed sentence, in an empty folder and by our model alone", async () => {
    const opencode = await script("bin/opencode", "exit 0");
    await tryClient(services(), "codex");
    await tryClient(services(), "opencode");
    const sentence = "Say hello in one short sentence.";
    assert.deepEqual(started(), [
      [program, "exec", "--skip-git-repo-check", sentence],
      [opencode, "run", sentence, "-m", "tokenpool/gpt-5.5"],
    ]);
    for (const { cwd, message = "" } of user.terminals) {
      assert.deepEqual(await fs.readdir(cwd as string), []);
      assert.match(message, /^(codex exec|opencode run) .*"Say hello in one short sentence\."/);
      await fs.rmdir(cwd as string);
    }
  });
});
