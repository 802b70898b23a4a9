// What of a project OpenCode runs by itself, with the user's files in reach. Measured with OpenCode 1.18.33,
// `opencode run` in a folder whose code writes what it reads in the key file:
// - `plugin` in opencode.json, of this folder or of one above up to the root of the work tree: runs, as a path,
//   a file:// address and a pair with options; a package is installed first. A text in place of the list stops
//   OpenCode, an empty list does nothing.
// - `.opencode/{plugin,plugins,tool,tools}/*.{js,ts}`: run, though no file names them. Other endings, deeper
//   folders and folders of these names beside .opencode do not.
// - `npm` of a provider: what is built in is taken only by its bare name. `@ai-sdk/openai@1.2.3` is the
//   publisher's package, from the user's own registry: a project's .npmrc does not choose it. Behind the @
//   `npm:other` installs the other one, and a name that ends in .tgz is a file. A provider of the project's own
//   runs its package too, once its model is used, and the project's `model` chooses it.
import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import { namesAt, valueAt } from "../../../changes/document/valueAt";
import { type ClientFile, stringAt } from "../../../clients/configFile";
import { type Problem, problem, type Rule } from "../../problem";
import { wantsTokenPool } from "../../snapshot/ourAddress";
import type { Snapshot } from "../../snapshot/snapshot";
import { overrides } from "./overrides";

/** What OpenCode 1.18.33 has built in. Every other name is installed and run, also one that only begins like these. */
const KNOWN_PACKAGE =
  /^@ai-sdk\/(?:alibaba|amazon-bedrock(?:\/mantle)?|anthropic|azure|cerebras|cohere|deepinfra|gateway|github-copilot|google|google-vertex(?:\/anthropic)?|groq|mistral|openai|openai-compatible|perplexity|togetherai|vercel|xai)$/;

/** A version of a package, and nothing that leads to another: no alias, address, path or file. */
const VERSION = /^(@[^@/]+\/[^@/]+)@(?:latest|\d+\.\d+\.\d+(?:-[a-z\d-]+(?:\.\d+)*)?)$/i;

/**
 * OpenCode installs and runs what is named here.
 * @param isGivenKey the provider gets the key; else its package only has it in reach
 */
export function foreignPackages(file: ClientFile, id: string, isGivenKey: boolean): Problem[] {
  const provider = ["provider", id];
  const models = namesAt(file.document, [...provider, "models"]);
  const keys = [provider, ...models.map((model) => [...provider, "models", model, "provider"])].map(
    (place) => [...place, "npm"],
  );
  const message = isGivenKey
    ? l10n.t("A project's configuration outranks yours, and OpenCode gives your stored key to its package.")
    : l10n.t("OpenCode runs this project's package, which can read your stored key.");
  return keys
    .filter((key) => valueAt(file.document, key) !== undefined)
    .filter((key) => !isKnownPackage(stringAt(file, key) ?? ""))
    .map((key) => overrides(file, key, stringAt(file, key)?.slice(0, 100) ?? "", message));
}

function isKnownPackage(name: string): boolean {
  return KNOWN_PACKAGE.test(VERSION.exec(name)?.[1] ?? name);
}

/** A plugin runs inside of OpenCode. One that the user has everywhere is not the project's doing. */
export function foreignPlugins(snapshot: Snapshot, file: ClientFile): Problem[] {
  if (!isKeyInReach(snapshot)) return [];
  const own = snapshot.opencode.layers.flatMap(({ document }) => pluginsIn(document)).filter(isPackage);
  const foreign = pluginsIn(file.document).filter((plugin) => !own.includes(plugin));
  if (foreign.length === 0) return [];
  const names = foreign.map((plugin) => (typeof plugin === "string" ? plugin : JSON.stringify(plugin)));
  return [overrides(file, ["plugin"], names.join(", ").slice(0, 100), runsPlugins())];
}

function pluginsIn(document: ClientFile["document"]): unknown[] {
  const plugins = valueAt(document, ["plugin"]);
  return Array.isArray(plugins) ? plugins : [];
}

/** The same name is the same plugin in every folder; a path leads elsewhere from each. */
function isPackage(plugin: unknown): boolean {
  return typeof plugin === "string" && !/^(?:[./\\~]|file:|[a-z]:)/i.test(plugin);
}

/** Code that runs because of the folder it lies in. */
export const placedCode: Rule = (snapshot) =>
  isKeyInReach(snapshot)
    ? snapshot.projectFiles.opencodeCode.map((file) =>
        problem("opencode/project-overrides", {
          client: "opencode",
          path: file,
          evidence: path.basename(file).slice(0, 100),
          message: runsPlugins(),
        }),
      )
    : [];

function runsPlugins(): string {
  return l10n.t("OpenCode runs this project's plugins, which can read your stored key.");
}

/** There is an OpenCode to run it, and a file to take the key from: OpenCode's, or Codex's. */
export function isKeyInReach({ opencode, codex }: Snapshot): boolean {
  const isUsed = opencode.layers.some(({ exists }) => exists);
  return wantsTokenPool(opencode) || (isUsed && wantsTokenPool(codex) && codex.apiKey !== undefined);
}
