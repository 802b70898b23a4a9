import type * as vscode from "vscode";

const DELAY_MS = 60_000;

type Clipboard = Pick<vscode.Clipboard, "readText" | "writeText">;

/** Empties the clipboard in a minute if it still holds this text; what the user copied since stays. */
export function clearClipboardLater(clipboard: Clipboard, text: string): void {
  setTimeout(() => void clearIfSame(clipboard, text), DELAY_MS).unref();
}

async function clearIfSame(clipboard: Clipboard, text: string): Promise<void> {
  if ((await clipboard.readText()) === text) await clipboard.writeText("");
}
