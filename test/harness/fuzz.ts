// `npm run fuzz -- --minutes N`: the properties of the unit tests with new seeds until the time is over.
//   --grep TEXT    only properties whose name holds the text
import { parseArgs } from "node:util";
import fc from "fast-check";
import { PROPERTIES } from "../unit/changes/properties/properties";

const { values: options } = parseArgs({
  options: { minutes: { type: "string", default: "1" }, grep: { type: "string", default: "" } },
});

/** Documents for each property before the next one has its turn. */
const DOCUMENTS_PER_TURN = 500;

const chosen = [...PROPERTIES].filter(([name]) => name.includes(options.grep));
const documents = new Map<string, number>();
const failures = new Map<string, string>();
const end = Date.now() + Number(options.minutes) * 60_000;

while (Date.now() < end && failures.size < chosen.length) {
  for (const [name, property] of chosen) {
    // One counterexample for each property tells enough.
    if (failures.has(name) || Date.now() >= end) continue;
    const details = await fc.check(property, { numRuns: DOCUMENTS_PER_TURN });
    documents.set(name, (documents.get(name) ?? 0) + details.numRuns);
    if (!details.failed) continue;
    const report = await fc.asyncDefaultReportMessage(details);
    failures.set(name, report);
    console.log(`FAIL ${name}: seed ${details.seed}\n${report}\n`);
  }
}

for (const [name, count] of documents) console.log(`${String(count).padStart(9)} documents  ${name}`);
console.log(`${chosen.length - failures.size} passed, ${failures.size} failed`);
process.exitCode = failures.size === 0 && documents.size > 0 ? 0 : 1;
