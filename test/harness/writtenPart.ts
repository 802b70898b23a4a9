/** The part of a page between two lines, without the blanks that make columns straight; undefined without them. */
export function writtenPart(page: string, start: string, end: string): string | undefined {
  const [, rest] = page.split(start);
  const lines = rest?.split(end)[0]?.trim().split("\n");
  return lines?.map((line) => line.replace(/\s+/g, " ").replace(/-{3,}/g, "---").trim()).join("\n");
}
