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
import { ELEVEN_PROBLEM_FILES } from "../unit/doctor/elevenProblems";

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
  breakEverything(server.home);
  const browser = await launchBrowser({ width: 1000, height: 700 });
  cleanup.add(() => browser.close());
  const workbench = await Workbench.open(browser, server.workbenchUrl(server.home));
  fs.mkdirSync(FOLDER, { recursive: true });
  await setKey(workbench, gateway.key);
  await takeBroken(workbench);
  await takeFix(workbench);
  await takeWorking(workbench);
  console.log(`Pictures: ${FOLDER}`);
} finally {
  await cleanup.run();
}

function breakEverything(home: string): void {
  for (const [name, content] of Object.entries(ELEVEN_PROBLEM_FILES)) {
    const file = path.join(home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}

async function setKey(workbench: Workbench, key: string): Promise<void> {
  await workbench.runCommand("TokenPool: Set API Key…");
  await workbench.quickInput.getByText("Paste your API key").waitFor();
  await workbench.input.fill(key);
  await workbench.page.keyboard.press("Enter");
  await workbench.notification("API key stored").waitFor();
  await workbench.closeNotifications();
  await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
}

async function takeBroken(workbench: Workbench): Promise<void> {
  await workbench.runCommand("TokenPool: Open Troubleshooting");
  await workbench.webview().getByText(" problems found").first().waitFor();
  await workbench.page.screenshot({ path: path.join(FOLDER, "broken.png") });
}

async function takeFix(workbench: Workbench): Promise<void> {
  await workbench.webview().getByRole("button", { name: "Fix All" }).click();
  await workbench.previewAction("Apply").waitFor();
  await workbench.page.screenshot({ path: path.join(FOLDER, "fix.png") });
  await workbench.answerPreview("Apply");
  await workbench.notification("Problems fixed").waitFor();
  await workbench.closeNotifications();
}

async function takeWorking({ page, statusItem }: Workbench): Promise<void> {
  await statusItem.locator("a").hover();
  await page.locator(".monaco-hover", { hasText: "Codex" }).waitFor();
  const clip = { x: 570, y: 350, width: 430, height: 350 };
  await page.screenshot({ path: path.join(FOLDER, "works.png"), clip });
}
