/** What an element should look like; `patch` makes the page look so with as few changes as it can. */
export interface VirtualElement {
  readonly tag: string;
  /** Tells siblings with the same tag apart; without one they are matched by their order. */
  readonly key?: string;
  readonly attributes: Attributes;
  readonly children: readonly VirtualNode[];
}

export type VirtualNode = VirtualElement | string;

export interface Bar {
  readonly start: number;
  readonly share: number;
}

export interface Attributes {
  readonly key?: string;
  readonly onClick?: () => void;
  /** Whether a new `details` is open; afterwards that is the reader's alone. */
  readonly initiallyOpen?: boolean;
  /** A part of a bar, from 0 to 1; the style sheet's custom properties of these names. */
  readonly bar?: Bar;
  readonly [attribute: string]: string | boolean | Bar | (() => void) | undefined;
}

/** Children that are false or undefined are left out, so that conditions can stand in place. */
export function h(
  tag: string,
  attributes: Attributes,
  ...children: readonly (VirtualNode | readonly VirtualNode[] | false | undefined)[]
): VirtualElement {
  const kept = children.flat().filter((child) => child !== false && child !== undefined);
  return { tag, attributes, children: kept, ...(attributes.key !== undefined && { key: attributes.key }) };
}
