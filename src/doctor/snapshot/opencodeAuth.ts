import * as path from "node:path";
import type { ClientEnvironment } from "../../clients/client";
import { type ClientFile, readClientFile, textAsFile } from "../../clients/configFile";

/** What `opencode auth login` stored: used where the configuration gives a provider no key. */
export async function readOpencodeAuth({
  fs,
  variables,
  homeDirectory,
}: ClientEnvironment): Promise<ClientFile> {
  const inline = variables.OPENCODE_AUTH_CONTENT;
  if (inline) return textAsFile("OPENCODE_AUTH_CONTENT", inline, "json");
  const data = variables.XDG_DATA_HOME ?? path.join(homeDirectory, ".local", "share");
  return readClientFile(fs, path.join(data, "opencode", "auth.json"), "json");
}
