import * as path from "node:path";
import { readDocument } from "../changes/readDocument";
import { Refusal } from "../changes/refusal";
import type { ClientEnvironment } from "../clients/client";
import { type ClientFile, readClientFile } from "../clients/clientFile";

/** What `opencode auth login` stored: used where the configuration gives a provider no key. */
export async function readOpencodeAuth({
  fs,
  variables,
  homeDirectory,
}: ClientEnvironment): Promise<ClientFile> {
  const inline = variables.OPENCODE_AUTH_CONTENT;
  if (inline)
    return { path: "OPENCODE_AUTH_CONTENT", exists: true, text: "", byteOrderMark: false, ...parse(inline) };
  const data = variables.XDG_DATA_HOME ?? path.join(homeDirectory, ".local", "share");
  return readClientFile(fs, path.join(data, "opencode", "auth.json"), "json");
}

function parse(text: string): Pick<ClientFile, "document" | "problem"> {
  try {
    return { document: readDocument("json", text) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { document: {}, problem: error };
  }
}
