import type { Gateway } from "../gateway/gateway";
import { launchBrowser } from "./browser";
import { askCodex, askOpenCode } from "./clientPrograms";
import { ARTIFACTS } from "./paths";
import type { RunResult } from "./run";
import type { VSCodeServer } from "./vscodeServer";
import { Workbench } from "./workbench";

/** Does the whole main job by itself and prints what the real programs answered. Rejects at the first step that fails. */
export async function tour(gateway: Gateway, server: VSCodeServer): Promise<void> {
  const browser = await launchBrowser();
  try {
    const workbench = await Workbench.open(browser, server.workbenchUrl(server.home));
    const step = async (name: string, act: () => Promise<string>) => {
      const answer = await act().catch(async (error: unknown) => {
        await workbench.screenshot(`tour-failed-${name}`);
        throw new Error(`The tour failed at “${name}”; screenshots: ${ARTIFACTS}`, { cause: error });
      });
      console.log(`• ${name}: ${answer}`);
      await workbench.screenshot(`tour-${name}`);
    };

    await step("Set the demo key", () => setKey(workbench, gateway));
    await step("Configure Codex", () => configure(workbench, "Codex"));
    await step("Ask the real Codex", () => answerOf(askCodex(server.home, "say hi")));
    await step("Configure OpenCode", () => configure(workbench, "OpenCode"));
    await step("Ask the real OpenCode", () => answerOf(askOpenCode(server.home, "say hi")));
    await step("Check the endpoint", () => checkEndpoint(workbench));
    await step("Open Troubleshooting", () => openPanel(workbench));
    console.log(`Screenshots: ${ARTIFACTS}`);
  } finally {
    await browser.close();
  }
}

async function setKey(workbench: Workbench, gateway: Gateway): Promise<string> {
  await workbench.runCommand("TokenPool: Set API Key…");
  await workbench.quickInput.getByText("Paste your API key").waitFor();
  await workbench.input.fill(gateway.key);
  await workbench.page.keyboard.press("Enter");
  return textOf(workbench, "API key stored");
}

async function configure(workbench: Workbench, client: string): Promise<string> {
  await workbench.closeNotifications();
  await workbench.runCommand(`TokenPool: Configure ${client}`);
  await workbench.answerPreview("Apply");
  return textOf(workbench, `${client} now uses TokenPool`);
}

async function checkEndpoint(workbench: Workbench): Promise<string> {
  await workbench.closeNotifications();
  await workbench.runCommand("TokenPool: Check Endpoint Health");
  return textOf(workbench, "The endpoint works");
}

async function openPanel(workbench: Workbench): Promise<string> {
  await workbench.closeNotifications();
  await workbench.runCommand("TokenPool: Open Troubleshooting");
  const summary = workbench.webview().getByText("No problems found").first();
  await summary.waitFor();
  return summary.innerText();
}

async function textOf(workbench: Workbench, message: string): Promise<string> {
  const notification = workbench.notification(message);
  await notification.waitFor();
  return (await notification.locator(".notification-list-item-message").innerText()).trim();
}

async function answerOf(asked: Promise<RunResult>): Promise<string> {
  const { code, stdout, stderr } = await asked;
  const answer = stdout.trim();
  if (code !== 0 || answer === "") throw new Error(`ended with ${code}\n${stdout}\n${stderr}`);
  return answer;
}
