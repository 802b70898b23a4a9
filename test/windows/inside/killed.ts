// Configures Codex and ends before a rename, as a crash would: HOME FILE COUNT
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { retryingFileSystem } from "../../../src/changes/disk/retryingFileSystem";
import type { FileSystem } from "../../../src/changes/disk/userFile";
import { WindowsHome } from "./windowsHome";

const [home = "", file = "", count = "1"] = process.argv.slice(2);
let left = Number(count);
const rename: FileSystem["rename"] = async (from, to) => {
  if (path.basename(String(to)) === file && --left === 0) process.exit(9);
  return fs.rename(from, to);
};
await new WindowsHome(home, retryingFileSystem({ ...fs, rename })).configure("codex");
