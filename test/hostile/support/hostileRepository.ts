import * as fs from "node:fs";
import * as path from "node:path";
import { runOrThrow } from "../../harness/run";
import { writeFile } from "../../e2e/support/session";
import { plant } from "./hostileFolders";

/** What the configuration of the repository names, in alphabetical order. */
export const PROGRAMS = ["filter", "fsmonitor", "post-index-change", "sshCommand"];

/**
 * A repository in the user's own configuration folder, as somebody else's dotfiles may bring it along. Its
 * configuration names programs for every way on which Git starts one, and the ignore file is missing:
 * Git fetches it by `core.sshCommand`, where it is let, to say what is ignored.
 * @param home where it is made; the key file lies in it, untracked
 */
export async function makeHostileRepository(home: string): Promise<void> {
  const folder = path.join(home, ".config");
  const git = (...args: string[]) =>
    runOrThrow("/usr/bin/git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@t.test", ...args]);
  writeFile(path.join(folder, ".gitattributes"), "tracked filter=theirs\n");
  writeFile(path.join(folder, ".gitignore"), "nothing\n");
  writeFile(path.join(folder, "tracked"), "1\n");
  await git("init", "--quiet");
  await git("add", ".gitattributes", ".gitignore", "tracked");
  await git("commit", "--quiet", "--message", "first");
  await loseIgnoreFile(folder, git);
  const programs = path.join(folder, ".git/programs");
  for (const name of PROGRAMS) plant(home, path.join(programs, name));
  const named = (name: string) => path.join(programs, name);
  for (const [name, value] of [
    ["core.fsmonitor", named("fsmonitor")],
    ["core.hooksPath", programs],
    ["core.sshCommand", named("sshCommand")],
    ["filter.theirs.clean", named("filter")],
    ["remote.origin.url", "ssh://thief.example/dotfiles"],
    ["remote.origin.promisor", "true"],
    ["extensions.partialClone", "origin"],
    ["core.repositoryFormatVersion", "1"],
  ] as const)
    await git("config", name, value);
  // Git asks the filter about a file that is newer than its index says.
  writeFile(path.join(folder, "tracked"), "2\n");
}

/** It is in the index alone, and what it says is nowhere. */
async function loseIgnoreFile(folder: string, git: (...args: string[]) => Promise<string>): Promise<void> {
  const id = (await git("rev-parse", ":.gitignore")).trim();
  await git("update-index", "--skip-worktree", ".gitignore");
  fs.rmSync(path.join(folder, ".gitignore"));
  fs.rmSync(path.join(folder, ".git/objects", id.slice(0, 2), id.slice(2)));
}
