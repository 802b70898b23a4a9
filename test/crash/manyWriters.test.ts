import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { TemporaryStore } from "../unit/changes/temporaryStore";

const WRITERS = 8;
const ROUNDS = 200;

describe("many writers", function () {
  this.timeout(300_000);
  let home: TemporaryStore;
  const writers: ChildProcess[] = [];
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(async () => {
    for (const writer of writers) writer.kill();
    await home.remove();
  });

  /** @returns has the writer set its key to a number; resolves to what it prints then */
  function startWriter(name: string): (number: number) => Promise<string | undefined> {
    const script = path.join(import.meta.dirname, "concurrentWriter.ts");
    const args = ["--import", "tsx", script, home.root, name];
    const writer = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    writers.push(writer);
    const answers = createInterface({ input: writer.stdout })[Symbol.asyncIterator]();
    return async (number) => {
      writer.stdin.write(`${number}\n`);
      const answer = await answers.next();
      return answer.done ? undefined : answer.value;
    };
  }

  const keysIn = (text: string | undefined) =>
    Array.from(
      (text ?? "").matchAll(/(w\d)"?\s*[=:]\s*(\d+)/g),
      ([, name, value]) => `${name} ${value}`,
    ).sort();

  it(`lose no update when ${WRITERS} of them change the same files ${ROUNDS} times`, async () => {
    const names = Array.from({ length: WRITERS }, (_, index) => `w${index}`);
    const writes = names.map(startWriter);
    for (let round = 1; round <= ROUNDS; round++) {
      const answers = await Promise.all(writes.map((write) => write(round)));
      assert.deepEqual(new Set(answers), new Set([String(round)]));
      const expected = names.map((name) => `${name} ${round}`);
      assert.deepEqual(keysIn(await home.read("auth.json")), expected);
      assert.deepEqual(keysIn(await home.read("config.toml")), expected);
    }
    for (const writer of writers) writer.stdin?.end();
    await Promise.all(writers.map(async (writer) => writer.exitCode ?? once(writer, "exit")));
    assert.deepEqual(await home.names(), ["auth.json", "config.toml"]);
    assert.deepEqual(await fs.readdir(home.path("store/locks")), []);
    assert.deepEqual((await fs.readdir(home.path("store"))).sort(), ["backups", "journal.json", "locks"]);
    const journal = await home.journal();
    // The first of all, and the fifty latest.
    assert.equal(journal.length, 51);
    assert.ok(journal.every(({ state }) => state === "done"));
  });
});
