import * as fs from "node:fs";
import * as path from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import type { Browser } from "./browser";
import { ARTIFACTS } from "./paths";

/** The extension needs a moment after the workbench; a slow machine a long one. */
const START_LIMIT_MS = 60_000;

const PALETTE_GONE = `(() => {
  const widget = document.querySelector(".quick-input-widget");
  return widget.style.display === "none" || !widget.querySelector("input.input").value.startsWith(">");
})()`;

/** One VS Code window in the browser, by what a person sees of it. */
export class Workbench {
  private constructor(readonly page: Page) {}

  /** Opens a window and waits until the extension shows its status bar item. */
  static async open(browser: Browser, url: string): Promise<Workbench> {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    await page.goto(url);
    const workbench = new Workbench(page);
    await workbench.statusItem.waitFor({ timeout: START_LIMIT_MS });
    return workbench;
  }

  /**
   * As a person does it. VS Code then writes down which editors are open; a reload by the browser does not wait for
   * that, and what has been opened since the last minute is not always there again.
   */
  async reload(): Promise<void> {
    await this.findCommand("Developer: Reload Window");
    await Promise.all([this.page.waitForEvent("load"), this.page.keyboard.press("Enter")]);
    await this.statusItem.waitFor({ timeout: START_LIMIT_MS });
  }

  get statusItem(): Locator {
    return this.page.locator('.part.statusbar [id="tokenpool.tokenpool.tokenpool.status"]');
  }

  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  /** The text field of input boxes, quick picks and the palette. */
  get input(): Locator {
    return this.quickInput.locator("input.input");
  }

  get dialog(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast", { hasText: text });
  }

  /**
   * A message in the notification centre, which this opens. VS Code shows only a few pop-ups in a second;
   * a test that runs commands faster than a person finds the rest here.
   */
  async notificationInCentre(text: string | RegExp): Promise<Locator> {
    await this.runCommand("Notifications: Show Notifications");
    const message = this.page.locator(".notifications-center .notification-list-item", { hasText: text });
    await message.waitFor();
    return message;
  }

  /** Runs a command from the palette by its visible title. */
  async runCommand(title: string): Promise<void> {
    await this.findCommand(title);
    await this.page.keyboard.press("Enter");
    // Else a quick pick of the command would be taken for the palette, which has the same list.
    await this.page.waitForFunction(PALETTE_GONE);
  }

  /** An editor that has just been opened may take the focus, and the palette closes: then once more. */
  private async findCommand(title: string, attempts = 3): Promise<void> {
    // The last attempt has the whole time of a step.
    const limit = attempts === 1 ? {} : { timeout: 5_000 };
    await this.page.keyboard.press("F1");
    try {
      await this.input.fill(`>${title}`, limit);
      await this.quickInput.locator(".monaco-list-row", { hasText: title }).first().waitFor(limit);
    } catch (error) {
      if (attempts === 1) throw error;
      await this.findCommand(title, attempts - 1);
    }
  }

  /** Opens a file below the folder that is open, by its whole path. */
  async openFile(path: string): Promise<void> {
    const folder = path.slice(0, path.lastIndexOf("/"));
    const name = path.slice(folder.length + 1);
    await this.findFile(path, folder, name);
    await this.page.locator(".editor-instance .view-lines").first().waitFor();
  }

  /** As with a command: what has just been opened may take the focus, and the list closes, also at the very click. */
  private async findFile(path: string, folder: string, name: string, attempts = 3): Promise<void> {
    const limit = attempts === 1 ? {} : { timeout: 5_000 };
    await this.runCommand("Go to File...");
    try {
      await this.input.fill(path, limit);
      const rows = this.quickInput.locator(".monaco-list-row", { hasText: `/${folder}` });
      await rows.filter({ hasText: name }).first().click(limit);
      await this.quickInput.waitFor({ state: "hidden", ...limit });
      await this.page.locator(".tab.active", { hasText: name }).waitFor(limit);
    } catch (error) {
      if (attempts === 1) throw error;
      await this.findFile(path, folder, name, attempts - 1);
    }
  }

  /** Chooses an entry of the quick pick with this title; the title tells it from the one before. */
  async pick(title: string, label: string): Promise<void> {
    await this.quickInput.locator(".quick-input-title", { hasText: title }).waitFor();
    await this.quickInput.locator(".monaco-list-row", { hasText: label }).first().click();
  }

  /**
   * Puts the cursor on a line and chooses one of its quick fixes, by the keyboard: a palette that closes would
   * take the focus from their menu, which then closes too.
   */
  async quickFix(line: string, title: string): Promise<void> {
    const choose = async (limit = {}) => {
      await this.page.locator(".view-line", { hasText: line }).locator("span span").last().click();
      await this.page.keyboard.press("Control+.");
      await this.page.locator(".action-widget").getByText(title).click(limit);
    };
    // The menu closes when another part of VS Code takes the focus, and may have come before the problem was known.
    await choose({ timeout: 5_000 }).catch(async () => {
      await this.page.keyboard.press("Escape");
      await choose();
    });
  }

  /**
   * Presses a button of a notification, wherever that is. VS Code takes an answered one away; a message that moves while
   * the button is pressed hears nothing of it, and is answered once more.
   */
  async answer(notification: string | RegExp, button: string): Promise<void> {
    const press = async (message: Locator, limit = {}) => {
      const pressed = message.getByRole("button", { name: button, exact: true });
      await pressed.click(limit);
      await pressed.waitFor({ state: "hidden", ...limit });
    };
    try {
      await press(this.notification(notification), { timeout: 10_000 });
    } catch {
      await press(await this.notificationInCentre(notification));
      // No message pops up while the centre is open. It may have gone by itself with its last message, and then VS Code
      // does not know the command to hide it.
      const centre = this.page.locator(".notifications-center");
      const hide = centre.getByRole("button", { name: "Hide Notifications" });
      if (await centre.isVisible()) await hide.click({ timeout: 5_000 }).catch(() => undefined);
      await centre.waitFor({ state: "hidden" });
    }
  }

  /** A word in the title of the preview that is open. */
  previewAction(label: string): Locator {
    return this.page
      .locator(".editor-group-container.active .editor-actions")
      .getByRole("button", { name: label, exact: true });
  }

  /** Waits for a preview, answers it and waits until it is gone. */
  async answerPreview(label: string): Promise<void> {
    await this.previewAction(label).click();
    await this.previewAction(label).waitFor({ state: "hidden" });
  }

  /** Takes another way than the one that the preview shows. */
  async changePreview(way: string): Promise<void> {
    await this.previewAction("Change…").click();
    await this.pick("Change What Is Applied", way);
  }

  /** A line of an editor that is open, by how it begins: the preview wraps its sentences. */
  editorLine(text: string): Locator {
    return this.page.locator(".part.editor .view-line", { hasText: text }).first();
  }

  /** So that an old message is not taken for the next one. */
  async closeNotifications(): Promise<void> {
    await this.runCommand("Notifications: Clear All Notifications");
    await this.page.locator(".notification-toast").first().waitFor({ state: "detached" });
  }

  /** The extension's own document inside a webview; found anew for each use, because a hidden one is thrown away. */
  webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  }

  async screenshot(name: string): Promise<void> {
    fs.mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: path.join(ARTIFACTS, `${name.replace(/[^\w-]+/g, "-")}.png`) });
  }
}
