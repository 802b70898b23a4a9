import type { Attributes, VirtualElement, VirtualNode } from "./virtualElement";

/** Names that are no attributes of the page. */
const SPECIAL = new Set(["key", "onClick", "initiallyOpen", "bar"]);

const identities = new WeakMap<Node, string>();
const clickHandlers = new WeakMap<Element, () => void>();

/**
 * Makes the children of an element look as wanted. Elements that stay are kept, so that focus, scroll
 * position, selection and open details stay with them. Texts are set as text, never as markup.
 */
export function patch(parent: Element, wanted: readonly VirtualNode[]): void {
  const names = identitiesOf(wanted);
  const existing = new Map<string, ChildNode>();
  for (const node of [...parent.childNodes]) {
    const name = identities.get(node) ?? "";
    if (names.includes(name)) existing.set(name, node);
    // Removed before anything else moves: what stays then mostly stands in its place already.
    else node.remove();
  }
  let place: ChildNode | null = parent.firstChild;
  wanted.forEach((child, index) => {
    const name = names[index] ?? "";
    const node = existing.get(name) ?? create(child, name);
    if (node === place) place = node.nextSibling;
    else parent.insertBefore(node, place);
    update(node, child);
  });
}

/** Runs what was given as `onClick`; call once for the page's root. */
export function listenForClicks(root: Element): void {
  root.addEventListener("click", ({ target }) => {
    for (let element = target instanceof Element ? target : null; element; element = element.parentElement) {
      const handler = clickHandlers.get(element);
      if (handler) {
        handler();
        return;
      }
    }
  });
}

function identitiesOf(nodes: readonly VirtualNode[]): string[] {
  const counts = new Map<string, number>();
  return nodes.map((node) => {
    if (typeof node !== "string" && node.key !== undefined) return `${node.tag} ${node.key}`;
    const tag = typeof node === "string" ? "#text" : node.tag;
    const count = counts.get(tag) ?? 0;
    counts.set(tag, count + 1);
    return `${tag}#${count}`;
  });
}

function create(wanted: VirtualNode, identity: string): ChildNode {
  const node = typeof wanted === "string" ? document.createTextNode("") : document.createElement(wanted.tag);
  identities.set(node, identity);
  if (node instanceof HTMLDetailsElement && typeof wanted !== "string") {
    node.open = wanted.attributes.initiallyOpen ?? false;
  }
  return node;
}

function update(node: ChildNode, wanted: VirtualNode): void {
  if (typeof wanted === "string") {
    // Setting the same text again would make screen readers say it again.
    if (node.textContent !== wanted) node.textContent = wanted;
  } else if (node instanceof HTMLElement) {
    updateElement(node, wanted);
  }
}

function updateElement(element: HTMLElement, { attributes, children }: VirtualElement): void {
  for (const { name } of [...element.attributes]) {
    const isOurs = name !== "open" && name !== "style";
    if (isOurs && (attributes[name] === undefined || attributes[name] === false))
      element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  updateSpecial(element, attributes);
  patch(element, children);
}

function setAttribute(element: HTMLElement, name: string, value: Attributes[string]): void {
  if (SPECIAL.has(name) || (value !== true && typeof value !== "string")) return;
  const text = value === true ? "" : value;
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

function updateSpecial(element: HTMLElement, { onClick, bar, key }: Attributes): void {
  if (onClick) clickHandlers.set(element, onClick);
  else clickHandlers.delete(element);
  if (key !== undefined) element.dataset["key"] = key;
  // The page's policy forbids style attributes, but not the style object.
  for (const [name, part] of Object.entries(bar ?? {})) element.style.setProperty(`--${name}`, String(part));
}
