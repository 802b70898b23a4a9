import { render } from "preact";
import type { PanelModel } from "../panelModel";
import type { PanelStrings } from "../panelStrings";
import type { ToPage } from "../protocol";
import { keepingFocus } from "./focus";
import { isShownFirst, restoreScroll, watchReader } from "./readerState";
import { FailedView, PanelView } from "./views/panelView";
import { vscode } from "./vscodeApi";

const panel = document.getElementById("panel");
if (panel) start(panel, document.currentScript?.nonce ?? "");

/** @param id of this page, which no other has */
function start(root: HTMLElement, id: string): void {
  const strings = JSON.parse(root.dataset["strings"] ?? "") as PanelStrings;
  let isFilled = false;
  const show = (message: ToPage) => {
    const view =
      message.type === "model" ? (
        <PanelView model={message.model} strings={strings} />
      ) : (
        <FailedView strings={strings} />
      );
    // Preact keeps what it did not make.
    if (!isFilled) root.replaceChildren();
    keepingFocus(() => render(view, root));
    root.removeAttribute("aria-busy");
    if (!isFilled) restoreScroll();
    isFilled = true;
  };
  let isOvertaken = false;
  window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
    isOvertaken = true;
    show(data);
  });
  watchReader(root);
  const known = root.dataset["model"];
  // VS Code shows a hidden page again as it was made, and that may be long ago.
  if (known !== undefined && isShownFirst(id)) {
    const model = JSON.parse(known) as PanelModel;
    // Of what is there from the start screen readers say nothing, only what changes.
    show({ type: "model", model: { ...model, checking: true } });
    window.addEventListener("load", () => isOvertaken || show({ type: "model", model }));
  }
  vscode.postMessage({ type: "ready", isFilled });
}
