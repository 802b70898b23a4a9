// Writes the tables of docs/problems.md and docs/network.md, in the format that the linter wants.
import * as fs from "node:fs/promises";
import * as prettier from "prettier";
import { NETWORK_END, NETWORK_START, networkTables } from "./networkTable";
import { problemTable, TABLE_END, TABLE_START } from "./problemTable";

await write("problems.md", TABLE_START, TABLE_END, problemTable());
await write("network.md", NETWORK_START, NETWORK_END, networkTables());

async function write(name: string, startLine: string, endLine: string, part: string): Promise<void> {
  const page = new URL(`../../docs/${name}`, import.meta.url);
  const text = await fs.readFile(page, "utf8");
  const start = text.indexOf(startLine);
  const end = text.indexOf(endLine);
  if (start < 0 || end < start) throw new Error(`docs/${name} needs the lines ${startLine} and ${endLine}`);
  const written = `${text.slice(0, start)}${startLine}\n\n${part}\n\n${text.slice(end)}`;
  const options = await prettier.resolveConfig(page);
  await fs.writeFile(page, await prettier.format(written, { ...options, parser: "markdown" }));
}
