import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { questionsAsked, watchQuestions } from "./support/questions";
import { type Session, useSession, writeFile } from "./support/session";

const codexConfig = (baseUrl: string) => `# by hand
model_provider = "relay"
model = "gpt-5.5"

[model_providers.relay]
name = "Relay"
base_url = "${baseUrl}/v1"
wire_api = "responses"
requires_openai_auth = true
`;
const auth = (key: string) => JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: key }, null, 2);
const opencodeConfig = (baseUrl: string, apiKey: string) =>
  JSON.stringify({ provider: { openai: { options: { baseURL: `${baseUrl}/v1`, apiKey } } } }, null, 2);

/** Of the clients' own files, so that a difference says which. */
function filesOf({ server }: Session): Record<string, string> {
  const names = [".codex/config.toml", ".codex/auth.json", ".config/opencode/opencode.json"];
  const there = names.filter((name) => fs.existsSync(path.join(server.home, name)));
  const hash = (name: string) =>
    createHash("sha256")
      .update(fs.readFileSync(path.join(server.home, name)))
      .digest("hex");
  return Object.fromEntries(there.map((name) => [name, hash(name)]));
}

describe("Set Up… where files hold keys already", function () {
  this.timeout(240_000);
  const current = useSession({
    withClients: false,
    homeFiles: {
      ".codex/config.toml": codexConfig("https://api.openai.test"),
      ".codex/auth.json": auth(`sk-${"0e".repeat(32)}`),
      "opencode.json": opencodeConfig("https://api.clawto.link", `sk-${"0e".repeat(32)}`),
    },
  });

  it("offers none that goes elsewhere, or stands in a project", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Set Up…");
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    assert.equal(await workbench.dialog.count(), 0);
    await workbench.page.keyboard.press("Escape");
  });

  it("is what the bar offers where Codex uses TokenPool, and takes the key over with one decision and no paste", async () => {
    const { workbench, gateway, file } = bound(current());
    fs.rmSync(file("opencode.json"));
    writeFile(file(".codex/config.toml"), codexConfig(gateway.url));
    writeFile(file(".codex/auth.json"), auth(gateway.key));
    await workbench.reload();
    await workbench.statusItem.filter({ hasText: "Take Over" }).waitFor();
    const before = filesOf(current());
    await watchQuestions(workbench.page);
    await workbench.statusItem.locator("a").click();
    await workbench.dialog.getByText("Codex already uses TokenPool").waitFor();
    await workbench.screenshot("take-over-codex");
    assert.ok(
      gateway.requests.every(({ authorization }) => authorization === undefined),
      "nothing is sent before the yes",
    );
    await workbench.dialog.getByRole("button", { name: "Use This Key" }).click();
    await workbench.notification(/TokenPool is set up for Codex\. Nothing had to be changed/).waitFor();
    await workbench.screenshot("take-over-done");
    assert.equal((await questionsAsked(workbench.page)).length, 1);
    assert.deepEqual(filesOf(current()), before);
    await workbench.statusItem.filter({ hasText: /^\s*TokenPool\s*$/ }).waitFor();
  });

  it("says that the key is gone when VS Code has lost it, and makes the same offer", async () => {
    const { workbench } = current();
    await loseSecrets(current());
    await workbench.runCommand("TokenPool: Set Up…");
    await workbench.dialog.getByText("The API key that was stored here is gone").waitFor();
    await workbench.screenshot("take-over-lost");
    await workbench.dialog.getByRole("button", { name: "Cancel" }).click();
  });
});

describe("Set Up… where the clients send different keys", function () {
  this.timeout(240_000);
  const current = useSession({ withClients: false });

  it("lists them, and leaves the other client its own", async () => {
    const { workbench, gateway, file } = bound(current());
    const other = `sk-${"0e".repeat(32)}`;
    writeFile(file(".codex/config.toml"), codexConfig(gateway.url));
    writeFile(file(".codex/auth.json"), auth(gateway.key));
    writeFile(file(".config/opencode/opencode.json"), opencodeConfig(gateway.url, other));
    const before = filesOf(current());
    await workbench.runCommand("TokenPool: Set Up…");
    await workbench.quickInput.getByText("Use the Key of OpenCode").waitFor();
    await workbench.screenshot("take-over-several");
    await workbench.pick("Set Up TokenPool: API Key", "Use the Key of Codex");
    await workbench.notification(/OpenCode keeps its own key/).waitFor();
    assert.deepEqual(filesOf(current()), before);
  });
});

function bound(session: Session) {
  const { workbench, gateway } = session;
  return { workbench, gateway, file: (name: string) => session.file(name) };
}

/** What a restart without the system's keyring comes to: the secrets are not there any more, all else is. */
async function loseSecrets({ workbench }: Session): Promise<void> {
  await workbench.page.evaluate(`localStorage.removeItem("secrets.provider")`);
  await workbench.reload();
}
