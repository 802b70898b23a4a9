import assert from "node:assert/strict";
import { askCodex, askOpenCode } from "../harness/clientPrograms";
import { useSession } from "./support/session";

/** Made at run time, in the shape of the gateway's own. */
const keyOf = (number: number) => `sk-${String(number).padStart(4, "0").repeat(16)}`;
const WORK = keyOf(2);

describe("several API keys", function () {
  this.timeout(300_000);
  const current = useSession();

  before(async () => {
    const session = current();
    await session.setApiKey();
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await session.workbench.closeNotifications();
    await session.runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    await session.workbench.closeNotifications();
    session.gateway.accept(WORK);
  });

  const row = (name: string) =>
    current().workbench.quickInput.locator(".monaco-list-row", { hasText: name }).first();
  const openList = async () => {
    await current().workbench.closeNotifications();
    await current().workbench.runCommand("TokenPool: Switch API Key…");
    await current()
      .workbench.quickInput.locator(".quick-input-title", { hasText: "Switch API Key" })
      .waitFor();
  };

  /** From the box for the key to the message that it was added. */
  async function enter(key: string, name: string): Promise<void> {
    const { workbench } = current();
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    await workbench.input.fill(key);
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInput.getByText("Only you see this name").waitFor();
    await workbench.input.fill(name);
    await workbench.page.keyboard.press("Enter");
    await workbench.notification(`The API key ${name} was added`).waitFor();
    await workbench.closeNotifications();
  }

  async function applySwitch(name: string): Promise<void> {
    await current().workbench.answerPreview("Apply");
    await current().workbench.notification(`The API key ${name} is in use now`).waitFor();
  }

  /** What the real clients send now. */
  async function sentKeys(): Promise<string[]> {
    const { gateway, server } = current();
    gateway.clear();
    const codex = await askCodex(server.home, "say hi");
    assert.match(codex.stdout, /Hello from the TokenPool simulator/, codex.stderr);
    const opencode = await askOpenCode(server.home, "say hi");
    assert.match(opencode.stdout, /Hello from the TokenPool simulator/, opencode.stderr);
    // A check of our own looks for the route with a POST that carries no key.
    const sent = gateway.requests.flatMap(({ method, authorization }) =>
      method === "POST" ? (authorization ?? []) : [],
    );
    return [...new Set(sent.map((header) => header.replace("Bearer ", "")))];
  }

  it("shows no name while there is one, and begins with the question whether another takes its place", async () => {
    const { workbench } = current();
    await openList();
    await row("in use").waitFor();
    assert.equal(await workbench.quickInput.getByText("Default").count(), 0);
    await workbench.page.keyboard.press("Escape");
    await workbench.runCommand("TokenPool: Set API Key…");
    await workbench.quickInput.getByText("Add Another Key").click();
    await enter(WORK, "Work");
  });

  it("switches in both clients by one preview, and the real ones send the chosen key and no other", async () => {
    await openList();
    await row("Default").getByText("left").waitFor();
    await current().workbench.screenshot("switch-key");
    await row("Work").click();
    await applySwitch("Work");
    assert.deepEqual(await sentKeys(), [WORK]);
  });

  it("switches back by one undo", async () => {
    const { workbench } = current();
    await openList();
    await row("Default").click();
    await applySwitch("Default");
    await workbench.answer("The API key Default is in use now", "Undo");
    await workbench.answerPreview("Apply");
    await workbench.notification("The API key Work is in use again").waitFor();
    assert.deepEqual(await sentKeys(), [WORK]);
  });
});
