// Writes the table of codes into docs/problems.md, in the format that the linter wants.
import * as fs from "node:fs/promises";
import * as prettier from "prettier";
import { problemTable, TABLE_END, TABLE_START } from "./problemTable";

const PAGE = new URL("../../docs/problems.md", import.meta.url);

const text = await fs.readFile(PAGE, "utf8");
const start = text.indexOf(TABLE_START);
const end = text.indexOf(TABLE_END);
if (start < 0 || end < start)
  throw new Error(`docs/problems.md needs the lines ${TABLE_START} and ${TABLE_END}`);
const written = `${text.slice(0, start)}${TABLE_START}\n\n${problemTable()}\n\n${text.slice(end)}`;
const options = await prettier.resolveConfig(PAGE);
await fs.writeFile(PAGE, await prettier.format(written, { ...options, parser: "markdown" }));
