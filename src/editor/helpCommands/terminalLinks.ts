import * as vscode from "vscode";
import { CLIENT_IDS } from "../../clients/clientId";
import type { Services } from "../services";
import { settings } from "../settings";

class ErrorLink extends vscode.TerminalLink {
  constructor(
    readonly line: string,
    startIndex: number,
    length: number,
  ) {
    super(startIndex, length, vscode.l10n.t("Explain this error"));
  }
}

/** Addresses and files in the line keep the link that VS Code itself puts on them. */
const OTHER_LINK = /\w{2,10}:\/\/|[~.]?[\\/]/;
const SHORTEST_LINK = 12;

/** Makes known error lines in the integrated terminal clickable while a client uses TokenPool. */
export function registerTerminalLinks(services: Services): vscode.Disposable {
  const provider: vscode.TerminalLinkProvider<ErrorLink> = {
    provideTerminalLinks: async ({ line }) => ((await isOurError(services, line)) ? [linkOn(line)] : []),
    handleTerminalLink: async ({ line }) => {
      await (await import("./explainError")).explainAndShow(services, line);
    },
  };
  return vscode.window.registerTerminalLinkProvider(provider);
}

/** The patterns first: files are read only for a line that they know, so other output costs nothing. */
async function isOurError(services: Services, line: string): Promise<boolean> {
  if (line.trim() === "") return false;
  const { meaningsOf } = await import("../../doctor/explain/explain");
  if (meaningsOf(line, settings.usableBaseUrl()).length === 0) return false;
  const { snapshot } = await services.diagnosis.look("files");
  return CLIENT_IDS.some((id) => snapshot[id].usesTokenPool);
}

function linkOn(line: string): ErrorLink {
  const text = line.trimEnd();
  const startIndex = text.search(/\S/);
  const before = text.slice(startIndex).search(OTHER_LINK);
  const length = before >= SHORTEST_LINK ? before : text.length - startIndex;
  return new ErrorLink(line, startIndex, length);
}
