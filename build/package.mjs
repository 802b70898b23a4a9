// `npm run package`: the extension as tokenpool.vsix. The same commit gives the same bytes, so that anybody can see that
// a published package was made from it: vsce takes every date from SOURCE_DATE_EPOCH, and that from the last commit.
import { execFileSync, spawnSync } from "node:child_process";

/** 1980-01-01, the first day that a zip file knows: for a folder without Git. */
const NO_DATE = "315532800";

// Modes of files go into the package.
process.umask(0o022);
const environment = { ...process.env, SOURCE_DATE_EPOCH: commitTime() };
for (const args of [
  ["esbuild.mjs", "--production"],
  ["node_modules/@vscode/vsce/vsce", "package", "--no-dependencies", "--out", "tokenpool.vsix"],
]) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit", env: environment });
  if (status !== 0) process.exit(status ?? 1);
}

function commitTime() {
  try {
    return execFileSync("git", ["log", "-1", "--format=%ct"], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return NO_DATE;
  }
}
