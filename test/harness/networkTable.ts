import { KNOWLEDGE } from "../../src/doctor/problems/knowledge";
import type { Row } from "../network/row";
import { SECTIONS } from "../network/rows/all";

/** Between these two lines of docs/network.md stand the tables. */
export const NETWORK_START = "<!-- network: written by `npm run codes` -->";
export const NETWORK_END = "<!-- network end -->";

/** Every box that the tests put before the gateway: what becomes of each client, and what TokenPool says. */
export function networkTables(): string {
  return Object.entries(SECTIONS)
    .map(([section, groups]) => `## ${section}\n\n${tableOf(groups.flatMap(({ rows }) => rows))}`)
    .join("\n\n");
}

function tableOf(rows: readonly Row[]): string {
  const header = ["Box", "Codex", "OpenCode", "TokenPool says"];
  return [header, header.map(() => "---"), ...rows.map(cellsOf)]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function cellsOf(row: Row): string[] {
  return [row.box, fate(row.codex), fate(row.opencode), said(row)];
}

const fate = (works: boolean) => (works ? "works" : "fails");

function said({ codex, opencode, says, isStricter, isUnseen }: Row): string {
  if (isUnseen) return "works: it shows in the answer to a question only (**Send a Test Request**)";
  if (says === "ok") return "works";
  const forWhom = isStricter ? "" : codex ? ", for OpenCode" : opencode ? ", for Codex" : "";
  return `\`${says}\`${forWhom}: ${KNOWLEDGE[says]!.title()}`;
}
