import { basename } from "node:path";
import * as l10n from "@vscode/l10n";
import { formatList } from "../gateway/formats";
import type { PreparedChange, PreparedFile } from "./prepare";

/** What a change does to the files and what it leaves alone, one sentence each; localised, names no secret. */
export function summaryOf(changes: readonly PreparedChange[]): string[] {
  const files = changes.flatMap((change) => change.files);
  const names = (kind: PreparedFile["change"]) =>
    formatList(files.filter(({ change }) => change === kind).map(({ planned }) => basename(planned.path)));
  const [created, updated, deleted] = [names("created"), names("updated"), names("deleted")];
  const edits = files.some(({ planned, change }) => change === "updated" && planned.kind === "edit");
  const sentences = [
    created && l10n.t("Creates {0}.", created),
    updated && l10n.t("Changes {0}.", updated),
    deleted && l10n.t("Deletes {0}.", deleted),
    edits && l10n.t("Everything else in the files stays, such as comments, MCP servers and other providers."),
    l10n.t("You can undo this at any time."),
  ];
  return sentences.flatMap((sentence) => sentence || []);
}
