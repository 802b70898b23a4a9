// `npm run screenshots`: takes the README's pictures from the real VS Code, into media/readme.
import * as fs from "node:fs";
import * as path from "node:path";
import { startGateway } from "../gateway/gateway";
import { launchBrowser } from "./browser";
import { Cleanup } from "./cleanup";
import { linkClientPrograms } from "./clientPrograms";
import { ROOT, VSIX } from "./paths";
import { runOrThrow } from "./run";
import { VSCodeServer } from "./vscodeServer";
import { Workbench } from "./workbench";

const FOLDER = path.join(ROOT, "media/readme");
const cleanup = new Cleanup();

try {
  await runOrThrow("npm", ["run", "--silent", "package"], { cwd: ROOT });
  const gateway = await startGateway();
  cleanup.add(() => gateway.close());
  const machineSettings = { "tokenpool.baseUrl": gateway.url };
  const server = await VSCodeServer.start({ extensions: [VSIX], machineSettings });
  cleanup.add(() => server.stop());
  await linkClientPrograms(server.programs);
  const browser = await launchBrowser({ width: 1000, height: 700 });
  cleanup.add(() => browser.close());
  const workbench = await Workbench.open(browser, server.workbenchUrl(server.home));
  await setUp(workbench, gateway.key);
  fs.mkdirSync(FOLDER, { recursive: true });
  await takeHover(workbench);
  await takePanel(workbench);
  console.log(`Pictures: ${FOLDER}`);
} finally {
  await cleanup.run();
}

async function setUp(workbench: Workbench, key: string): Promise<void> {
  await workbench.statusItem.filter({ hasText: "Set Up" }).locator("a").click();
  await workbench.quickInput.getByText("Paste your API key").waitFor();
  await workbench.input.fill(key);
  await workbench.page.keyboard.press("Enter");
  await workbench.answerPreview("Apply");
  await workbench.notification("TokenPool is set up").waitFor();
  await workbench.closeNotifications();
}

async function takeHover({ page, statusItem }: Workbench): Promise<void> {
  await statusItem.locator("a").hover();
  await page.locator(".monaco-hover", { hasText: "Codex: TokenPool" }).waitFor();
  const clip = { x: 570, y: 350, width: 430, height: 350 };
  await page.screenshot({ path: path.join(FOLDER, "status-bar.png"), clip });
  await page.mouse.move(500, 300);
}

async function takePanel(workbench: Workbench): Promise<void> {
  await workbench.runCommand("TokenPool: Open Troubleshooting");
  await workbench.webview().getByText("No problems found").first().waitFor();
  await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  await workbench.page.screenshot({ path: path.join(FOLDER, "troubleshooting.png") });
}
