// A window that adds a key to config.toml in each change, beside others that do the same: HOME NAME ROUNDS
import * as path from "node:path";
import { applyChange } from "../../../src/changes/apply";
import { prepareChange } from "../../../src/changes/prepare";
import { planOf, set } from "../../unit/changes/temporaryStore";
import { WindowsHome } from "./windowsHome";

const [home = "", name = "", rounds = ""] = process.argv.slice(2);
const { fs, store } = new WindowsHome(home);
const file = { kind: "edit", format: "toml", credential: false } as const;
for (let round = 0; round < Number(rounds); round++) {
  const edits = [set(`${name}${round}`, round)];
  const plan = planOf([{ ...file, path: path.join(home, ".codex", "config.toml"), edits }]);
  await applyChange(store, () => Promise.resolve(plan), await prepareChange(fs, plan));
}
