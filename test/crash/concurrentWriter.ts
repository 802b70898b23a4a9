// One of several long-lived windows that change the same two files: ROOT NAME
// Sets the key NAME in both to each number that comes on its standard input, and prints the number then.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { applyChange } from "../../src/changes/apply";
import type { EditedFile } from "../../src/changes/plan";
import { prepareChange } from "../../src/changes/prepare";
import { recoverInterruptedChanges } from "../../src/changes/history/recovery";
import { planOf, set } from "../unit/changes/temporaryStore";

const [root = "", name = ""] = process.argv.slice(2);
const store = { fs, directory: path.join(root, "store"), now: () => new Date() };
const file = { kind: "edit", edits: [], credential: false } as const;

for await (const line of createInterface({ input: process.stdin })) {
  const edits = [set(name, Number(line))];
  const files: EditedFile[] = [
    { ...file, path: path.join(root, "auth.json"), format: "json", edits },
    { ...file, path: path.join(root, "config.toml"), format: "toml", edits },
  ];
  const plan = planOf(files);
  await recoverInterruptedChanges(store);
  await applyChange(store, () => Promise.resolve(plan), await prepareChange(fs, plan));
  console.log(line);
}
