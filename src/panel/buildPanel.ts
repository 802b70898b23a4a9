import * as l10n from "@vscode/l10n";
import { COMMON_MISTAKES } from "../doctor/mistakes";
import { keyInForce } from "../doctor/snapshot/opencodeKey";
import { notedOf } from "../doctor/overview/noted";
import { countSentence, overviewOf } from "../doctor/overview/overview";
import { partOf } from "../doctor/overview/partOf";
import { type Problem, problemId } from "../doctor/problem";
import { type Snapshot, statesIn } from "../doctor/snapshot/snapshot";
import { panelChecked } from "./panelChecked";
import { panelClients } from "./panelClients";
import { panelEndpoints } from "./panelEndpoints";
import type { AddFile, FilePlace } from "./filePlace";
import { shortPath } from "../doctor/redact";
import type { PanelMistake, PanelModel, PanelPart, PanelSummary } from "./panelModel";
import { partsOf, worstOf } from "./panelParts";
import { panelProblem } from "./panelProblem";

/** What the page gets, and what its ids stand for. */
export interface Panel {
  readonly model: PanelModel;
  readonly places: ReadonlyMap<string, FilePlace>;
  /** Ids of the problems that a change of files fixes. */
  readonly fixable: ReadonlySet<string>;
}

export interface PanelContext {
  /** A check of the endpoint is running. */
  readonly checking: boolean;
  readonly homeDirectory: string;
  /** Why the key cannot be read, in a sentence; undefined: it can, or none is stored. */
  readonly keychainError?: string | undefined;
}

/** Turns a look at the machine into what the panel shows. The snapshot's keys stay here. */
export function buildPanel(
  { snapshot, problems }: { readonly snapshot: Snapshot; readonly problems: readonly Problem[] },
  { checking, homeDirectory, keychainError }: PanelContext,
): Panel {
  // Nobody knows whether a key is there.
  const found = keychainError ? problems.filter(({ code }) => code !== "key/missing") : problems;
  const places = new Map<string, FilePlace>();
  const missing = missingFiles(snapshot);
  const addFile: AddFile = (place) => {
    const id = `file${places.size}`;
    places.set(id, place);
    return { id, label: labelOf(place, homeDirectory), exists: !missing.has(place.path) };
  };
  const mistakes = COMMON_MISTAKES.map(({ id, title, codes, isChecked }): PanelMistake => {
    const made = found.filter(({ code }) => codes.includes(code)).map(problemId);
    const status = made.length > 0 ? "found" : isChecked(snapshot) ? "ok" : "unchecked";
    return { id, title: title(), status, problems: made };
  });
  const endpoints = panelEndpoints(snapshot);
  const clients = panelClients(snapshot, addFile, homeDirectory);
  const parts = partsOf(snapshot, endpoints, clients, keychainError).map((part): PanelPart => {
    const own = found.filter((each) => partOf(each, snapshot) === part.id);
    const status = worstOf(
      part.status,
      own.map(({ severity }) => severity),
    );
    return { ...part, status, problems: own.map((each) => panelProblem(each, snapshot, addFile)) };
  });
  const model: PanelModel = {
    summary: summaryOf(found, snapshot, keychainError),
    keyStored: snapshot.apiKey !== undefined,
    checking,
    parts,
    checked: panelChecked(snapshot, homeDirectory),
    mistakes,
    endpoints,
    clients,
  };
  return { model, places, fixable: new Set(found.filter(({ fix }) => fix).map(problemId)) };
}

/** Files of the clients' that would be read, but are not there. */
function missingFiles(snapshot: Snapshot): Set<string> {
  const { opencode } = snapshot;
  const files = statesIn(snapshot).flatMap(({ absentFiles }) => absentFiles);
  // The file with the key is there for OpenCode only if its configuration refers to it.
  const isReferred = keyInForce(opencode)?.raw === opencode.keyFile.placeholder;
  const { path, missing } = opencode.keyFile;
  return new Set([...files, ...(isReferred && !missing ? [] : [path])]);
}

/** The number of problems, or what the status bar says where there is none. */
function summaryOf(
  found: readonly Problem[],
  snapshot: Snapshot,
  keychainError: string | undefined,
): PanelSummary {
  const { health, usedUp, apiKey } = snapshot;
  const [worst] = found;
  const { kind, count, sentence } = overviewOf({
    report: health[0],
    usedUp,
    noted: notedOf(snapshot, found),
    keychainError,
  });
  if (keychainError) return { status: "error", text: sentence };
  if (worst && count > 0) return { status: worst.severity, text: countSentence(count) };
  if (apiKey === undefined || kind === "notSetUp")
    return { status: "information", text: l10n.t("TokenPool is not set up yet") };
  if (kind === "endpoint" || kind === "limited") return { status: "information", text: sentence };
  return { status: "ok", text: l10n.t("No problems found") };
}

function labelOf({ path, range }: FilePlace, homeDirectory: string): string {
  const shown = shortPath(path, homeDirectory);
  // People count lines from 1.
  return range ? `${shown}:${range.line + 1}` : shown;
}
