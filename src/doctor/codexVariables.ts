import * as path from "node:path";
import { readUserFile } from "../changes/userFile";
import type { ClientEnvironment } from "../clients/client";

export type Variables = Readonly<Record<string, string | undefined>>;

/** The environment as Codex sees it: `.env` in its home directory wins, but sets no variable of Codex's own. */
export async function codexVariables({ fs, variables }: ClientEnvironment, home: string): Promise<Variables> {
  const file = await readUserFile(fs, path.join(home, ".env")).catch(() => undefined);
  if (!file) return variables;
  const own = parse(new TextDecoder().decode(file.bytes)).filter(([name]) => !name.startsWith("CODEX_"));
  return { ...variables, ...Object.fromEntries(own) };
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
