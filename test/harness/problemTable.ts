import { KNOWLEDGE } from "../../src/doctor/problems/knowledge";
import { KNOWN_SYMPTOMS } from "../unit/doctor/explain/knownSymptoms";
import { isFixable, type ProblemCase, type ProblemCases } from "../unit/doctor/problems/problemCase";
import { PROBLEM_CASES } from "../unit/doctor/problems/table";

/** Between these two lines of docs/problems.md stands the table of codes. */
export const TABLE_START = "<!-- problems: written by `npm run codes` -->";
export const TABLE_END = "<!-- problems end -->";

/** As much of a paste as tells it from others. */
const PASTE_LENGTH = 110;

/** Every code with the set-ups and pastes that show it, what panel, hover and Explain say, and whether a click fixes it. */
export function problemTable(): string {
  const rows = Object.entries<ProblemCases>(PROBLEM_CASES).map(([code, cases]) => {
    const { severity, title, cause, fix } = KNOWLEDGE[code]!;
    const fixable = cases.some(isFixable) ? "yes" : "–";
    return [`\`${code}\``, severity, shownBy(code, cases), title(), cause(), fix(), fixable];
  });
  const header = ["Code", "Severity", "Set-ups and pastes", "Problem", "Why", "What helps", "One click"];
  return [header, header.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function shownBy(code: string, cases: readonly ProblemCase[]): string {
  const known: Readonly<Record<string, readonly string[] | undefined>> = KNOWN_SYMPTOMS;
  const setUps = cases.flatMap((each) => ("text" in each ? [] : [each.title]));
  const texts = cases.flatMap((each) => ("text" in each ? [each.text] : []));
  const pastes = (texts.length > 0 ? texts : (known[code] ?? []).slice(0, 1)).map(asPaste);
  return [...new Set([...setUps, ...pastes])].join("; ");
}

function asPaste(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  return `\`${line.length > PASTE_LENGTH ? `${line.slice(0, PASTE_LENGTH).trimEnd()}…` : line}\``;
}
