import * as path from "node:path";
import { setImmediate } from "node:timers/promises";
import { holdsKey } from "../../doctor/problems/secrets/keyInText";
import { LARGEST_BYTES } from "../../doctor/problems/secrets/keySearch";
import { type CommitSearch, startGit } from "./runGit";

/** An object as `rev-list` lists it; commits and the top of a work tree have no path. */
const OBJECT = /^([0-9a-f]{40,64}) (.+)$/;

/** What `cat-file` puts before each object; one that is not there has no size. */
const HEADER = /([0-9a-f]+) (?:(\w+) (\d+)|missing)\n/y;

/** Searched at a time, each key counted: a few milliseconds. */
const CHARACTERS_AT_A_TIME = 4_000_000;

/**
 * Files that hold one of the keys in a commit of this clone that no remote has yet: the next push takes it along, also
 * where a later commit took the key out. Without a remote there is no push, and the whole history would be searched. The
 * keys stay here, and what Git tells is searched.
 * @param program absolute path of Git
 * @param folder absolute path of the work tree's top
 * @param limit ends the search; it is not complete then
 */
export async function filesInUnpushed(
  program: string,
  folder: string,
  limit: AbortSignal,
  ...apiKeys: readonly string[]
): Promise<CommitSearch> {
  const ask = (args: readonly string[], input?: string, encoding?: BufferEncoding) =>
    startGit(program, folder, args, input, encoding, limit);
  const remotes = await ask(["remote"]);
  if (remotes.output === "") return { files: [], isComplete: remotes.exitCode === 0 };
  const which = ["HEAD", "--branches", "--not", "--remotes"];
  // Of a partial clone some may be missing, and nothing is fetched.
  const what = ["--objects", "--missing=allow-any", `--filter=blob:limit=${LARGEST_BYTES}`];
  const list = await ask(["rev-list", ...what, ...which]);
  const objects = list.output.split("\n").flatMap((line) => {
    const [, id, name] = OBJECT.exec(line) ?? [];
    return id === undefined || name === undefined ? [] : [[id, name] as const];
  });
  if (objects.length === 0) return { files: [], isComplete: list.exitCode === 0 };
  const ids = objects.map(([id]) => `${id}\n`).join("");
  // One character for each byte, by which the sizes count.
  const { exitCode, output } = await ask(["cat-file", "--batch", "--buffer"], ids, "latin1");
  const nameOf = new Map(objects);
  const names = new Set((await blobsWithKey(output, apiKeys)).flatMap((id) => nameOf.get(id) ?? []));
  const files = [...names].map((name) => path.join(folder, name));
  return { files, isComplete: list.exitCode === 0 && exitCode === 0 };
}

/**
 * Ids of the blobs with one of the keys. VS Code's extensions share one thread, so others get their turn in between.
 * @param output of `cat-file --batch`, each byte as a character
 */
export async function blobsWithKey(output: string, apiKeys: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  let searched = 0;
  for (const { id, text } of blobsIn(output)) {
    if (apiKeys.some((apiKey) => holdsKey(text, apiKey))) found.push(id);
    searched += text.length * apiKeys.length;
    if (searched < CHARACTERS_AT_A_TIME) continue;
    searched = 0;
    await setImmediate();
  }
  return found;
}

function* blobsIn(output: string): Generator<{ readonly id: string; readonly text: string }> {
  for (let at = 0; ;) {
    HEADER.lastIndex = at;
    const [header = "", id = "", kind, size = "-1"] = HEADER.exec(output) ?? [];
    if (header === "") return;
    const start = at + header.length;
    at = start + Number(size) + 1;
    if (kind === "blob") yield { id, text: output.slice(start, at - 1) };
  }
}
