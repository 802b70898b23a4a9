import type { PreparedChange, PreparedFile } from "../../changes/prepareChange";
import { documentIn } from "../../changes/readDocument";
import { valueAt } from "../../changes/valueAt";
import { PROVIDER_PATH } from "./codexState";

/**
 * Codex continues a conversation only while it knows the provider that the conversation began with. True
 * for a change that takes TokenPool's table away; the table alone does no harm, it holds no key.
 */
export function endsConversations({ files }: PreparedChange): boolean {
  return files.some(
    (file) =>
      file.planned.path.endsWith("config.toml") &&
      providerIn(file.before) !== undefined &&
      providerIn(file.after) === undefined,
  );
}

/** TokenPool's table of a config.toml; undefined where there is none. */
export function providerIn(bytes: PreparedFile["before"]): unknown {
  return valueAt(documentIn("toml", bytes), PROVIDER_PATH);
}
