import * as l10n from "@vscode/l10n";
import { namesAt, valueAt } from "../../../changes/document/valueAt";
import { type ClientFile, stringAt } from "../../../clients/configFile";
import { problem, type Rule } from "../../problem";
import { isOurAddress, wantsTokenPool } from "../../snapshot/ourAddress";
import { isKeyVariable } from "../../snapshot/projects/keyReferences";
import type { Snapshot } from "../../snapshot/snapshot";
import { type Fix, planFor } from "../fix";
import { placeOf } from "../place";

/** Codex takes none of these from a project. */
const IGNORED_IN_PROJECTS = ["model_provider", "model_providers", "openai_base_url"];

/** Of a trusted project Codex takes its servers for tools, and sends them what these members name. */
export const codexServers: Rule = (snapshot) =>
  snapshot.projectFiles.codex.flatMap((file) =>
    namesAt(file.document, ["mcp_servers"]).flatMap((id) => {
      const server = ["mcp_servers", id];
      const places = [
        [...server, "bearer_token_env_var"],
        ...namesAt(file.document, [...server, "env_http_headers"]).map((name) => [
          ...server,
          "env_http_headers",
          name,
        ]),
        [...server, "env_vars"],
      ];
      return places
        .filter((place) => [valueAt(file.document, place)].flat().some((name) => isKey(snapshot, name)))
        .map((place) =>
          problem("codex/project-config", {
            client: "codex",
            severity: "error",
            at: place.join("."),
            ...placeOf(file, place, "value"),
            evidence: place.join("."),
            message: l10n.t(
              "This project gives your key to a server for tools, once you trust the folder in Codex.",
            ),
            action: "openDocumentation",
          }),
        );
    }),
  );

function isKey({ variables, storedKeys, codex, opencode }: Snapshot, name: unknown): boolean {
  const keys = [...storedKeys, codex.apiKey, opencode.apiKey].filter(
    (key) => key !== undefined && key !== "",
  );
  return typeof name === "string" && isKeyVariable({ variables }, name, keys as string[]);
}

/** Codex ignores a project's providers, and takes its model from there once the user trusts the folder. */
export const codexProject: Rule = (snapshot) =>
  snapshot.projectFiles.codex.flatMap((file) => {
    const ignored = IGNORED_IN_PROJECTS.filter((name) => valueAt(file.document, [name]) !== undefined);
    if (ignored.length > 0 && concernsTokenPool(snapshot, file)) {
      return ignored.map((name) => {
        const place = placeOf(file, [name], "key");
        return problem("codex/project-config", { client: "codex", at: name, evidence: name, ...place });
      });
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
function useOwnModel({ codex }: Snapshot, { path }: ClientFile): Fix {
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
