import type { ClientEnvironment } from "../../clients/client";
import { type ClientFile, readClientFile, textAsFile } from "../../clients/configFile";
import { pathRules } from "../../clients/machine/pathRules";

/** What `opencode auth login` stored: used where the configuration gives a provider no key. */
export async function readOpencodeAuth({
  fs,
  variables,
  homeDirectory,
  platform,
}: ClientEnvironment): Promise<ClientFile> {
  const inline = variables.OPENCODE_AUTH_CONTENT;
  if (inline) return textAsFile("OPENCODE_AUTH_CONTENT", inline, "json");
  const rules = pathRules(platform);
  const data = variables.XDG_DATA_HOME ?? rules.join(homeDirectory, ".local", "share");
  return readClientFile(fs, rules.join(data, "opencode", "auth.json"), "json");
}
