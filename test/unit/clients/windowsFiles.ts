import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { FileSystem } from "../../../src/changes/disk/userFile";

/** Real files of this machine below a folder, under the names that Windows gives them: `C:\a` is `<folder>/a`. */
export function windowsFiles(folder: string): FileSystem {
  const here = (named: unknown) =>
    typeof named === "string" && /^c:[\\/]/i.test(named)
      ? path.join(folder, ...named.slice(3).split(/[\\/]/))
      : named;
  const calls = Object.entries(fs).map(([name, call]) => {
    if (typeof call !== "function") return [name, call];
    const through = call as (...args: unknown[]) => unknown;
    return [name, (...args: unknown[]) => through(...args.map(here))];
  });
  const realpath = async (named: string) => {
    const real = await fs.realpath(here(named) as string);
    return path.win32.join("C:\\", path.relative(await fs.realpath(folder), real).replaceAll("/", "\\"));
  };
  return { ...(Object.fromEntries(calls) as FileSystem), realpath } as FileSystem;
}
