import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { directorySetting } from "../../../../src/clients/clientId";
import { Setting } from "../../../../src/ids";
import { env, user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { copyReport, runDiagnostics } = await import("../../../../src/editor/helpCommands/diagnose");

const KEY = "sk-" + "ab12".repeat(16);
const FOREIGN = "relay_" + "cd34".repeat(8);

describe("the diagnostic report", () => {
  let home: string;
  let unsearched: string[];
  beforeEach(async () => {
    user.reset();
    unsearched = [];
    home = await fs.mkdtemp(path.join(os.tmpdir(), "diagnose-"));
  });
  afterEach(async () => {
    env.remoteName = undefined;
    await fs.rm(home, { recursive: true });
  });

  const services = () => {
    const nothing = () => Promise.resolve(undefined);
    return servicesIn(home, fs, new Secrets(KEY), {
      health: { checkNow: nothing, knownRoute: nothing, findings: {}, report: undefined },
      secretGuard: { searchCommits: () => Promise.resolve(unsearched), places: [], askGit: nothing },
      troubleshoot: () => undefined,
    });
  };
  const write = async (name: string, text: string) => {
    await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await fs.writeFile(path.join(home, name), text);
  };

  it("goes to the clipboard as it is handed on, and tells what the settings are", async () => {
    user.settings.set(Setting.baseUrl, "https://api.tokenpool.dev/");
    user.settings.set(Setting.model, "gpt-5.5");
    const markdown = await copyReport(services(), false);
    assert.equal(user.clipboard, markdown);
    for (const told of ["https://api.tokenpool.dev", "gpt-5.5", process.versions.node])
      assert.ok(markdown.includes(told), told);
    assert.deepEqual(user.messages, []);
  });

  it("shows nothing of keys, in settings or files, of passwords in addresses, or of the user's name", async () => {
    user.settings.set(Setting.baseUrl, "https://me:secret@api.tokenpool.dev/?token=hidden");
    user.settings.set(Setting.model, FOREIGN.slice(0, 20) + " " + FOREIGN);
    user.settings.set(Setting.reviewModel, "sk-abc");
    user.settings.set(directorySetting("codex"), `~/${FOREIGN}`);
    await write(".codex/auth.json", JSON.stringify({ OPENAI_API_KEY: FOREIGN }));
    await write(
      ".codex/config.toml",
      `model_provider = "x"\nmodel = "${FOREIGN}"\n[model_providers.x]\nbase_url = "https://api.tokenpool.dev/${KEY}"\n`,
    );
    const markdown = await copyReport(services(), false);
    for (const hidden of [KEY.slice(3, 15), FOREIGN.slice(0, 15), "sk-abc", "secret", "hidden", home])
      assert.ok(!markdown.includes(hidden), hidden);
  });

  it("says of what Git did not search to its end, and nothing to another program", async () => {
    unsearched = ["/a/first", "/b/second"];
    await runDiagnostics(services(), true);
    assert.deepEqual(
      user.messages.map(({ text }) => text),
      ["Git did not finish in time, so it is not known whether your key is in a commit of first, second."],
    );
    user.messages = [];
    await runDiagnostics(services(), false);
    assert.deepEqual(user.messages, []);
  });
});
