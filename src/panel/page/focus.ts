/**
 * Changes the page and keeps the focus: if the focused element goes, the next thing to act on around it
 * gets it, so that a keyboard user does not start from the top again.
 */
export function keepingFocus(change: () => void): void {
  // While somebody types elsewhere in VS Code, nothing here may take the focus.
  const focused = document.hasFocus() ? document.activeElement : null;
  const around = ancestorsOf(focused);
  change();
  if (!focused || focused.isConnected || around.length === 0) return;
  const [nearest] = around.filter((element) => element.isConnected).flatMap(firstStop);
  nearest?.focus();
}

function firstStop(element: Element): HTMLElement[] {
  const stop = element.querySelector<HTMLElement>("summary, button, [tabindex]");
  return stop ? [stop] : [];
}

function ancestorsOf(element: Element | null): Element[] {
  const found: Element[] = [];
  for (
    let parent = element?.parentElement;
    parent && parent !== document.body;
    parent = parent.parentElement
  ) {
    found.push(parent);
  }
  return found;
}
