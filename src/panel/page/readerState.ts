import { vscode } from "./vscodeApi";

/** What the reader did to the page. VS Code throws hidden pages away and keeps only this. */
interface ReaderState {
  readonly open: Readonly<Record<string, boolean>>;
  readonly scrollTop: number;
  /** The page that was shown last. */
  readonly page: string;
}

let state = readState(vscode.getState());

/** What the reader chose for a `details` before; undefined: nothing. */
export function wasOpen(key: string): boolean | undefined {
  return state.open[key];
}

/** Whether this page was never shown before. */
export function isShownFirst(page: string): boolean {
  if (state.page === page) return false;
  save({ ...state, page });
  return true;
}

/** Puts the page where the reader left it. */
export function restoreScroll(): void {
  window.scrollTo(0, state.scrollTop);
}

/** Notes from now on which details are open, and the scroll position. */
export function watchReader(root: Element): void {
  root.addEventListener(
    "toggle",
    ({ target }) => {
      const key = target instanceof HTMLDetailsElement ? target.dataset["key"] : undefined;
      if (key === undefined || !(target instanceof HTMLDetailsElement)) return;
      save({ ...state, open: { ...state.open, [key]: target.open } });
    },
    // `toggle` does not bubble.
    { capture: true },
  );
  window.addEventListener("scrollend", () => save({ ...state, scrollTop: window.scrollY }));
}

function save(changed: ReaderState): void {
  state = changed;
  vscode.setState(state);
}

/** An older version of the extension may have stored something else. */
function readState(stored: unknown): ReaderState {
  const isState =
    typeof stored === "object" &&
    stored !== null &&
    "open" in stored &&
    typeof stored.open === "object" &&
    "scrollTop" in stored &&
    typeof stored.scrollTop === "number";
  if (!isState) return { open: {}, scrollTop: 0, page: "" };
  const page = "page" in stored ? String(stored.page) : "";
  return { open: { ...(stored.open as Record<string, boolean>) }, scrollTop: Number(stored.scrollTop), page };
}
