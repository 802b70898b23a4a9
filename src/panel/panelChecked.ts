import * as l10n from "@vscode/l10n";
import { formatList } from "../gateway/formats";
import type { ClientState } from "../clients/client";
import { CLIENTS } from "../clients/registry";
import { type Snapshot, statesIn } from "../doctor/snapshot/snapshot";
import { hostOf } from "../doctor/snapshot/ourAddress";
import { shortPath } from "../doctor/redact";

/** Everything that was looked at, and nothing that could not be. */
export function panelChecked(snapshot: Snapshot, homeDirectory: string): string[] {
  const { health, git, projectFiles } = snapshot;
  const pathsOf = (files: readonly string[]) =>
    formatList(files.map((file) => shortPath(file, homeDirectory)));
  const filesOf = ({ client, files }: ClientState) => `${CLIENTS[client].name}: ${pathsOf(files)}`;
  const ofProjects = [...projectFiles.codex, ...projectFiles.opencode].map(({ path }) => path);
  const [report] = health;
  return [
    ...statesIn(snapshot).map(filesOf),
    ...(ofProjects.length > 0 ? [l10n.t("Open folders: {0}", pathsOf(ofProjects))] : []),
    l10n.t("Environment variables, and the clients on the PATH"),
    ...(report && report.state !== "noKey"
      ? [l10n.t("{0}, asked with your key", hostOf(report.endpoint))]
      : []),
    ...(git ? [l10n.t("Git: whether a file with your key could be committed")] : []),
  ];
}
