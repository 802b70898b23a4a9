import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { recoverInterruptedChanges } from "../../../src/changes/history/recovery";
import { WindowsHome } from "./windowsHome";

const TOML = ".codex\\config.toml";
const AUTH = ".codex\\auth.json";
const MY_TOML = "# mine\r\nmodel = 'mine'\r\n";
const MY_AUTH = '{ "OPENAI_API_KEY": null }\r\n';

describe("a window that is killed while it writes", () => {
  for (const [file, count] of [
    ["auth.json", 1],
    ["config.toml", 1],
    ["journal.json", 1],
    ["journal.json", 2],
  ] as const) {
    it(`leaves nothing half done: before it puts ${file} in place, time ${count}`, async () => {
      const machine = await WindowsHome.fresh("C:\\Users\\killed");
      await machine.write(TOML, MY_TOML);
      await machine.write(AUTH, MY_AUTH);
      const script = path.join(import.meta.dirname, "killed.js");
      const { status } = spawnSync(process.execPath, [script, machine.home, file, String(count)], {
        stdio: "ignore",
      });
      assert.equal(status, 9);
      await recoverInterruptedChanges(machine.store);
      assert.deepEqual([await machine.read(TOML), await machine.read(AUTH)], [MY_TOML, MY_AUTH]);
      assert.ok(await machine.configure("codex"), "the lock of the dead is nobody's");
      assert.deepEqual((await machine.names()).sort(), [AUTH, TOML]);
      const left = await fs.readdir(machine.store.directory, { recursive: true });
      assert.deepEqual(
        left.filter((name) => name.endsWith(".tmp") || /^locks./.test(name)),
        [],
      );
    });
  }
});
