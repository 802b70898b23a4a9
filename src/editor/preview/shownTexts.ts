import { format } from "jsonc-parser";
import { maskSecrets } from "../../changes/document/maskSecrets";

/** A line of more characters than this is wider than any editor. */
const READABLE_WIDTH = 300;

/**
 * Both sides of a file as the preview shows them, without secrets.
 * @param before undefined: there is no such file yet
 * @param isCredentialFile a file without structure then holds nothing but a credential
 */
export function shownTexts(
  before: Uint8Array | undefined,
  after: Uint8Array | string | undefined,
  isCredentialFile = false,
): { before?: string; after?: string } {
  const [old, next] = [before, after].map((side) => (side === undefined ? undefined : textOf(side)));
  const masked = (text: string) => maskSecrets(text, isCredentialFile);
  const wide = [old, next].some((text) => text !== undefined && isTooWide(text));
  const shown = (text: string) => masked(wide ? onSeveralLines(text) : text);
  if (old === undefined && next !== undefined) {
    // Beside nothing at all, VS Code shows the first line of a new file as one that replaces an empty line.
    return { before: "\n", after: `${shown(next).replace(/\n?$/, "\n")}\n` };
  }
  return {
    ...(old !== undefined && { before: shown(old) }),
    ...(next !== undefined && { after: shown(next) }),
  };
}

function textOf(side: Uint8Array | string): string {
  return typeof side === "string" ? side : new TextDecoder().decode(side);
}

function isTooWide(text: string): boolean {
  return /^\s*\{/.test(text) && text.split("\n").some((line) => line.length > READABLE_WIDTH);
}

/** Only what is shown: the file keeps its layout. In one pass: a line may have 100,000 places to break. */
function onSeveralLines(text: string): string {
  const edits = format(text, undefined, { insertSpaces: true, tabSize: 2, eol: "\n" });
  const parts: string[] = [];
  let done = 0;
  for (const { offset, length, content } of edits) {
    parts.push(text.slice(done, offset), content);
    done = offset + length;
  }
  return parts.join("") + text.slice(done);
}
