// Run by namespace.ts: what becomes of the rows of one group, as JSON.
import { askRealClients } from "./realClients";
import { GROUPS } from "./rows/all";

const [title] = process.argv.slice(2);
const group = GROUPS.find((each) => each.title === title);
if (!group) throw new Error(`no group ${title}`);
process.stdout.write(JSON.stringify(await askRealClients(group)));
process.exit(0);
