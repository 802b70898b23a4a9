/**
 * Markdown that shows a text as it is: whatever comes from settings, files or a gateway becomes no link, image
 * or command. MarkdownString.appendText would make every space one at which no line may break, and leave
 * addresses links.
 */
export function plainText(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
