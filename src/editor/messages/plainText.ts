/** Sentences are joined by a space, which Chinese and Japanese do not have there. */
const BEHIND_FULL_STOP = /(?<=[。！？]) +/g;

/**
 * Markdown that shows a text as it is: whatever comes from settings, files or a gateway becomes no link, image
 * or command. MarkdownString.appendText would make every space one at which no line may break, and leave
 * addresses links.
 */
export function plainText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(BEHIND_FULL_STOP, "")
    .replace(/[!-/:-@[-`{-~]/g, "\\$&");
}

/**
 * Text that stays what it is where VS Code makes links of `[text](command:…)`, which run a command without asking,
 * and pictures of `$(icon)`: messages, progress, lists and input boxes. One blank breaks either.
 */
export function plainLabel(text: string): string {
  return text.replace(BEHIND_FULL_STOP, "").replace(/(?<=[\]$])\(/g, " (");
}
