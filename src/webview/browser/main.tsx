import type { PanelStrings } from "../panelStrings";
import type { ToPage } from "../protocol";
import { keepingFocus } from "./focus";
import { listenForClicks, patch } from "./patch";
import { restoreScroll, watchReader } from "./readerState";
import { failedView, panelView } from "./views/panelView";
import { vscode } from "./vscodeApi";

const panel = document.getElementById("panel");
if (panel) start(panel);

function start(root: HTMLElement): void {
  const strings = JSON.parse(root.dataset["strings"] ?? "") as PanelStrings;
  let isFirst = true;
  window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
    const view = data.type === "model" ? panelView(data.model, strings) : failedView(strings);
    keepingFocus(() => patch(root, view));
    root.removeAttribute("aria-busy");
    if (isFirst) restoreScroll();
    isFirst = false;
  });
  listenForClicks(root);
  watchReader(root);
  vscode.postMessage({ type: "ready" });
}
