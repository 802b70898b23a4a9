/**
 * Makes one edit after the other.
 * @throws what `edit` throws, with the place in the text that the user has
 */
export function editInOrder<Edit>(
  text: string,
  edits: readonly Edit[],
  edit: (text: string, edit: Edit) => string,
): string {
  return edits.reduce((result, one) => {
    try {
      return edit(result, one);
    } catch (error) {
      // The edits before have moved the lines, so the place is looked up in the text without them.
      edit(text, one);
      throw error;
    }
  }, text);
}
