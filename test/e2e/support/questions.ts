import type { Page } from "playwright-core";

/**
 * Writes down in the page whatever waits for a decision, from now on: dialogs, lists and boxes by their title (the
 * palette has none), and previews.
 */
const WATCH = `(() => {
  const asked = (window.tokenpoolAsked = []);
  const open = () => {
    const input = document.querySelector(".quick-input-widget");
    const isInputShown = input && input.style.display !== "none";
    const title = isInputShown ? input.querySelector(".quick-input-title")?.textContent.trim() : "";
    const dialog = document.querySelector(".monaco-dialog-box")?.textContent ?? "";
    const apply = [...document.querySelectorAll(".editor-actions a")].some((each) => each.textContent === "Apply");
    return [title, dialog, apply ? "preview" : ""];
  };
  let last = open();
  new MutationObserver(() => {
    const now = open();
    now.forEach((question, at) => question && question !== last[at] && asked.push(question));
    last = now;
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
})()`;

/** Begins to count; what is open already does not count. */
export async function watchQuestions(page: Page): Promise<void> {
  await page.evaluate(WATCH);
}

/** What was asked since. */
export function questionsAsked(page: Page): Promise<string[]> {
  return page.evaluate("window.tokenpoolAsked");
}
