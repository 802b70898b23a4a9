import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type BrowserContext, chromium, type ViewportSize } from "playwright-core";
import { run } from "./run";
import { ensureDebianPackages } from "./systemPackages";

/** The first is Chromium without a window of its own, which nobody sees anyway: a fifth less work for the same pages. */
const BROWSERS = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

/** How long one step of a person may take on a loaded machine; only a test that fails waits that long. */
const STEP_LIMIT_MS = 60_000;

export interface Browser {
  readonly context: BrowserContext;
  /** Requests for anything but loopback; none of them leaves the machine. */
  readonly outside: readonly string[];
  /** Leaves the page that is open, and forgets all but the programs that it loaded. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** An installed Chrome, Chromium or Edge; Debian's Chromium is installed where we may. */
export async function findBrowser(): Promise<string> {
  for (const name of process.env.CHROMIUM ? [process.env.CHROMIUM] : BROWSERS) {
    const { code, stdout } = await run("which", [name]);
    if (code === 0) return stdout.trim();
  }
  // Chinese glyphs would otherwise be boxes in screenshots.
  const [browser] = BROWSERS as [string];
  await ensureDebianPackages({ [browser]: browser, "fonts-wqy-microhei": "fonts-wqy-microhei" });
  return `/usr/bin/${browser}`;
}

/** Headless, with a profile of its own; no name resolves that is not loopback. */
export async function launchBrowser(viewport = { width: 1280, height: 800 }): Promise<Browser> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "tpv-browser-"));
  const removeProfile = () =>
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.once("exit", removeProfile);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    headless: true,
    viewport,
    locale: "en-US",
    permissions: ["clipboard-read", "clipboard-write"],
    // Webviews are served by their service worker.
    serviceWorkers: "allow",
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      "--password-store=basic",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ],
  });
  context.setDefaultTimeout(STEP_LIMIT_MS);
  const outside: string[] = [];
  context.on("request", (request) => {
    if (!staysHere(new URL(request.url()))) outside.push(request.url());
  });
  return {
    context,
    outside,
    leave: async () => {
      await forget(context, viewport);
      outside.length = 0;
    },
    close: async () => {
      await context.close();
      process.off("exit", removeProfile);
      removeProfile();
    },
  };
}

async function forget(context: BrowserContext, viewport: ViewportSize): Promise<void> {
  const [page, ...others] = context.pages();
  if (!page) throw new Error("Its page was closed.");
  for (const other of others) await other.close();
  const { origin } = new URL(page.url());
  await page.evaluate(`sessionStorage.clear(); navigator.clipboard.writeText("")`);
  await page.goto("about:blank");
  await page.mouse.move(0, 0);
  await page.setViewportSize(viewport);
  // After the page has gone, because it stores what it has on its way out.
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  await session.detach();
}

function staysHere({ protocol, hostname }: URL): boolean {
  if (!/^(https?|wss?):$/.test(protocol) || ["127.0.0.1", "localhost"].includes(hostname)) return true;
  // Webview resources: answered by the webview's service worker.
  return hostname.endsWith(".vscode-resource.vscode-cdn.net");
}
