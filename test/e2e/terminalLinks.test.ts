import assert from "node:assert/strict";
import { useSession } from "./support/session";

const NO_QUOTA =
  'ERROR: unexpected status 403 Forbidden: {"code":"INSUFFICIENT_BALANCE","message":"Insufficient account balance"}, url: https://api.clawto.link/responses';
const WITH_ADDRESS = "ERROR: Quota exceeded. Check your plan at https://api.clawto.link/plan";

describe("errors in the integrated terminal", function () {
  this.timeout(300_000);
  const current = useSession({
    // Without the graphics card the terminal's text is in the page, where the test can find it.
    settings: { "terminal.integrated.gpuAcceleration": "off" },
    homeFiles: { "errors.txt": `${WITH_ADDRESS}\n${NO_QUOTA}\n` },
  });

  const rows = () => current().workbench.page.locator(".terminal-wrapper.active .xterm-rows > div");
  const tooltip = (text: string) => current().workbench.page.locator(".monaco-hover", { hasText: text });

  before(async () => {
    const { workbench } = current();
    await current().setApiKey();
    await workbench.runCommand("Terminal: Create New Terminal");
    await rows().filter({ hasText: /[$#]/ }).first().waitFor();
    await workbench.page.keyboard.type("clear; cat errors.txt\n");
    await rows().filter({ hasText: "INSUFFICIENT_BALANCE" }).waitFor();
  });

  it("are left alone while no client uses TokenPool", async () => {
    const { input, page } = current().workbench;
    await hoverOn(WITH_ADDRESS, WITH_ADDRESS.indexOf("api."));
    await tooltip("Follow link").waitFor();
    await hoverOn(WITH_ADDRESS, "ERROR: Quo".length);
    await tooltip("Follow link").waitFor({ state: "detached" });
    // A word that has no other link searches for itself.
    await page.keyboard.down("Control");
    await page.mouse.down();
    await page.mouse.up();
    await page.keyboard.up("Control");
    await input.waitFor();
    assert.match(await input.inputValue(), /Quota/);
    await page.keyboard.press("Escape");
  });

  it("are links to their explanation once one does, beside the addresses in them", async () => {
    const { workbench } = current();
    await current().runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await workbench.closeNotifications();
    await hoverOn(WITH_ADDRESS, WITH_ADDRESS.indexOf("api."));
    await tooltip("Follow link").waitFor();
    await hoverOn("INSUFFICIENT_BALANCE", "ERROR: unex".length);
    await tooltip("Explain this error").waitFor();
    await workbench.page.keyboard.down("Control");
    await workbench.page.mouse.down();
    await workbench.page.mouse.up();
    await workbench.page.keyboard.up("Control");
    await workbench.dialog.getByText("Quota or balance is used up").waitFor();
    await workbench.screenshot("terminal-link");
  });

  /** Links come only under the pointer, and VS Code looks for them when it moves there. */
  async function hoverOn(line: string, column: number): Promise<void> {
    const { page } = current().workbench;
    const text = rows().filter({ hasText: line }).locator("span").first();
    // The terminal draws its rows anew now and then: one that goes just then has no place.
    let box = await text.boundingBox();
    for (let frames = 0; !box && frames < 600; frames++) {
      await page.evaluate("new Promise(requestAnimationFrame)");
      box = await text.boundingBox();
    }
    const { length } = (await text.textContent()) ?? "";
    assert.ok(box && length > 0);
    const x = box.x + (box.width * (column + 0.5)) / length;
    await page.mouse.move(x, box.y + box.height / 2);
  }
});
