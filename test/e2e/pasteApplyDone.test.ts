import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { askCodex } from "../harness/clientPrograms";
import { useProxiedSession } from "./support/proxiedSession";
import { questionsAsked, watchQuestions } from "./support/questions";
import { type Session, useSession, writeFile } from "./support/session";

const RECOMMENDED = "https://api.clawto.link";
const OTHER = "https://api.tokenpool.dev";
const DONE = /TokenPool is set up for (Codex|OpenCode)/;

/** Opens Set Up and pastes the key; from here on questions are counted. */
async function pasteKey({ workbench, gateway }: Session): Promise<void> {
  await workbench.runCommand("TokenPool: Set Up…");
  await workbench.quickInput.getByText("Paste your API key").waitFor();
  await workbench.page.keyboard.insertText(gateway.key);
  await watchQuestions(workbench.page);
  await workbench.page.keyboard.press("Enter");
}

const machineSettings = ({ server }: Session): unknown =>
  JSON.parse(fs.readFileSync(path.join(server.userData, "Machine/settings.json"), "utf8"));

describe("Set Up… from a pasted key to a real answer", function () {
  this.timeout(240_000);
  const current = useSession();

  it("takes one decision, and Codex answers", async () => {
    const { workbench, server, gateway } = current();
    const begin = Date.now();
    await pasteKey(current());
    await workbench.answerPreview("Apply");
    await workbench.notification(DONE).waitFor();
    const answer = await askCodex(server.home, "say hi");
    assert.match(answer.stdout, /Hello from the TokenPool simulator/, answer.stderr);
    const questions = await questionsAsked(workbench.page);
    const seconds = ((Date.now() - begin) / 1000).toFixed(1);
    console.log(
      `      decisions: ${questions.length} (${questions.join(", ")}); ${seconds} s to Codex's first answer`,
    );
    assert.deepEqual(questions, ["preview"]);
    // The address of the simulator was set by hand.
    assert.deepEqual(machineSettings(current()), { "tokenpool.baseUrl": gateway.url });
    assert.ok(current().read(".codex/config.toml").toString().includes(`base_url = "${gateway.url}"`));
  });
});

describe("Set Up… where the recommended endpoint is dead", function () {
  this.timeout(240_000);
  const current = useProxiedSession(undefined, new URL(OTHER).host);

  it("checks the key at the other one and proposes that, still with one decision", async () => {
    const { session, proxy } = current();
    const { workbench, gateway } = session;
    proxy.unreachableHost = new URL(RECOMMENDED).host;
    writeFile(session.file(".codex/.env"), `HTTPS_PROXY=http://127.0.0.1:${proxy.port}\n`);
    await pasteKey(session);
    await workbench.previewAction("Apply").waitFor();
    await workbench.editorLine("The recommended endpoint does not answer").waitFor();
    await workbench.screenshot("set-up-other-endpoint");
    const tunnels = proxy.requests.map(({ url = "" }) => url);
    assert.ok(tunnels.includes(`${new URL(RECOMMENDED).host}:443`), "both were measured");
    const [measured, ...others] = gateway.requests;
    assert.deepEqual([measured?.path, measured?.authorization], ["/v1/models", undefined]);
    assert.ok(
      others.some(({ authorization }) => authorization === `Bearer ${gateway.key}`),
      "then the key was checked",
    );
    await workbench.answerPreview("Apply");
    await workbench.notification(DONE).waitFor();
    assert.deepEqual(await questionsAsked(workbench.page), ["preview"]);
    assert.deepEqual(machineSettings(session), { "tokenpool.baseUrl": OTHER });
    assert.match(
      session.read(".codex/config.toml").toString(),
      /^base_url = "https:\/\/api\.tokenpool\.dev"$/m,
    );
  });
});

describe("Set Up… for a Codex that is no program on the PATH", function () {
  this.timeout(240_000);

  describe("but the app", () => {
    const current = useSession({ withClients: false, homeFiles: { ".codex/version.json": "{}" } });

    it("knows it by its home", async () => {
      const { workbench } = current();
      await pasteKey(current());
      await workbench.answerPreview("Apply");
      await workbench.notification("TokenPool is set up for Codex.").waitFor();
    });
  });

  describe("but the extension beside OpenCode's home", () => {
    const current = useSession({
      withClients: false,
      homeFiles: { ".config/opencode/package.json": "{}" },
      place: installCodexExtension,
    });

    it("knows it by the extension", async () => {
      const { workbench } = current();
      await pasteKey(current());
      await workbench.answerPreview("Apply");
      await workbench.notification("TokenPool is set up for Codex, OpenCode.").waitFor();
    });
  });
});

describe("Set Up… with a screen reader", function () {
  this.timeout(240_000);
  const current = useSession({ settings: { "editor.accessibilitySupport": "on" } });

  it("goes by keyboard alone, and tells of Apply", async () => {
    const { workbench } = current();
    await pasteKey(current());
    await workbench.page
      .locator(".monaco-alert", { hasText: "Choose Apply or Cancel" })
      .waitFor({ state: "attached" });
    await workbench.screenshot("set-up-screen-reader");
    await workbench.runCommand("TokenPool: Apply");
    await workbench.notification(DONE).waitFor();
    assert.deepEqual(await questionsAsked(workbench.page), ["preview"]);
  });
});

/** Only its name counts: the real one is far larger than all of this. @returns the folder to open */
function installCodexExtension(home: string): Promise<string> {
  const extensions = path.join(home, "../extensions");
  const id = "openai.chatgpt";
  const folder = path.join(extensions, `${id}-1.0.0`);
  const [publisher, name] = id.split(".");
  const manifest = { publisher, name, version: "1.0.0", engines: { vscode: "*" } };
  writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
  const list = path.join(extensions, "extensions.json");
  const known = JSON.parse(fs.readFileSync(list, "utf8")) as object[];
  const location = { $mid: 1, path: folder, scheme: "file" };
  const entry = { identifier: { id }, version: "1.0.0", location, relativeLocation: path.basename(folder) };
  fs.writeFileSync(list, JSON.stringify([...known, entry]));
  return Promise.resolve(home);
}
