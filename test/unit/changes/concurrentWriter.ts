// One of several processes that change the same file: DIRECTORY PREFIX COUNT
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { applyChange } from "../../../src/changes/applyChange";
import { prepareChange } from "../../../src/changes/prepareChange";
import { planOf, set } from "./temporaryStore";

const [directory = "", prefix = "", count = "0"] = process.argv.slice(2);
const store = { fs, directory: path.join(directory, "store"), now: () => new Date() };

for (let number = 0; number < Number(count); number++) {
  const edits = [set(`${prefix}${number}`, number)];
  const file = {
    kind: "edit",
    path: path.join(directory, "config"),
    format: "toml",
    edits,
    credential: false,
  } as const;
  const plan = planOf([file]);
  await applyChange(store, () => Promise.resolve(plan), await prepareChange(fs, plan));
}
