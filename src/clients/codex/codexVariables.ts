import { readUserFile } from "../../changes/userFile";
import type { ClientEnvironment } from "../client";
import { pathRules } from "../pathRules";

export type Variables = Readonly<Record<string, string | undefined>>;

/** What Codex sends instead of the key in auth.json when it is set. */
const CREDENTIALS = ["CODEX_API_KEY", "CODEX_ACCESS_TOKEN"];

/** `.env` in Codex's home directory: it wins over the environment, but sets no variable of Codex's own. */
export async function readDotEnv({ fs, platform }: ClientEnvironment, home: string): Promise<Variables> {
  const file = await readUserFile(fs, pathRules(platform).join(home, ".env")).catch(() => undefined);
  if (!file) return {};
  const lines = parse(new TextDecoder().decode(file.bytes));
  return Object.fromEntries(lines.filter(([name]) => !name.startsWith("CODEX_")));
}

/** Name of a variable that keeps Codex from sending this key; undefined: none. */
export function overridingVariable(variables: Variables, apiKey: string): string | undefined {
  return CREDENTIALS.find((name) => (variables[name] ?? "") !== "" && variables[name] !== apiKey);
}

/** Lines such as `NAME=value`, `export NAME='value'`; everything else means nothing. */
function parse(text: string): [name: string, value: string][] {
  return [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/gm)].map(
    ([, name = "", raw = ""]) => {
      const quoted = /^(["'])(.*)\1/.exec(raw)?.[2];
      return [name, quoted ?? raw.replace(/\s+#.*$/, "")];
    },
  );
}
