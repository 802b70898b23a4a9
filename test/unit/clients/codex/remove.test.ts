import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { applyChange } from "../../../../src/changes/apply";
import type { ChangePlan } from "../../../../src/changes/plan";
import { readOriginalValues } from "../../../../src/changes/history/before";
import { prepareChange } from "../../../../src/changes/prepare";
import { type CodexState, inspectCodex } from "../../../../src/clients/codex/state/state";
import { planConfiguration } from "../../../../src/clients/codex/configure";
import { planRemoval } from "../../../../src/clients/codex/remove";

const PROFILE = {
  baseUrl: "https://api.clawto.link",
  apiKey: "sk-" + "ab12".repeat(16),
  model: "gpt-5.5",
  reviewModel: "gpt-5.5",
};

/** Another gateway's documentation may ask for the very same names. */
const OTHER_GATEWAY = `model_provider = "OpenAI" # the other one
model = 'mine'

[model_providers.OpenAI]
name = "Other"
base_url = "https://other.example/v1" # theirs
env_key = 'OTHER_KEY' # in my shell
query_params = { a = "b" }
`;

describe("removing TokenPool from Codex", () => {
  let home: string;
  beforeEach(async () => {
    home = await fs.mkdtemp(path.join(os.tmpdir(), "codex-"));
    await fs.mkdir(path.join(home, ".codex"));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const file = (name: string) => path.join(home, ".codex", name);
  const read = (name: string) => fs.readFile(file(name), "utf8").catch(() => undefined);
  const inspect = () =>
    inspectCodex(
      {
        fs,
        variables: {},
        homeDirectory: home,
        platform: process.platform,
        configuredDirectory: { codex: "", opencode: "" },
      },
      PROFILE.baseUrl,
    );
  const store = () => ({ fs, directory: path.join(home, "journal"), now: () => new Date() });

  async function apply(makePlan: (state: CodexState) => ChangePlan): Promise<ChangePlan> {
    const plan = async () => makePlan(await inspect());
    const shown = await prepareChange(fs, await plan());
    await applyChange(store(), plan, shown);
    return shown.plan;
  }

  const configure = () => apply((state) => planConfiguration(state, PROFILE, { fix: true, versions: [] }));
  const remove = async () => {
    const originals = await readOriginalValues(store());
    return apply((state) => planRemoval(state, originals));
  };

  it("deletes the files it made", async () => {
    await configure();
    await remove();
    assert.deepEqual(await fs.readdir(path.join(home, ".codex")), []);
  });

  it("gives back the values from before, and what others wrote since stays", async () => {
    await fs.writeFile(file("config.toml"), "# mine\nmodel = 'mine' # why\n");
    await fs.writeFile(file("auth.json"), '{"OPENAI_API_KEY":null,"tokens":{"id_token":"made up"}}');
    await configure();
    await configure();
    await fs.appendFile(file("config.toml"), '\n[projects."/a"]\ntrust_level = "trusted"\n');
    await remove();
    assert.equal(
      await read("config.toml"),
      '# mine\nmodel = \'mine\' # why\n\n[projects."/a"]\ntrust_level = "trusted"\n',
    );
    assert.equal(await read("auth.json"), '{"OPENAI_API_KEY":null,"tokens":{"id_token":"made up"}}');
  });

  it("gives the provider of the same name back to the gateway that it led to before", async () => {
    await fs.writeFile(file("config.toml"), OTHER_GATEWAY);
    await configure();
    await configure();
    const { notices } = await remove();
    const lines = (text = "") => text.split("\n").sort();
    assert.deepEqual(lines(await read("config.toml")), lines(OTHER_GATEWAY));
    assert.deepEqual(notices, []);
  });

  it("leaves no name of a provider behind that is gone", async () => {
    await fs.writeFile(file("config.toml"), 'model_provider = "OpenAI"\na = 1\n');
    await configure();
    await remove();
    assert.equal(await read("config.toml"), "a = 1\n");
  });

  it("takes our table out although the user went over to another provider", async () => {
    await configure();
    const other = 'model_provider = "other"\n\n[model_providers.other]\nname = "Other"\n';
    const ours = (await read("config.toml")) ?? "";
    const [, table = ""] = other.split("\n\n");
    await fs.writeFile(
      file("config.toml"),
      `${ours.replace('model_provider = "OpenAI"', 'model_provider = "other"')}\n${table}`,
    );
    await remove();
    assert.equal(await read("config.toml"), other);
  });

  it("leaves providers alone that others made, but none that leads to TokenPool in use", async () => {
    const tables =
      '[model_providers.custom]\nname = "x"\nbase_url = "https://api.clawto.link"\n' +
      '[model_providers.OpenAI]\nname = "Theirs"\nbase_url = "https://other.example"\n';
    await fs.writeFile(file("config.toml"), `model_provider = "custom"\n${tables}`);
    await remove();
    assert.equal(await read("config.toml"), tables);
  });

  it("puts the credential store back that it had changed", async () => {
    await fs.writeFile(file("config.toml"), 'cli_auth_credentials_store = "keyring" # work\n');
    await configure();
    await remove();
    assert.equal(await read("config.toml"), 'cli_auth_credentials_store = "keyring" # work\n');
  });
});
