import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { FileSystem } from "../../../../src/changes/disk/userFile";
import type { ConfigureResult } from "../../../../src/editor/clientCommands/configureResult";
import { Command } from "../../../../src/ids";
import { commands, user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { registerCommands } = await import("../../../../src/editor/commands");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");

/** The plan, the check under the lock and the look at what was written. */
const MOST_OPENS = 3;

const FILES = {
  ".codex/config.toml": 'model = "mine"\n\n[projects."/x"]\ntrust_level = "trusted"\n',
  ".codex/auth.json": '{"OPENAI_API_KEY":"another"}',
  ".codex/.env": "A=b\n",
  ".config/opencode/opencode.json": '{ "model": "mine" }',
};

describe("a command that changes files", () => {
  let home: string;
  const opens = new Map<string, number>();
  /** Counts what is opened for reading. */
  const counting: FileSystem = {
    ...fs,
    open: (file, flags, mode) => {
      const name = path.relative(home, String(file));
      if (flags !== "wx") opens.set(name, (opens.get(name) ?? 0) + 1);
      return fs.open(file, flags, mode);
    },
  };
  const read = (name: string) => fs.readFile(path.join(home, name), "utf8");

  beforeEach(async () => {
    user.reset();
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "opens-")));
    for (const [name, text] of Object.entries(FILES)) {
      await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
      await fs.writeFile(path.join(home, name), text);
    }
    const preview = new ChangePreview();
    registerCommands(servicesIn(home, counting, new Secrets("sk-" + "ab12".repeat(16)), { preview }));
    user.answerPreview = () => "apply";
    // In a question before the preview.
    user.press = ({ buttons, detail }) => (detail ? buttons[0] : undefined);
    user.choose = (items) => items[0];
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  async function run(command: string, argument: object): Promise<void> {
    opens.clear();
    const { outcome, refusal } = await commands.executeCommand<ConfigureResult>(command, argument);
    assert.equal(outcome, "applied", refusal?.message);
    const users = Object.keys(FILES).filter((name) => opens.has(name));
    assert.ok(users.length > 0, "the user's files were read");
    const tooOften = users.filter((name) => (opens.get(name) ?? 0) > MOST_OPENS);
    assert.deepEqual(
      tooOften.map((name) => `${name}: ${opens.get(name)}`),
      [],
    );
  }

  const ways = [
    ["Codex", Command.configureCodex, "codex", ".codex/config.toml"],
    ["OpenCode", Command.configureOpenCode, "opencode", ".config/opencode/opencode.json"],
  ] as const;
  for (const [name, configure, client, file] of ways) {
    for (const confirm of [true, false]) {
      it(`opens each file of ${name} at most 3 times, ${confirm ? "with" : "without"} a preview`, async () => {
        await run(configure, { confirm });
        assert.match(await read(file), /api\.clawto\.link/);
        await run(Command.restoreConfiguration, { confirm, client });
        assert.equal(await read(file), FILES[file]);
        await run(configure, { confirm });
        await run(Command.removeConfiguration, { confirm, client });
        assert.doesNotMatch(await read(file), /api\.clawto\.link/);
      });
    }
  }

  it("reads anew what another program changed while the preview was open, and keeps it", async () => {
    const changed = FILES[".codex/config.toml"].replace("/x", "/y");
    user.answerPreview = () => {
      // Of the same length: only its time tells.
      writeFileSync(path.join(home, ".codex/config.toml"), changed);
      return "apply";
    };
    const { outcome } = await commands.executeCommand<ConfigureResult>(Command.configureCodex, {});
    assert.equal(outcome, "applied");
    assert.match(await read(".codex/config.toml"), /^\[projects\."\/y"\]$/m);
  });
});
