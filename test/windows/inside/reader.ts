// Another window, or a program that looks at files, while the tests write: HOME LOCK_MS
// Reads the clients' files and the journal every 20 ms, and holds config.toml alone now and then for LOCK_MS.
// Ends with its standard input, and prints what it read that was no whole file.
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const [home = "", lockMs = "0"] = process.argv.slice(2);
/** Of libuv: nobody else may open the file meanwhile. */
const ALONE = 0x10000000;
const FILES = [".codex/config.toml", ".codex/auth.json", "AppData/Local/tokenpool-vscode/journal.json"];
const torn = new Set<string>();
const end = once(process.stdin.resume(), "end").then(() => true);

for (let round = 0; !(await Promise.race([end, delay(20, false)])); round++) {
  for (const name of FILES) read(name);
  if (Number(lockMs) > 0 && round % 25 === 0) await holdAlone(path.join(home, FILES[0] ?? ""));
}
console.log(JSON.stringify([...torn]));

function read(name: string): void {
  try {
    const text = fs.readFileSync(path.join(home, name), "utf8");
    if (name.endsWith(".json")) JSON.parse(text);
    else if (!/^model = .*# the end\r\n(?:.*requires_openai_auth = true\r\n)?$/s.test(text)) torn.add(name);
  } catch (error) {
    // Not there, or held by somebody: no text that could be torn.
    if (error instanceof SyntaxError) torn.add(name);
  }
}

async function holdAlone(file: string): Promise<void> {
  try {
    const handle = fs.openSync(file, fs.constants.O_RDWR | ALONE);
    await delay(Number(lockMs));
    fs.closeSync(handle);
  } catch {
    // Somebody else has it open: next time.
  }
}
