import { render } from "preact";
import type { PanelStrings } from "../panelStrings";
import type { ToPage } from "../protocol";
import { keepingFocus } from "./focus";
import { restoreScroll, watchReader } from "./readerState";
import { FailedView, PanelView } from "./views/panelView";
import { vscode } from "./vscodeApi";

const panel = document.getElementById("panel");
if (panel) start(panel);

function start(root: HTMLElement): void {
  const strings = JSON.parse(root.dataset["strings"] ?? "") as PanelStrings;
  let isFirst = true;
  window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
    const view =
      data.type === "model" ? (
        <PanelView model={data.model} strings={strings} />
      ) : (
        <FailedView strings={strings} />
      );
    // Preact keeps what it did not make.
    if (isFirst) root.replaceChildren();
    keepingFocus(() => render(view, root));
    root.removeAttribute("aria-busy");
    if (isFirst) restoreScroll();
    isFirst = false;
  });
  watchReader(root);
  vscode.postMessage({ type: "ready" });
}
