import { readUserFile } from "../../../changes/disk/userFile";
import type { ClientEnvironment } from "../../client";
import { joinVariables, type Variables } from "../../machine/joinVariables";
import { pathRules } from "../../machine/pathRules";

/** What Codex sends instead of the key in auth.json when it is set. */
const CREDENTIALS = ["CODEX_API_KEY", "CODEX_ACCESS_TOKEN"];

/** `.env` in Codex's home directory: it wins over the environment, but sets no variable of Codex's own. */
export async function readDotEnv({ fs, platform }: ClientEnvironment, home: string): Promise<Variables> {
  const file = await readUserFile(fs, pathRules(platform).join(home, ".env")).catch(() => undefined);
  if (!file) return {};
  const lines = parseDotEnv(new TextDecoder().decode(file.bytes));
  const others = lines.filter(([name]) => !name.toUpperCase().startsWith("CODEX_"));
  return joinVariables(platform, Object.fromEntries(others));
}

/** Name of a variable that keeps Codex from sending this key; undefined: none. */
export function overridingVariable(variables: Variables, apiKey: string): string | undefined {
  return CREDENTIALS.find((name) => (variables[name] ?? "") !== "" && variables[name] !== apiKey);
}

/** Lines such as `NAME=value`, `export NAME='value'`; everything else means nothing. */
export function parseDotEnv(text: string): [name: string, value: string][] {
  return text.split("\n").flatMap((line): [name: string, value: string][] => {
    const equals = line.indexOf("=");
    const name = line
      .slice(0, Math.max(equals, 0))
      .trim()
      .replace(/^export\s/, "")
      .trimStart();
    return /^[A-Za-z_]\w*$/.test(name) ? [[name, valueOf(line.slice(equals + 1).trim())]] : [];
  });
}

/** Without its quotes, or without the remark behind it. */
function valueOf(raw: string): string {
  const quote = raw.charAt(0);
  const end = quote === '"' || quote === "'" ? raw.lastIndexOf(quote) : 0;
  if (end > 0) return raw.slice(1, end);
  const remark = /\s#/.exec(raw);
  return (remark ? raw.slice(0, remark.index) : raw).trimEnd();
}
