import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import type { Page } from "playwright-core";
import type { PanelModel } from "../../../src/panel/panelModel";
import { panelStrings } from "../../../src/panel/panelStrings";
import { renderPage } from "../../../src/panel/page";
import type { Browser } from "../../harness/browser";
import { ROOT } from "../../harness/paths";
import { THEMES } from "./themes";

/** Stands in for VS Code: keeps what the page sends and stores. Runs in the page before its script. */
const FAKE_VSCODE = `
  window.sent = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.sent.push(message),
    getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null") ?? undefined,
    setState: (state) => sessionStorage.setItem("state", JSON.stringify(state)),
  });`;

/** The built panel, its page and its style sheet under its real policy, in a real browser without VS Code. */
export class PanelPage {
  private constructor(
    readonly page: Page,
    private readonly server: http.Server,
    private readonly policyViolations: readonly string[],
  ) {}

  /** @param known what the page is made with */
  static async open(browser: Browser, known?: PanelModel): Promise<PanelPage> {
    const server = http.createServer((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end(html(server, known));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A test that ends badly must not keep the whole run from ending.
    server.unref();
    const page = await browser.context.newPage();
    const violations: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") violations.push(message.text());
    });
    page.on("pageerror", (error) => violations.push(error.message));
    await page.addInitScript(FAKE_VSCODE);
    const panel = new PanelPage(page, server, violations);
    await panel.reload();
    return panel;
  }

  /** Loads the page anew, as VS Code does when a hidden panel is shown again. */
  async reload(): Promise<void> {
    await this.page.goto(origin(this.server));
    // A function: the page's policy forbids the eval() that an expression is polled with.
    await this.page.waitForFunction(() => {
      const { sent } = globalThis as unknown as { sent: readonly { type: string }[] };
      return sent.some(({ type }) => type === "ready");
    });
  }

  async setTheme(name: string): Promise<void> {
    const variables = Object.entries({
      ...THEMES[name],
      "font-family": "system-ui, sans-serif",
      "font-size": "13px",
      "editor-font-family": "monospace",
    });
    const style = variables.map(([key, value]) => `--vscode-${key}: ${value}`).join("; ");
    await this.page.evaluate(`document.documentElement.style.cssText = ${JSON.stringify(style)}`);
  }

  /** What the extension posts. */
  async show(model: PanelModel): Promise<void> {
    const data = JSON.stringify({ type: "model", model });
    await this.page.evaluate(`window.dispatchEvent(new MessageEvent("message", { data: ${data} }))`);
  }

  /** What the page posted since it was asked last. */
  sent(): Promise<unknown[]> {
    return this.page.evaluate("window.sent.splice(0)");
  }

  /** Errors of the page, among them everything its policy refused. */
  get errors(): readonly string[] {
    return this.policyViolations;
  }

  async close(): Promise<void> {
    await this.page.close();
    // The browser keeps connections open, and the server would wait for them.
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function html(server: http.Server, model: PanelModel | undefined): string {
  return renderPage({
    nonce: "rendering",
    cspSource: origin(server),
    script: fs.readFileSync(path.join(ROOT, "dist/webview/panel.js"), "utf8"),
    style: fs.readFileSync(path.join(ROOT, "media/panel.css"), "utf8"),
    language: "en",
    strings: panelStrings(),
    model,
  });
}

function origin(server: http.Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
