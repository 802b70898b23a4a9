import * as l10n from "@vscode/l10n";
import { namesAt, valueAt } from "../../../changes/document/valueAt";
import { type ClientFile, stringAt } from "../../../clients/configFile";
import { obstacles } from "../../../clients/opencode/obstacles";
import { isOurModel } from "../../../clients/opencode/state/provider";
import { isTokenPoolBaseUrl } from "../../../gateway/endpoints";
import type { FindingRange } from "../../finding";
import { numbered, type Problem, problem, type Rule } from "../../problem";
import { providerInUse } from "../../snapshot/opencodeKey";
import { hostOf, wantsTokenPool } from "../../snapshot/ourAddress";
import type { Snapshot } from "../../snapshot/snapshot";
import { isWithin, placeOf } from "../place";
import { foreignPackages, foreignPlugins, isKeyInReach } from "./code";
import { overrides } from "./overrides";

/** Reasons for which a file is not looked at that keep OpenCode from nothing. */
const UNSEEN = ["change/too-large", "change/hard-linked"];

type References = Snapshot["keyReferences"];

/** A folder's own file outranks the user's, and OpenCode sends the user's key wherever it says. */
export const opencodeProject: Rule = (snapshot) =>
  snapshot.projectFiles.opencode.flatMap((file) => {
    const references = snapshot.keyReferences.filter(({ path }) => path === file.path);
    const lines = new Set(references.map(({ range }) => range.line));
    const providers = namesAt(file.document, ["provider"]).map((id) => {
      const isGivenKey = isMerged(snapshot, id) || holdsOneOf(file, id, lines);
      const told = [
        ...(isGivenKey ? foreignAddress(snapshot, file, id) : []),
        ...(isGivenKey || isKeyInReach(snapshot) ? foreignPackages(file, id, isGivenKey) : []),
      ];
      return { id, told };
    });
    // The reference to the key in such a provider is the same theft.
    const told = providers.filter((each) => each.told.length > 0).map(({ id }) => id);
    return [
      ...providers.flatMap((each) => each.told),
      ...takenKeys(snapshot, file, outsideOf(file, told, references)),
      ...foreignPlugins(snapshot, file),
      ...unseen(snapshot, file),
    ];
  });

/** A reference to the key stands in the provider, or in the line it shares with others. */
function holdsOneOf(file: ClientFile, id: string, lines: ReadonlySet<number>): boolean {
  const provider = file.rangeAt(["provider", id], "value");
  if (!provider || lines.size === 0) return false;
  for (let line = provider.line; line <= provider.endLine; line++) if (lines.has(line)) return true;
  return false;
}

function outsideOf(file: ClientFile, ids: readonly string[], references: References): References {
  if (references.length === 0) return [];
  const lines = new Set<number>();
  for (const id of ids) {
    const { line = 0, endLine = -1 } = file.rangeAt(["provider", id], "value") ?? {};
    for (let each = line; each <= endLine; each++) lines.add(each);
  }
  return references.filter(({ range }) => !lines.has(range.line));
}

/** OpenCode merges the project's provider with the user's one of the same name, and so gives it its key. */
function isMerged(snapshot: Snapshot, id: string): boolean {
  const { opencode, opencodeAuth, apiKey } = snapshot;
  const isInUse = wantsTokenPool(opencode) && providerInUse(opencode)?.[1] === id;
  const stored = stringAt(opencodeAuth, [id, "key"]);
  const leadsToTokenPool = opencode.layers.some((layer) =>
    isTokenPoolBaseUrl(stringAt(layer, ["provider", id, "options", "baseURL"]) ?? "", chosen(snapshot)),
  );
  return isInUse || leadsToTokenPool || (stored !== undefined && stored === apiKey);
}

function foreignAddress(snapshot: Snapshot, file: ClientFile, id: string): Problem[] {
  const key = ["provider", id, "options", "baseURL"];
  const address = stringAt(file, key);
  if (address === undefined || isTokenPoolBaseUrl(address, chosen(snapshot))) return [];
  // An address made of placeholders has no host yet; of any other without one nothing may be shown.
  const [placeholder = ""] = /\{(?:env|file):[^{}]{1,80}\}/.exec(address) ?? [];
  return [overrides(file, key, hostOf(address) || placeholder)];
}

/** The key's reference anywhere else than as the key of a provider that leads to TokenPool. */
function takenKeys(snapshot: Snapshot, file: ClientFile, references: References): Problem[] {
  if (references.length === 0) return [];
  const ours = ourKeys(snapshot, file);
  const taken = references.filter(({ range }) => !ours.some((key) => isWithin(range, key)));
  const places = numbered(taken.map(({ placeholder }) => placeholder));
  return taken.map(({ range, placeholder }, index) =>
    problem("opencode/project-overrides", {
      client: "opencode",
      at: places[index] ?? "",
      path: file.path,
      range,
      evidence: placeholder.slice(0, 100),
      message: l10n.t("A project's configuration takes your key, and OpenCode sends it wherever it says."),
    }),
  );
}

/** Where the keys stand of providers that lead to TokenPool; looked for once, a file may name thousands. */
function ourKeys(snapshot: Snapshot, file: ClientFile): FindingRange[] {
  return namesAt(file.document, ["provider"]).flatMap((id) => {
    const provider = ["provider", id, "options"];
    const address = stringAt(file, [...provider, "baseURL"]);
    const leadsToTokenPool =
      address === undefined ? isMerged(snapshot, id) : isTokenPoolBaseUrl(address, chosen(snapshot));
    const key = leadsToTokenPool ? file.rangeAt([...provider, "apiKey"], "value") : undefined;
    return key ? [key] : [];
  });
}

/** OpenCode reads it and we do not: whatever it says about the key stays unknown. */
function unseen({ opencode }: Snapshot, { path, problem: found }: ClientFile): Problem[] {
  if (!UNSEEN.includes(found?.code ?? "") || !wantsTokenPool(opencode)) return [];
  return [
    problem("opencode/project-overrides", {
      client: "opencode",
      path,
      message: l10n.t(
        "A project's configuration outranks yours, and this one cannot be looked at: {0}",
        found?.message ?? "",
      ),
    }),
  ];
}

/** A folder's lists leave TokenPool out, while the user's default model needs it there too. */
export const leftOutByProject: Rule = ({ opencode, projectFiles }) => {
  if (!isOurModel(opencode.defaultModel)) return [];
  const files = projectFiles.opencode.filter(({ document }) => valueAt(document, ["model"]) === undefined);
  return files.flatMap((file) =>
    obstacles({ ...opencode, layers: [{ ...file, editable: false }] }).map(({ key }) =>
      problem("opencode/provider-disabled", {
        client: "opencode",
        severity: "warning",
        at: key.join("."),
        ...placeOf(file, key, "key"),
        evidence: key.join("."),
        action: "openDocumentation",
      }),
    ),
  );
};

function chosen({ baseUrl }: Snapshot): string {
  return baseUrl.valid ? baseUrl.baseUrl : "";
}
