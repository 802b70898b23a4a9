import type { Locator } from "playwright-core";
import type { Session } from "./session";
import type { Words } from "./words";

/** Something of ours on the screen. */
export interface Surface {
  readonly name: string;
  /** Brings it there, found by its texts in the language. */
  readonly show: (session: Session, words: Words) => Promise<Locator>;
}

const PASTE = "Paste your API key. It is kept in VS Code's secret storage.";

/** A picker by its command, which Escape closes. */
const picker = (command: string): Surface => ({
  name: command,
  show: async ({ workbench }, words) => {
    await workbench.runCommand(words.command(command));
    await workbench.quickInput.locator(".monaco-list-row").first().waitFor();
    return workbench.quickInput;
  },
});

/** A page of the walkthrough, which stays open. */
const page = (step: string): Surface => ({
  name: `walkthrough ${step}`,
  show: async ({ workbench }, words) => {
    const all = workbench.page.locator(".gettingStartedContainer .gettingStartedSlideDetails");
    if (!(await all.isVisible())) await workbench.runCommand(words.command("getStarted"));
    await all.locator(".step-title", { hasText: words.title(`walkthrough.${step}.title`) }).click();
    // Its picture is a page of Markdown in a webview.
    await workbench.webview().locator("h2").waitFor();
    return all;
  },
});

/**
 * All of ours in the order in which a person meets it: from no key and eleven problems to clients that work.
 * Each may rely on those before it.
 */
export const SURFACES: readonly Surface[] = [
  {
    name: "status bar",
    show: async ({ workbench }, words) => {
      await workbench.statusItem.filter({ hasText: words.say("Set Up") }).waitFor();
      // Where it is narrow, VS Code leaves half of a walkthrough out.
      await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
      return workbench.statusItem;
    },
  },
  {
    name: "palette",
    show: async ({ workbench }) => {
      await workbench.page.keyboard.press("F1");
      await workbench.input.fill(">TokenPool:");
      const rows = workbench.quickInput.locator(".quick-input-list-rows");
      await rows.filter({ hasText: "TokenPool: " }).first().waitFor();
      // Below each title VS Code shows the English one.
      return rows.locator(".quick-input-list-row:first-child");
    },
  },
  {
    name: "question for the key",
    show: async ({ workbench }, words) => {
      await workbench.runCommand(words.command("setApiKey"));
      await workbench.quickInput.getByText(words.say(PASTE)).waitFor();
      return workbench.quickInput;
    },
  },
  {
    name: "key stored",
    show: async ({ workbench, gateway }, words) => {
      await workbench.runCommand(words.command("setApiKey"));
      await workbench.quickInput.getByText(words.say(PASTE)).waitFor();
      await workbench.input.fill(gateway.key);
      await workbench.page.keyboard.press("Enter");
      const message = workbench.notification(words.say("API key stored."));
      await message.waitFor();
      return message.locator(".notification-list-item-message, .notification-list-item-buttons-container");
    },
  },
  {
    name: "problem in a file",
    show: async ({ workbench }) => {
      await workbench.closeNotifications();
      await workbench.openFile(".codex/config.toml");
      await workbench.page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
      await workbench.runCommand("Go to Next Problem in Files (Error, Warning, Info)");
      const message = workbench.page.locator(".marker-widget .descriptioncontainer");
      await message.waitFor();
      return message;
    },
  },
  {
    name: "panel with problems",
    show: async ({ workbench }, words) => {
      await workbench.runCommand(words.command("troubleshoot"));
      const panel = workbench.webview().locator("#panel");
      await panel.getByRole("button", { name: words.say("Fix All…") }).waitFor();
      await panel.evaluate(`document.querySelectorAll("details").forEach((each) => { each.open = true; })`);
      return panel;
    },
  },
  {
    name: "hover",
    show: async ({ workbench }, words) => {
      const { statusItem } = workbench;
      const hover = workbench.page.locator(".monaco-hover:visible", { hasText: words.say("Troubleshoot") });
      const show = async (limit = {}) => {
        await statusItem.locator("a").hover();
        await hover.waitFor(limit);
      };
      // VS Code shows no hover of an item that changes just then, until the mouse comes again.
      await show({ timeout: 10_000 }).catch(async () => {
        await workbench.page.mouse.move(400, 300);
        await show();
      });
      return hover;
    },
  },
  {
    name: "preview",
    show: async ({ workbench }, words) => {
      await workbench.page.mouse.move(400, 300);
      const fixAll = words.say("Fix All…");
      await workbench.webview().locator("#panel").getByRole("button", { name: fixAll }).click();
      await workbench.previewAction(words.title("command.applyPreview")).waitFor();
      await workbench.page.locator(".part.editor .monaco-diff-editor .view-line").first().waitFor();
      // The first "file" of it is what changes, in sentences; the others are the files.
      return workbench.page.locator(
        ".editor-group-container.active .tab.active, .multiDiffEntry:first-child .modified .view-line",
      );
    },
  },
  {
    name: "problems fixed",
    show: async ({ workbench }, words) => {
      await workbench.answerPreview(words.title("command.applyPreview"));
      const message = workbench.page.locator(".notification-toast").first();
      await message.waitFor();
      return message.locator(".notification-list-item-message, .notification-list-item-buttons-container");
    },
  },
  {
    name: "set up",
    show: async ({ workbench }, words) => {
      await workbench.closeNotifications();
      await workbench.runCommand(words.command("setUp"));
      await workbench.answerPreview(words.title("command.applyPreview"));
      // How names are put in a row is the language's own.
      const [before = "", after = ""] = words.say("TokenPool is set up for {0}.", "{0}").split("{0}");
      const message = workbench.notification(before).filter({ hasText: after });
      await message.waitFor();
      return message.locator(".notification-list-item-message, .notification-list-item-buttons-container");
    },
  },
  {
    name: "panel where all is well",
    show: async ({ workbench }, words) => {
      await workbench.closeNotifications();
      await workbench.runCommand(words.command("troubleshoot"));
      const panel = workbench.webview().locator("#panel");
      await panel.getByText(words.say("The endpoint works and accepts your key.")).first().waitFor();
      await panel.evaluate(`document.querySelectorAll("details").forEach((each) => { each.open = true; })`);
      return panel;
    },
  },
  {
    name: "menu",
    show: async ({ workbench }) => {
      await workbench.statusItem.locator("a").click();
      await workbench.quickInput.locator(".monaco-list-row").first().waitFor();
      return workbench.quickInput;
    },
  },
  ...["selectEndpoint", "selectModel", "selectApiKey", "restoreConfiguration"].map(picker),
  ...["removeConfiguration", "addToCcSwitch"].map(picker),
  {
    name: "test request",
    show: async ({ workbench }, words) => {
      await workbench.runCommand(words.command("sendTestRequest"));
      await workbench.dialog.getByRole("button", { name: words.say("Send"), exact: true }).waitFor();
      return workbench.dialog.locator(".dialog-message-container");
    },
  },
  ...["key", "clients", "tryIt", "help"].map(page),
  {
    name: "settings",
    show: async ({ workbench }, words) => {
      await workbench.runCommand("Preferences: Open Settings (UI)");
      const settings = workbench.page.locator(".settings-editor");
      await settings.locator(".suggest-input-container .view-lines").click();
      await workbench.page.keyboard.type("@ext:tokenpool.tokenpool");
      const texts = settings.locator(".setting-item-description");
      await texts
        .filter({ hasText: words.title("setting.model") })
        .first()
        .waitFor();
      return texts;
    },
  },
];

/** Closes what a key closes, so that the next surface begins with none. */
export async function leaveSurface({ workbench }: Session): Promise<void> {
  await workbench.page.keyboard.press("Escape");
  await workbench.page.keyboard.press("Escape");
}
