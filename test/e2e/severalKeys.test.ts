import assert from "node:assert/strict";
import { MOST_KEYS } from "../../src/editor/keys/keyStore";
import { askCodex, askOpenCode } from "../harness/clientPrograms";
import { useSession } from "./support/session";

/** Made at run time, in the shape of the gateway's own. */
const keyOf = (number: number) => `sk-${String(number).padStart(4, "0").repeat(16)}`;
const [WORK, EMPTY] = [keyOf(2), keyOf(3)];

describe("several API keys", function () {
  this.timeout(600_000);
  const current = useSession();

  before(async () => {
    const session = current();
    await session.setApiKey();
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await session.workbench.closeNotifications();
    await session.runAndApply("TokenPool: Configure OpenCode", "OpenCode now uses TokenPool");
    await session.workbench.closeNotifications();
    session.gateway.accept(WORK);
    session.gateway.accept(EMPTY, "402");
  });

  /** By the whole name: "Work" is in sentences too. */
  const row = (name: string) => {
    const { page, quickInput } = current().workbench;
    return quickInput.locator(".monaco-list-row", { has: page.getByText(name, { exact: true }) });
  };
  const inUse = () => current().workbench.quickInput.locator(".monaco-list-row", { hasText: "in use" });
  /** What was open before has rows as well. */
  const isOpen = () =>
    current().workbench.quickInput.locator(".quick-input-title", { hasText: "Switch API Key" }).waitFor();
  const openList = async () => {
    await current().workbench.closeNotifications();
    await current().workbench.runCommand("TokenPool: Switch API Key…");
    await isOpen();
  };
  const press = async (name: string, button: string) => {
    await row(name).hover();
    await row(name).getByRole("button", { name: button }).click();
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
    await inUse().waitFor();
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

  it("changes nothing when the preview is cancelled", async () => {
    const { workbench } = current();
    await openList();
    await row("Default").click();
    await workbench.answerPreview("Cancel");
    await openList();
    await inUse().getByText("Work", { exact: true }).waitFor();
    await workbench.page.keyboard.press("Escape");
    assert.ok(current().read(".codex/auth.json").toString().includes(WORK));
  });

  const HOSTILE: readonly (readonly [name: string, shown: string])[] = [
    ["[q](command:workbench.action.quit) $(x)", "[q] (command:workbench.action.quit) $ (x)"],
    ["\u202egpj.txt", "gpj.txt"],
    ["n".repeat(500), "n".repeat(40)],
    ["مفتاح العمل", "مفتاح العمل"],
  ];

  it("shows a name as it is, whatever it is", async () => {
    const { workbench } = current();
    await openList();
    let shown = "Work";
    for (const [name, expected] of HOSTILE) {
      await press(shown, "Rename…");
      await workbench.quickInput.getByText("Only you see this name").waitFor();
      await workbench.input.fill(name);
      await workbench.page.keyboard.press("Enter");
      await row(expected).waitFor();
      shown = expected;
    }
    await workbench.screenshot("switch-key-rtl");
    await press(shown, "Rename…");
    await workbench.quickInput.getByText("Only you see this name").waitFor();
    await workbench.input.fill("Work");
    await workbench.page.keyboard.press("Enter");
    await row("Work").waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  it("tells an empty key from a full one, and offers the full one where the empty one is in use", async () => {
    const { workbench } = current();
    await openList();
    await row("Add Another Key…").click();
    await enter(EMPTY, "Empty");
    await openList();
    await row("Empty").getByText("quota or balance is used up").waitFor();
    await row("Work").getByText("left").waitFor();
    await row("Empty").click();
    await applySwitch("Empty");
    await workbench.closeNotifications();
    await workbench.statusItem.filter({ hasText: "No Quota" }).waitFor();
    await workbench.statusItem.click();
    await workbench.pick("TokenPool", "Switch API Key…");
    await isOpen();
    await row("Work").click();
    await applySwitch("Work");
    assert.deepEqual(await sentKeys(), [WORK]);
  });

  it("removes the one in use, and takes no other by itself", async () => {
    const { workbench } = current();
    await openList();
    await press("Work", "Remove…");
    await workbench.dialog.getByText("Remove the TokenPool API key Work?").waitFor();
    await workbench.dialog.getByRole("button", { name: "Remove Key", exact: true }).click();
    await workbench.notification("The API key was removed").waitFor();
    await workbench.closeNotifications();
    await workbench.statusItem.filter({ hasText: "Choose a Key" }).click();
    await isOpen();
    await row("Default").waitFor();
    assert.equal(await inUse().count(), 0);
    await row("Default").click();
    await applySwitch("Default");
    assert.deepEqual(await sentKeys(), [current().gateway.key]);
  });

  it(`keeps ${MOST_KEYS} and no more`, async () => {
    const { workbench, gateway } = current();
    const addAnother = async () => {
      await workbench.runCommand("TokenPool: Set API Key…");
      await workbench.pick("TokenPool API Key", "Add Another Key");
    };
    for (let number = 3; number <= MOST_KEYS; number++) {
      gateway.accept(keyOf(number + 100));
      await addAnother();
      await enter(keyOf(number + 100), `Spare ${number}`);
    }
    await openList();
    await workbench.input.fill("Spare 20");
    await row("Spare 20").click();
    await applySwitch("Spare 20");
    assert.deepEqual(await sentKeys(), [keyOf(120)]);
    await addAnother();
    await workbench.notification("there can be no more").waitFor();
  });
});
