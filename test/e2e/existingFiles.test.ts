import assert from "node:assert/strict";
import * as fs from "node:fs";
import { askCodex } from "../harness/clientPrograms";
import { useSession } from "./support/session";

/** A user's file as it is in real life: comments, CRLF, another provider, MCP servers, projects. */
const CONFIG = [
  "# My Codex settings",
  "# second line of the header",
  "",
  'model = "gpt-5.4"   # the one I like',
  'approval_policy = "on-request"',
  "check_for_update_on_startup = false",
  "",
  "[model_providers.other]",
  'name = "Other gateway"  # keep me',
  'base_url = "https://other.example/v1"',
  'env_key = "OTHER_KEY"',
  "",
  "[mcp_servers.files]",
  'command = "files-server"',
  "args = [",
  '  "--root", # where it may look',
  '  "/srv/files",',
  "]",
  "",
  '[projects."/srv/app"]',
  'trust_level = "trusted"',
].join("\r\n");

/** Of the shape Codex needs to take it for a login. */
function fakeToken(name: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "none" }), part({ email: `${name}@example.com`, exp: 4_102_444_800 }), "made-up"].join(
    ".",
  );
}

const ACCESS_TOKEN = fakeToken("access");
const AUTH = JSON.stringify(
  {
    auth_mode: "chatgpt",
    OPENAI_API_KEY: null,
    tokens: { id_token: fakeToken("id"), access_token: ACCESS_TOKEN, refresh_token: "made-up-refresh-token" },
    last_refresh: "2026-11-01T00:00:00Z",
  },
  null,
  2,
);

describe("Configure Codex over existing files", function () {
  this.timeout(180_000);
  const current = useSession({ homeFiles: { ".codex/config.toml": CONFIG, ".codex/auth.json": AUTH } });
  before(async () => {
    const session = current();
    await session.setApiKey();
  });

  it("names the ChatGPT login and masks its tokens in the preview", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Configure Codex");
    await workbench.editorLine("You are signed in to ChatGPT").waitFor();
    await workbench.page.locator(".monaco-diff-editor").nth(1).waitFor();
    await workbench.screenshot("preview-codex-existing");
    const shown = await workbench.page.locator(".part.editor").innerText();
    assert.ok(!shown.includes(ACCESS_TOKEN), "tokens are masked");
    await workbench.answerPreview("Cancel");
    await workbench.page.locator(".monaco-diff-editor").first().waitFor({ state: "detached" });
    assert.equal(current().read(".codex/config.toml").toString(), CONFIG, "Cancel changes nothing");
  });

  it("keeps every byte that is not ours", async () => {
    await current().runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    const expected = CONFIG.replace('model = "gpt-5.4" ', 'model = "gpt-5.5" ').replace(
      "check_for_update_on_startup = false\r\n",
      [
        "check_for_update_on_startup = false",
        'model_provider = "OpenAI"',
        'review_model = "gpt-5.5"',
        "",
      ].join("\r\n"),
    );
    const table = [
      "",
      "",
      "[model_providers.OpenAI]",
      'name = "OpenAI"',
      `base_url = "${current().gateway.url}"`,
      'wire_api = "responses"',
      "requires_openai_auth = true",
      "",
    ].join("\r\n");
    assert.equal(current().read(".codex/config.toml").toString(), expected + table);
    const auth = JSON.parse(current().read(".codex/auth.json").toString()) as Record<string, unknown>;
    const { tokens, last_refresh } = JSON.parse(AUTH) as Record<string, unknown>;
    assert.deepEqual(auth, {
      auth_mode: "apikey",
      OPENAI_API_KEY: current().gateway.key,
      tokens,
      last_refresh,
    });
    assert.equal(fs.statSync(current().file(".codex/auth.json")).mode & 0o777, 0o600);
  });

  it("makes the real Codex answer with the key, not with the ChatGPT token", async () => {
    current().gateway.clear();
    const answer = await askCodex(current().server.home, "say hi");
    assert.match(answer.stdout, /Hello from the TokenPool simulator/, answer.stderr);
    const keys = new Set(current().gateway.requests.map(({ authorization }) => authorization));
    assert.equal(keys.size, 1);
    assert.ok(keys.has(`Bearer ${current().gateway.key}`));
  });

  it("changes nothing the second time", async () => {
    const before = current().read(".codex/config.toml");
    await current().workbench.closeNotifications();
    await current().workbench.runCommand("TokenPool: Configure Codex");
    await current().workbench.notification("already configured").waitFor();
    assert.deepEqual(current().read(".codex/config.toml"), before);
  });

  it("brings every byte back", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Restore Previous Configuration…");
    await workbench.pick("Restore Previous Configuration", "Configure Codex for TokenPool");
    await workbench.answerPreview("Apply");
    await workbench.notification("The previous configuration is back").waitFor();
    assert.equal(current().read(".codex/config.toml").toString(), CONFIG);
    assert.equal(current().read(".codex/auth.json").toString(), AUTH);
  });

  it("keeps the provider table for old conversations when the user wants it", async () => {
    const { workbench } = current();
    await workbench.closeNotifications();
    await current().runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await workbench.closeNotifications();
    await workbench.runCommand("TokenPool: Restore Previous Configuration…");
    await workbench.pick("Restore Previous Configuration", "Configure Codex for TokenPool");
    await workbench.editorLine("Conversations you had with TokenPool").waitFor();
    await workbench.changePreview("Keep the Provider Table");
    await workbench.answerPreview("Apply");
    await workbench.notification("The previous configuration is back").waitFor();
    const config = current().read(".codex/config.toml").toString();
    assert.ok(config.startsWith(CONFIG), "everything that was there is as it was");
    assert.match(config.slice(CONFIG.length), /^\s*\[model_providers\.OpenAI\]\r\nname = "OpenAI"\r\n/);
    assert.equal(current().read(".codex/auth.json").toString(), AUTH);
  });

  it("takes out exactly what is ours, also after the file moved on", async () => {
    const { workbench } = current();
    await workbench.closeNotifications();
    await current().runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await workbench.closeNotifications();
    fs.appendFileSync(
      current().file(".codex/config.toml"),
      '[projects."/srv/new"]\r\ntrust_level = "trusted"\r\n',
    );
    await workbench.runCommand("TokenPool: Remove TokenPool from a Client…");
    await workbench.pick("Remove TokenPool from", "Codex");
    await workbench.answerPreview("Apply");
    await workbench.notification("TokenPool was removed from Codex").waitFor();
    const config = current().read(".codex/config.toml").toString();
    assert.ok(config.startsWith(CONFIG), "everything that was there is as it was");
    assert.equal(config.slice(CONFIG.length).trim(), '[projects."/srv/new"]\r\ntrust_level = "trusted"');
    assert.deepEqual(JSON.parse(current().read(".codex/auth.json").toString()), JSON.parse(AUTH));
  });
});
