/** The sides of the diff are narrow. In columns, of which an ideograph takes two. */
const LONGEST_LINE = 44;

/** Chinese and Japanese may end a line behind each of these. */
const WIDE = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー";
/** These never begin a line, and those never end one. */
const CLOSING = "、。，．：；！？」』）”’》】〉…";
const OPENING = "「『（“‘《【〈";

/** What stays together: an ideograph with its marks, or anything else up to a space or an ideograph. */
const PIECE = new RegExp(
  `\\s+|[${OPENING}]*(?:[${WIDE}]|[^\\s${WIDE}${OPENING}${CLOSING}]+)?[${CLOSING}]*`,
  "gu",
);
const TWO_COLUMNS = new RegExp(`[${WIDE}\\p{Script=Hangul}${CLOSING}${OPENING}]`, "gu");

/** Breaks a sentence into lines, because whether VS Code wraps them in a diff is the user's own setting. */
export function breakLines(sentence: string): string {
  const lines: string[] = [];
  let line = "";
  for (const [piece] of sentence.matchAll(PIECE)) {
    if (columns(line + piece.trimEnd()) > LONGEST_LINE && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line].join("\n");
}

function columns(text: string): number {
  return text.length + (text.match(TWO_COLUMNS)?.length ?? 0);
}
