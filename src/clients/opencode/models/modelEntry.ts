import type { KeyEdit } from "../../../changes/document/edits/keyEdit";
import { PROVIDER_PATH } from "../state/provider";

/**
 * Tells OpenCode what a model can do. Without `limit` it takes the context for empty; without
 * `tool_call` OpenCode 2 gives a model that lists `modalities` no tools.
 */
export function modelEntry(model: string): KeyEdit {
  return {
    kind: "set",
    path: [...PROVIDER_PATH, "models", model],
    value: {
      name: model.replace(/^gpt-/, "GPT-"),
      reasoning: true,
      tool_call: true,
      attachment: true,
      temperature: false,
      modalities: { input: ["text", "image"], output: ["text"] },
      // A cautious guess that holds for every model offered, until the gateway tells the limits itself.
      limit: { context: 400_000, input: 272_000, output: 128_000 },
    },
  };
}
