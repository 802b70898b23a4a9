// `npm run bench`: everything in bench/, one after the other. Figures are ratios of what ran side by side.
//   npm run bench -- edit    only the files whose name holds the text
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { ROOT } from "./paths";
import { runOrThrow } from "./run";

const wanted = process.argv[2] ?? "";
const names = readdirSync(path.join(ROOT, "bench"))
  .filter((file) => file.endsWith(".bench.ts") && file.includes(wanted))
  .toSorted();
for (const name of names) {
  console.log(`== ${path.basename(name, ".bench.ts")}`);
  const file = path.join("bench", name);
  await runOrThrow(process.execPath, ["--import", "tsx", file], { cwd: ROOT, show: true });
}
