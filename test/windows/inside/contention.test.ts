import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { WindowsHome } from "./windowsHome";

/** More by hand: `CHANGES=500 npm test -- --only windows --grep "files in use"`. */
const CHANGES = Number(process.env.CHANGES ?? 60);
const TOML = ".codex\\config.toml";
const MY_TOML = "model = 'mine'\r\n# the end\r\n";

/** Other programs that open files while we write. @returns ends them; what they read that was no whole file */
function readers(home: string, count: number, lockMs: number): () => Promise<string[]> {
  const started: ChildProcess[] = Array.from({ length: count }, (_, index) =>
    // The script is compiled: the tests of this folder run within Windows only.
    spawn(
      process.execPath,
      [path.join(import.meta.dirname, "reader.js"), home, index === 0 ? String(lockMs) : "0"],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    ),
  );
  return async () => {
    const said = started.map(async (reader) => {
      const output = text(reader.stdout!);
      reader.stdin?.end();
      return JSON.parse(await output) as string[];
    });
    return (await Promise.all(said)).flat();
  };
}

describe("files in use", function () {
  this.timeout(CHANGES * 3_000);

  for (const [what, lockMs] of [
    ["three programs that read every 20 ms", 0],
    ["one of them that also holds a file alone for 300 ms", 300],
  ] as const) {
    it(`refuse none of ${CHANGES} changes, and nobody reads a torn one, beside ${what}`, async () => {
      const machine = await WindowsHome.fresh("C:\\Users\\contend");
      await machine.write(TOML, MY_TOML);
      const end = readers(machine.home, 3, lockMs);
      for (let change = 0; change < CHANGES; change += 2) {
        assert.ok(await machine.configure("codex"));
        assert.ok(await machine.remove("codex"));
      }
      assert.deepEqual(await end(), []);
      assert.equal(await machine.read(TOML), MY_TOML);
      assert.deepEqual(await fs.readdir(path.join(machine.store.directory, "locks")), []);
      assert.ok(!(await machine.names()).some((name) => name.endsWith(".tmp")));
    });
  }

  it("lose no update of three writers", async () => {
    const machine = await WindowsHome.fresh("C:\\Users\\writers");
    const rounds = 10;
    const writers = ["a", "b", "c"].map((name) =>
      spawn(
        process.execPath,
        [path.join(import.meta.dirname, "writer.js"), machine.home, name, String(rounds)],
        {
          stdio: ["ignore", "pipe", "pipe"],
        },
      ),
    );
    const said = await Promise.all(
      writers.map(async ({ stdout, stderr }) => (await text(stdout)) + (await text(stderr))),
    );
    assert.deepEqual(said, ["", "", ""]);
    const left = await machine.read(".codex\\config.toml");
    for (const name of ["a", "b", "c"])
      for (let round = 0; round < rounds; round++)
        assert.match(left ?? "", new RegExp(`^${name}${round} = ${round}$`, "m"));
    assert.deepEqual(await machine.names(), [".codex\\config.toml"]);
  });
});
