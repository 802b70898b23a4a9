// In a real VS Code: the panel against VS Code's own Settings editor, from the command to what is there to read, in one
// window and in turns; Configure Codex against Codex's own commands; and how long others wait while somebody types.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as esbuild from "esbuild";
import { startGateway } from "../test/gateway/gateway";
import { launchBrowser } from "../test/harness/browser";
import { Cleanup } from "../test/harness/cleanup";
import { linkClientPrograms } from "../test/harness/clientPrograms";
import { ROOT } from "../test/harness/paths";
import { runOrThrow } from "../test/harness/run";
import { VSCodeServer } from "../test/harness/vscodeServer";
import { Workbench } from "../test/harness/workbench";
import type { HostFigures } from "./support/insideHost";
import { median, printRatios } from "./support/measure";

const ROUNDS = 8;
const WARM_UPS = 2;
const HOST_LIMIT_MS = 300_000;

await runOrThrow(process.execPath, ["esbuild.mjs", "--production"], { cwd: ROOT });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tokenpool-bench-"));
const suite = path.join(folder, "insideHost.cjs");
const result = path.join(folder, "figures.json");
await esbuild.build({
  entryPoints: [path.join(ROOT, "bench/support/insideHost.ts")],
  outfile: suite,
  bundle: true,
  platform: "node",
  format: "cjs",
  external: ["vscode"],
});

const cleanup = new Cleanup();
cleanup.add(() => fs.promises.rm(folder, { recursive: true }));
try {
  const gateway = await startGateway();
  cleanup.add(() => gateway.close());
  const server = await VSCodeServer.start({
    forTests: true,
    machineSettings: { "tokenpool.baseUrl": gateway.url },
    environment: { TOKENPOOL_BENCH_RESULT: result, TOKENPOOL_BENCH_KEY: gateway.key },
  });
  cleanup.add(() => server.stop());
  await linkClientPrograms(server.programs);
  const browser = await launchBrowser();
  cleanup.add(() => browser.close());
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  // What VS Code calls in a window that runs a suite.
  for (const name of ["codeAutomationLog", "codeAutomationExit"]) await page.exposeFunction(name, () => {});
  const workbench = await Workbench.open(
    browser,
    server.workbenchUrl(server.home, {
      extensionDevelopmentPath: server.remoteUri(ROOT),
      extensionTestsPath: server.remoteUri(suite),
    }),
  );
  await workbench.quickInput.getByText("Paste your API key").waitFor();
  await workbench.input.fill(gateway.key);
  await page.keyboard.press("Enter");
  await showHostFigures();
  await showPanelFigures(workbench);
  fs.writeFileSync(`${result}.end`, "");
} finally {
  await cleanup.run();
}

async function showHostFigures(): Promise<void> {
  const limit = Date.now() + HOST_LIMIT_MS;
  while (!fs.existsSync(result)) {
    if (Date.now() > limit) throw new Error("The extension host has no figures.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const { configure, waits } = JSON.parse(fs.readFileSync(result, "utf8")) as HostFigures;
  printRatios("Configure (allowed: 1.5)", configure);
  console.log("\nlongest wait of others after a keystroke (allowed: 30 ms)");
  for (const { name, ours, others } of waits)
    console.log(`${ours.toFixed(1).padStart(9)} ms  ${name}; in a file of nobody's ${others.toFixed(1)} ms`);
}

async function showPanelFigures(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await page.evaluate(`addEventListener("keydown", ({ key }) => {
    if (key === "Enter") window.enteredAt = Date.now();
  }, true)`);
  const times = async (title: string, selector: string, words: RegExp): Promise<number> => {
    await workbench.runCommand(title);
    const took = await page.evaluate<number>(untilRead(selector, words));
    await workbench.runCommand("View: Close All Editors");
    return took;
  };
  const contestants = [
    {
      name: "panel, filled from files",
      title: "TokenPool: Open Troubleshooting",
      selector: "ul.strip",
      words: /\S/,
    },
    {
      name: "panel, all known",
      title: "TokenPool: Open Troubleshooting",
      selector: "[role=status]",
      words: /problems? found/i,
    },
    {
      name: "Settings editor",
      title: "Preferences: Open Settings (UI)",
      selector: ".settings-editor .setting-item-contents",
      words: /\S/,
    },
  ];
  // VS Code needs longer behind another kind of editor, so every one follows on each other.
  const orders = [contestants, contestants.toReversed()];
  const took = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    for (const { name, title, selector, words } of orders[Math.abs(round) % 2]!) {
      const time = await times(title, selector, words);
      if (round >= 0) took.get(name)!.push(time);
    }
  }
  printRatios(
    "from the command to what is there to read (allowed: 1.2)",
    [...took].map(([name, each]) => ({ name, medianMs: median(each) })),
  );
}

/**
 * How long after Enter something can be read, in milliseconds, looked for in each frame: Playwright looks again only after
 * 20, 50, 100, 100 and 500 ms. VS Code shows a webview's page when all of it is loaded.
 */
function untilRead(selector: string, words: RegExp): string {
  return `new Promise((resolve) => {
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
    const pageIn = (webview) => webview.contentDocument?.querySelector("#active-frame")?.contentDocument ?? [];
    const look = () => {
      const webviews = [...document.querySelectorAll("iframe.webview")].filter(isShown);
      const found = [document, ...webviews.flatMap(pageIn)]
        .flatMap((each) => [...each.querySelectorAll(${JSON.stringify(selector)})])
        .some((each) => isShown(each) && ${String(words)}.test(each.textContent));
      if (found) resolve(Date.now() - window.enteredAt);
      else requestAnimationFrame(look);
    };
    look();
  })`;
}
