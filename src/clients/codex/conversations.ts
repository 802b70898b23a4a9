import type { KeyPath } from "../../changes/document/edits/keyEdit";
import type { PreparedChange, PreparedFile } from "../../changes/prepare";
import { documentIn } from "../../changes/document/readDocument";
import { valueAt } from "../../changes/document/valueAt";
import { PROVIDER_PATH } from "./state/state";

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

/** A table of a config.toml, TokenPool's unless another is named; undefined where there is none. */
export function providerIn(bytes: PreparedFile["before"], path: KeyPath = PROVIDER_PATH): unknown {
  return valueAt(documentIn("toml", bytes), path);
}
