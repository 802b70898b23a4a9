import type { Session } from "./session";

/** What each surface shows, as a person sees or hears it. */
export interface Shown {
  readonly bar: {
    readonly icon: string;
    readonly text: string;
    readonly spoken: string;
    readonly isRed: boolean;
  };
  readonly hover: {
    /** The verdict first, without the product's name. */
    readonly lines: readonly string[];
    /** What it offers before its links. */
    readonly action: string;
  };
  readonly menu: { readonly sentence: string; readonly first: string };
  readonly panel: {
    readonly summary: ShownStatus;
    readonly buttons: readonly string[];
    readonly strip: readonly (ShownStatus & { readonly count: number })[];
    readonly parts: readonly ShownPart[];
  };
}

interface ShownStatus {
  readonly status: string;
  readonly text: string;
}

export interface ShownPart {
  readonly name: string;
  readonly status: string;
  readonly problems: readonly { readonly code: string; readonly severity: string; readonly button: string }[];
}

const BAR = `(() => {
  const item = document.getElementById("tokenpool.tokenpool.tokenpool.status");
  const label = item.querySelector("a");
  return {
    icon: label.querySelector(".codicon").className,
    text: label.innerText.trim(),
    spoken: label.getAttribute("aria-label"),
    isRed: item.classList.contains("error-kind"),
  };
})()`;

const HOVER = `(() => {
  const shown = [...document.querySelectorAll(".monaco-hover .rendered-markdown")].find((each) =>
    each.textContent.startsWith("TokenPool"));
  const lines = shown ? [...shown.querySelectorAll("p")].map((each) => each.textContent) : [];
  return {
    lines: lines.map((line) => line.replace(/^TokenPool — /, "")),
    action: shown?.querySelector("strong a")?.textContent ?? "",
  };
})()`;

const MENU = `(() => {
  const list = document.querySelector(".quick-input-widget");
  return {
    sentence: list.querySelector("input.input").placeholder,
    first: list.querySelector(".monaco-list-row .label-name")?.textContent ?? "",
  };
})()`;

const PANEL = `(() => {
  const statusOf = (mark) => mark.className.replace("mark ", "");
  const own = (element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join("");
  const summary = document.querySelector(".summary");
  return {
    summary: {
      status: statusOf(summary.querySelector(".mark")),
      text: summary.querySelector("p > span:last-child").textContent,
    },
    buttons: [...summary.querySelectorAll("button")].map((each) => each.textContent),
    strip: [...document.querySelectorAll("button.strip")].map((each) => ({
      status: statusOf(each.querySelector(".mark")),
      text: own(each),
      count: Number(each.querySelector(".count")?.textContent ?? 0),
    })),
    parts: [...document.querySelectorAll("section.part")].map((part) => ({
      name: own(part.querySelector("h2")),
      status: statusOf(part.querySelector("h2 .mark")),
      problems: [...part.querySelectorAll("li.problem")].map((each) => ({
        code: each.querySelector("details").dataset.key.split(" ", 1)[0],
        severity: statusOf(each.querySelector(".mark")),
        button: each.querySelector(":scope > button")?.textContent ?? "",
      })),
    })),
  };
})()`;

/** Reads all of them, one after the other; the panel has to be open. */
export async function readShown({ workbench, otherExtension }: Session): Promise<Shown> {
  const { page, statusItem, quickInput } = workbench;
  // A hover that is shown already is not made anew.
  await page.mouse.move(400, 300);
  await statusItem.locator("a").hover();
  // VS Code shows none of an item that changes just then: it is read as one without a line, and once more.
  await page
    .locator(".monaco-hover:visible", { hasText: "Troubleshoot" })
    .waitFor({ timeout: 5_000 })
    .catch(() => undefined);
  const hover = await page.evaluate<Shown["hover"]>(HOVER);
  // The item's own click leads to the set-up where nothing is set up.
  const closed = otherExtension.run("tokenpool.showActions");
  await quickInput.locator(".monaco-list-row").first().waitFor();
  const menu = await page.evaluate<Shown["menu"]>(MENU);
  await page.keyboard.press("Escape");
  await closed;
  const panel = await workbench.webview().locator("html").evaluate<Shown["panel"], unknown>(PANEL, undefined);
  return { bar: await page.evaluate<Shown["bar"]>(BAR), hover, menu, panel };
}
