import type { KeyEdit } from "../../../changes/document/edits/keyEdit";
import { removalsWithEmptyParents } from "../../../changes/document/edits/removals";
import { valueAt } from "../../../changes/document/valueAt";
import { OPENAI_PATH } from "../state/provider";
import type { ConfigLayer } from "../state/state";

/** Models that the gateway's own instructions list below `provider.openai`; OpenCode knows them by itself. */
const DOCUMENTED_MODELS = [
  "codex-mini-latest",
  "gpt-5.2",
  "gpt-5.3-codex-spark",
  "gpt-5.4",
  "gpt-5.4-mini",
  "gpt-5.5",
  "gpt-5.6",
  "gpt-5.6-luna",
  "gpt-5.6-sol",
  "gpt-5.6-terra",
];

/** Gives OpenCode's provider `openai` back to OpenAI, and keeps whatever else the user set for it. */
export function documentedOverrideRemovals({ document }: ConfigLayer): KeyEdit[] {
  const written = [
    [...OPENAI_PATH, "options", "baseURL"],
    [...OPENAI_PATH, "options", "apiKey"],
    ...DOCUMENTED_MODELS.map((model) => [...OPENAI_PATH, "models", model]),
  ];
  return removalsWithEmptyParents(
    document,
    written.filter((path) => valueAt(document, path) !== undefined),
  );
}
