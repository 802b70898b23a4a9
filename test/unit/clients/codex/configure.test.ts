import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { isUnchanged, prepareChange } from "../../../../src/changes/prepare";
import type { ClientEnvironment, ConfigurationOptions } from "../../../../src/clients/client";
import { codex } from "../../../../src/clients/codex/codex";
import { inspectCodex } from "../../../../src/clients/codex/state/state";

const PROFILE = {
  baseUrl: "https://api.clawto.link",
  apiKey: "sk-" + "ab12".repeat(16),
  model: "gpt-5.5",
  reviewModel: "gpt-5.5-review",
};
const UNKNOWN_VERSION: ConfigurationOptions = { fix: true, versions: [] };
const CURRENT: ConfigurationOptions = { fix: true, versions: ["0.169.0"] };

/** TokenPool's documented configuration, as a new file has to look. */
const DOCUMENTED = `model_provider = "OpenAI"
model = "gpt-5.5"
review_model = "gpt-5.5-review"
disable_response_storage = true

[model_providers.OpenAI]
name = "OpenAI"
base_url = "https://api.clawto.link"
wire_api = "responses"
requires_openai_auth = true
`;

describe("planning for Codex", () => {
  let home: string;
  beforeEach(async () => {
    home = await fs.mkdtemp(path.join(os.tmpdir(), "codex-"));
    await fs.mkdir(path.join(home, ".codex"));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const environment = (variables: Record<string, string> = {}): ClientEnvironment => ({
    fs,
    variables,
    homeDirectory: home,
    platform: process.platform,
    configuredDirectory: { codex: "", opencode: "" },
  });
  const write = (name: string, text: string) => fs.writeFile(path.join(home, ".codex", name), text);

  async function prepare(options: ConfigurationOptions) {
    const state = await inspectCodex(environment(), PROFILE.baseUrl);
    const plan = codex.planConfiguration(state, PROFILE, options);
    const { files } = await prepareChange(fs, plan);
    const text = (name: string) => {
      const file = files.find(({ planned }) => path.basename(planned.path) === name);
      return file?.after && Buffer.from(file.after).toString();
    };
    return { plan, config: text("config.toml"), auth: text("auth.json") };
  }

  describe("for a gateway of one's own", () => {
    const own = { ...PROFILE, baseUrl: "https://gateway.invalid" };
    const addressIn = async (profile: typeof own & { route?: "root" | "v1" }) => {
      const state = await inspectCodex(environment(), own.baseUrl);
      const { files } = await prepareChange(fs, codex.planConfiguration(state, profile, CURRENT));
      const config = files.find(({ planned }) => path.basename(planned.path) === "config.toml");
      return /base_url = "(.*)"/.exec(Buffer.from(config?.after ?? []).toString())?.[1];
    };
    const has = (address: string) =>
      write("config.toml", `[model_providers.OpenAI]\nname = "OpenAI"\nbase_url = "${address}"\n`);

    it("writes /v1 where the Responses API is there only", async () => {
      assert.equal(await addressIn({ ...own, route: "v1" }), `${own.baseUrl}/v1`);
      await has(own.baseUrl);
      assert.equal(await addressIn({ ...own, route: "v1" }), `${own.baseUrl}/v1`);
    });

    it("never turns a working /v1 into the root", async () => {
      await has(`${own.baseUrl}/v1`);
      assert.equal(await addressIn(own), `${own.baseUrl}/v1`);
      assert.equal(await addressIn({ ...own, route: "root" }), `${own.baseUrl}/v1`);
    });

    it("writes the root where nothing is known", async () => assert.equal(await addressIn(own), own.baseUrl));
  });

  it("writes the documented text into a new file, and auth.json as Codex itself does", async () => {
    const { config, auth } = await prepare(UNKNOWN_VERSION);
    assert.equal(config, DOCUMENTED);
    assert.equal(auth, `{\n  "auth_mode": "apikey",\n  "OPENAI_API_KEY": "${PROFILE.apiKey}"\n}`);
  });

  it("leaves disable_response_storage out where every Codex ignores it, and alone where it stands", async () => {
    assert.doesNotMatch((await prepare(CURRENT)).config ?? "", /disable_response_storage/);
    assert.match(
      (await prepare({ fix: true, versions: ["0.169.0", "0.142.0"] })).config ?? "",
      /disable_response_storage = true/,
    );
    await write("config.toml", "disable_response_storage = false\n");
    assert.match((await prepare(UNKNOWN_VERSION)).config ?? "", /^disable_response_storage = false$/m);
  });

  it("writes auth.json before config.toml, so that no ChatGPT token can reach the gateway", async () => {
    const { plan } = await prepare(CURRENT);
    assert.deepEqual(
      plan.files.map(({ path: file, credential }) => [path.basename(file), credential]),
      [
        ["auth.json", true],
        ["config.toml", false],
      ],
    );
  });

  it("takes out of our own table what outranks the key, names it, and keeps other tables", async () => {
    const other = '[model_providers.other]\nname = "x"\nenv_key = "OTHER"\n';
    await write(
      "config.toml",
      `${other}\n[model_providers.OpenAI]\nenv_key = "K"\nexperimental_bearer_token = "t"\n`,
    );
    const { config, plan } = await prepare(CURRENT);
    assert.ok(config?.includes(other));
    assert.equal((config?.match(/env_key|experimental_bearer_token/g) ?? []).length, 1);
    assert.match(plan.notices.join(), /env_key, experimental_bearer_token/);
  });

  it("names the host that is replaced, and the ChatGPT login", async () => {
    await write("config.toml", '[model_providers.OpenAI]\nbase_url = "https://other.example/v1"\n');
    await write("auth.json", '{"auth_mode":"chatgpt","tokens":{"id_token":"made-up"}}');
    const { plan, auth } = await prepare(CURRENT);
    assert.match(plan.notices.join(), /other\.example/);
    assert.match(plan.notices.join(), /signed in to ChatGPT/);
    assert.deepEqual(JSON.parse(auth ?? ""), {
      auth_mode: "apikey",
      OPENAI_API_KEY: PROFILE.apiKey,
      tokens: { id_token: "made-up" },
    });
  });

  it("sees no ChatGPT login in an empty place for one, as older versions of Codex write it", async () => {
    await write("auth.json", '{"OPENAI_API_KEY":null,"tokens":null,"last_refresh":null}');
    const state = await inspectCodex(environment(), PROFILE.baseUrl);
    assert.deepEqual([state.hasChatGptLogin, state.usesChatGptLogin], [false, false]);
    assert.deepEqual((await prepare(CURRENT)).plan.notices, []);
  });

  it("takes the byte order mark out of auth.json, where it is fatal, and keeps it in config.toml", async () => {
    await write("config.toml", "\ufeffa = 1\n");
    await write("auth.json", "\ufeff{}");
    const { config, auth } = await prepare(CURRENT);
    assert.deepEqual([config?.startsWith("\ufeff"), auth?.startsWith("{")], [true, true]);
  });

  const obstacles: [code: string, text: string, name: string, fixed: RegExp, said: RegExp][] = [
    [
      "codex/keyring-store",
      'cli_auth_credentials_store = "keyring"\n',
      "the store",
      /cli_auth_credentials_store = "file"/,
      /from auth\.json from now on/,
    ],
    [
      "codex/forced-chatgpt-login",
      'forced_login_method = "chatgpt"\n',
      "the login method",
      /^(?![^]*forced_login_method)/,
      /Removes forced_login_method/,
    ],
    ["codex/legacy-profile", 'profile = "work"\n', "the profile", /^(?![^]*profile)/, /Removes profile/],
  ];
  for (const [code, text, name, fixed, said] of obstacles) {
    it(`names ${name} as ${code}, fixes it in the same change and says so`, async () => {
      await write("config.toml", text);
      const state = await inspectCodex(environment(), PROFILE.baseUrl);
      assert.deepEqual(
        codex.obstacles(state).map((obstacle) => obstacle.code),
        [code],
      );
      assert.match((await prepare(CURRENT)).config ?? "", fixed);
      assert.match(codex.planConfiguration(state, PROFILE, CURRENT).notices.join("\n"), said);
    });
  }

  it("sees no obstacle in settings that do no harm", async () => {
    await write("config.toml", 'cli_auth_credentials_store = "file"\nforced_login_method = "api"\n');
    assert.deepEqual(codex.obstacles(await inspectCodex(environment(), PROFILE.baseUrl)), []);
  });

  it("plans no change for what is configured already", async () => {
    await write("config.toml", DOCUMENTED);
    await write("auth.json", JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: PROFILE.apiKey }));
    // One that others may read would be closed to them.
    await fs.chmod(path.join(home, ".codex", "auth.json"), 0o600);
    const state = await inspectCodex(environment(), PROFILE.baseUrl);
    const prepared = await prepareChange(fs, codex.planConfiguration(state, PROFILE, UNKNOWN_VERSION));
    assert.equal(isUnchanged(prepared), true);
    assert.equal(state.usesTokenPool, true);
  });

  it("finds Codex's home as Codex does, and names one that is not there", async () => {
    const elsewhere = await inspectCodex(
      environment({ CODEX_HOME: path.join(home, "else") }),
      PROFILE.baseUrl,
    );
    assert.equal(elsewhere.missingDirectory, path.join(home, "else"));
    const usual = await inspectCodex(environment({ CODEX_HOME: "" }), PROFILE.baseUrl);
    assert.deepEqual([usual.home, usual.missingDirectory], [path.join(home, ".codex"), undefined]);
  });
});
