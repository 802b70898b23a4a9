import type { ComponentChildren, VNode } from "preact";
import type { Action } from "../../../doctor/action";
import type { PanelFile, PanelStatus } from "../../panelModel";
import { vscode } from "../vscodeApi";

const MARKS: Readonly<Record<PanelStatus, string>> = {
  error: "✕",
  warning: "!",
  information: "i",
  ok: "✓",
  unknown: "–",
};

/** The others have no word that says more than their own text. */
export function isVerdict(status: PanelStatus): boolean {
  return status !== "unknown" && status !== "information";
}

interface SectionProps {
  readonly id: string;
  readonly heading: string;
  readonly children: ComponentChildren;
}

/** A part of the page under a heading of its own. */
export function Section({ id, heading, children }: SectionProps): VNode {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {children}
    </section>
  );
}

/** A sign for a status; the word for it stands beside or is hidden in it, so it is never colour alone. */
export function Mark({ status, word }: { readonly status: PanelStatus; readonly word?: string }): VNode {
  return (
    <span class={`mark ${status}`}>
      <span aria-hidden="true">{MARKS[status]}</span>
      {word !== undefined && <span class="visually-hidden">{`${word}: `}</span>}
    </span>
  );
}

interface ButtonProps {
  readonly label: string;
  readonly kind?: "primary" | "secondary" | "link";
  /** For screen readers, where several buttons have the same label. */
  readonly name?: string;
  readonly isPath?: boolean;
  readonly onClick: () => void;
}

export function Button({ label, kind = "secondary", name, isPath, onClick }: ButtonProps): VNode {
  return (
    <button type="button" class={isPath ? `${kind} path` : kind} aria-label={name} onClick={onClick}>
      {label}
    </button>
  );
}

interface ActionButtonProps extends Pick<ButtonProps, "label" | "kind"> {
  readonly action: Action;
}

/** A button that runs one of the extension's actions. */
export function ActionButton({ action, ...button }: ActionButtonProps): VNode {
  return <Button {...button} onClick={() => vscode.postMessage({ type: "run", action })} />;
}

/** The name of a file, which opens it if it is there. */
export function FileLink({ file, missing }: { readonly file: PanelFile; readonly missing: string }): VNode {
  const { id, label, exists } = file;
  if (exists) {
    return (
      <Button
        label={label}
        kind="link"
        isPath
        onClick={() => vscode.postMessage({ type: "open", file: id })}
      />
    );
  }
  return (
    <span>
      <code>{label}</code>
      {` (${missing})`}
    </span>
  );
}
