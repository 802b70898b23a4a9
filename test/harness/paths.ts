import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Screenshots, logs and results of the last run; ignored by Git. */
export const ARTIFACTS = path.join(ROOT, ".artifacts");
export const VSIX = path.join(ROOT, "tokenpool.vsix");
/** Big programs, shared by all clones of this user. */
export const CACHE = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"),
  "tokenpool-vscode",
);
