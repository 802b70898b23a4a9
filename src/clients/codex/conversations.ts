import type { PreparedChange, PreparedFile } from "../../changes/prepareChange";
import { readDocument } from "../../changes/readDocument";
import { decode } from "../../changes/sourceText";
import { valueAt } from "../../changes/valueAt";
import { PROVIDER_PATH } from "./codexState";

/**
 * Codex continues a conversation only while it knows the provider that the conversation began with. True
 * for a change that takes TokenPool's table away; the table alone does no harm, it holds no key.
 */
export function endsConversations({ files }: PreparedChange): boolean {
  return files.some(
    (file) =>
      file.planned.path.endsWith("config.toml") && hasProvider(file.before) && !hasProvider(file.after),
  );
}

function hasProvider(bytes: PreparedFile["before"]): boolean {
  return (
    bytes !== undefined && valueAt(readDocument("toml", decode(bytes).text), PROVIDER_PATH) !== undefined
  );
}
