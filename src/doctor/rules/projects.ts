import * as l10n from "@vscode/l10n";
import type { KeyPath } from "../../changes/keyEdit";
import { namesAt, valueAt } from "../../changes/valueAt";
import { type ClientFile, stringAt } from "../../clients/clientFile";
import { obstacles } from "../../clients/opencode/opencodeObstacles";
import { isOurModel } from "../../clients/opencode/opencodeProvider";
import { isTokenPoolBaseUrl } from "../../gateway/endpoints";
import { providerInUse } from "../opencodeKey";
import { type Problem, problem, type Rule } from "../problem";
import type { Snapshot } from "../snapshot";
import { hostOf, isOurAddress, wantsTokenPool } from "../tokenPoolUse";
import { brokenPlace, isUnreadable, placeOf } from "./place";
import { planFor, type Remedy } from "./remedy";

/** References by which any provider of a project would get hold of a key of the user's. */
const KEY_REFERENCE = /\{file:[^}]*(?:tokenpool[\\/]+api-key|auth\.json)\}/;

/** Codex takes none of these from a project. */
const IGNORED_IN_PROJECTS = ["model_provider", "model_providers", "openai_base_url"];

/** The packages that belong to OpenCode itself. */
const KNOWN_PACKAGE = /^@ai-sdk\//;

/** A folder's own file outranks the user's, and OpenCode sends the user's key wherever it says. */
const opencodeProject: Rule = (snapshot) =>
  snapshot.projectFiles.opencode.flatMap((file) =>
    namesAt(file.document, ["provider"])
      .filter((id) => getsTheKey(snapshot, file, id))
      .flatMap((id) => [...foreignAddress(snapshot, file, id), ...foreignPackages(file, id)]),
  );

function foreignAddress({ baseUrl }: Snapshot, file: ClientFile, id: string): Problem[] {
  const key = ["provider", id, "options", "baseURL"];
  const address = stringAt(file, key);
  if (address === undefined || isTokenPoolBaseUrl(address, baseUrl.valid ? baseUrl.baseUrl : "")) return [];
  // An address made of placeholders has no host yet.
  return [overrides(file, key, hostOf(address) || address.slice(0, 100))];
}

/** OpenCode installs what is named here, and lets it have the key. */
function foreignPackages(file: ClientFile, id: string): Problem[] {
  const provider = ["provider", id];
  const models = namesAt(file.document, [...provider, "models"]);
  const keys = [provider, ...models.map((model) => [...provider, "models", model, "provider"])].map(
    (path) => [...path, "npm"],
  );
  return keys
    .filter((key) => !KNOWN_PACKAGE.test(stringAt(file, key) ?? "@ai-sdk/"))
    .map((key) =>
      overrides(
        file,
        key,
        stringAt(file, key)?.slice(0, 100) ?? "",
        l10n.t(
          "A project's configuration outranks yours, and OpenCode gives your stored key to its package.",
        ),
      ),
    );
}

function overrides(file: ClientFile, key: KeyPath, evidence: string, message?: string): Problem {
  return problem("opencode/project-overrides", {
    client: "opencode",
    ...placeOf(file, key, "value"),
    evidence,
    ...(message !== undefined && { message }),
  });
}

/** Codex ignores a project's providers, and takes its model from there once the user trusts the folder. */
const codexProject: Rule = (snapshot) =>
  snapshot.projectFiles.codex.flatMap((file) => {
    const ignored = IGNORED_IN_PROJECTS.find((name) => valueAt(file.document, [name]) !== undefined);
    if (ignored !== undefined && concernsTokenPool(snapshot, file)) {
      const place = placeOf(file, [ignored], "key");
      return [
        problem("codex/project-config", { client: "codex", evidence: ignored, path: file.path, ...place }),
      ];
    }
    const model = stringAt(file, ["model"]);
    const isOffered = model === undefined || (snapshot.offeredModels?.includes(model) ?? true);
    if (isOffered || !snapshot.codex.usesTokenPool) return [];
    return [
      problem("codex/project-config", {
        client: "codex",
        evidence: model,
        ...placeOf(file, ["model"], "value"),
        ...useOwnModel(snapshot, file),
      }),
    ];
  });

/** OpenCode does not start in such a folder, and Codex does not once the user trusts it. */
const unreadable: Rule = ({ codex, opencode, projectFiles }) => {
  return [
    ...(wantsTokenPool(opencode) ? projectFiles.opencode.filter(isUnreadable) : []).map((file) =>
      problem("opencode/config-invalid", { client: "opencode", ...brokenPlace(file) }),
    ),
    ...(wantsTokenPool(codex) ? projectFiles.codex.filter(isUnreadable) : []).map((file) =>
      problem("codex/config-invalid", { client: "codex", severity: "warning", ...brokenPlace(file) }),
    ),
  ];
};

/** A folder's lists leave TokenPool out, while the user's default model needs it there too. */
const leftOutByProject: Rule = ({ opencode, projectFiles }) => {
  if (!isOurModel(opencode.defaultModel)) return [];
  const files = projectFiles.opencode.filter(({ document }) => valueAt(document, ["model"]) === undefined);
  return files.flatMap((file) =>
    obstacles({ ...opencode, layers: [{ ...file, editable: false }] }).map(({ key }) =>
      problem("opencode/provider-disabled", {
        client: "opencode",
        severity: "warning",
        ...placeOf(file, key, "key"),
        evidence: key.join("."),
        action: "openDocumentation",
      }),
    ),
  );
};

export const projectRules: readonly Rule[] = [opencodeProject, codexProject, unreadable, leftOutByProject];

/** OpenCode merges the project's provider with the user's one of the same name, and so gives it its key. */
function getsTheKey({ opencode }: Snapshot, file: ClientFile, id: string): boolean {
  const isMerged = wantsTokenPool(opencode) && providerInUse(opencode)?.[1] === id;
  return isMerged || KEY_REFERENCE.test(JSON.stringify(valueAt(file.document, ["provider", id])));
}

function concernsTokenPool(snapshot: Snapshot, file: ClientFile): boolean {
  const named = stringAt(file, ["model_provider"]) ?? "";
  const addresses = [
    stringAt(file, ["openai_base_url"]),
    stringAt(file, ["model_providers", named, "base_url"]),
  ];
  return (
    wantsTokenPool(snapshot.codex) || addresses.some((each = "") => isOurAddress(each, snapshot.baseUrl))
  );
}

/** Without its line the user's own model counts again. */
function useOwnModel({ codex }: Snapshot, { path }: ClientFile): Remedy {
  return {
    fix: () =>
      planFor("codex/project-config", codex.client, [
        {
          kind: "edit",
          path,
          format: "toml",
          credential: false,
          edits: [{ kind: "remove", path: ["model"] }],
        },
      ]),
  };
}
