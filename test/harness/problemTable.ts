import { KNOWLEDGE } from "../../src/doctor/problems/knowledge";
import { isFixable, type ProblemCases } from "../unit/doctor/problems/problemCase";
import { PROBLEM_CASES } from "../unit/doctor/problems/table";

/** Between these two lines of README.md stands the table of codes. */
export const TABLE_START = "<!-- problems: written by `npm run codes` -->";
export const TABLE_END = "<!-- problems end -->";

/** Every code with what it means and what helps, as the panel says it; the tests know which ones a click fixes. */
export function problemTable(): string {
  const rows = Object.entries<ProblemCases>(PROBLEM_CASES).map(([code, cases]) => {
    const { severity, title, fix } = KNOWLEDGE[code]!;
    return [`\`${code}\``, severity, title(), fix(), cases.some(isFixable) ? "yes" : "–"];
  });
  const header = ["Code", "Severity", "Problem", "What helps", "One click"];
  return [header, header.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

/** The table in a Markdown text, without the blanks that make its columns straight; undefined without one. */
export function tableIn(markdown: string): string | undefined {
  const [, rest] = markdown.split(TABLE_START);
  const lines = rest?.split(TABLE_END)[0]?.trim().split("\n");
  return lines?.map((line) => line.replace(/\s+/g, " ").replace(/-{3,}/g, "---").trim()).join("\n");
}
