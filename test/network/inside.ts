// Run by namespace.ts: what becomes of the rows of one group, as JSON.
import { askRealClients } from "./realClients";
import { GROUPS } from "./rows/all";
import { askProbe } from "./verdict";

const [who, title] = process.argv.slice(2);
const group = GROUPS.find((each) => each.title === title);
if (!group) throw new Error(`no group ${title}`);
process.stdout.write(JSON.stringify(await (who === "clients" ? askRealClients(group) : askProbe(group))));
process.exit(0);
