import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { CLIENT_IDS } from "../../../src/clients/clientId";
import { readProjectFiles } from "../../../src/doctor/snapshot/projects/projectFiles";
import { API_KEY, forBoth, WindowsHome } from "./windowsHome";

const TOML = ".codex\\config.toml";
const JSONC = ".config\\opencode\\opencode.jsonc";
const MY_TOML =
  "# 我的配置\r\nmodel = 'mine' # why\r\n\r\n[projects.'C:\\work']\r\ntrust_level = \"trusted\"\r\n";
const MY_JSONC = '\uFEFF{\r\n  // mine\r\n  "theme": "system"\r\n}\r\n';

async function homeWithFiles(home: string): Promise<WindowsHome> {
  const machine = await WindowsHome.fresh(home);
  await machine.write(TOML, MY_TOML);
  await machine.write(JSONC, MY_JSONC);
  return machine;
}

async function expectMine(machine: WindowsHome): Promise<void> {
  assert.equal(await machine.read(TOML), MY_TOML);
  assert.equal(await machine.read(JSONC), MY_JSONC);
  assert.deepEqual(await machine.names(), [TOML, JSONC]);
}

describe("configure, undo, undo the undo and remove", () => {
  for (const home of [
    "C:\\Users\\zhang san",
    "C:\\Users\\张三",
    "C:\\Users\\O'Brien & {co} %TEMP% #1",
    `C:\\Users\\${Array<string>(2).fill("d".repeat(48)).join("\\")}`,
  ]) {
    it(`give every byte back in ${home}`, async () => {
      const machine = await homeWithFiles(home);
      await forBoth(async (id) => {
        const entry = await machine.configure(id);
        assert.ok(entry);
        const { usesTokenPool, apiKey } = await machine.inspect(id);
        assert.deepEqual([usesTokenPool, apiKey], [true, API_KEY]);
        assert.equal(await machine.configure(id), undefined, "nothing is left to do");
        const written = [await machine.read(TOML), await machine.read(JSONC)];
        assert.ok(!/[^\r]\n/.test(written.join("")), "all lines end as they did");
        const undone = await machine.undo(id, entry);
        assert.ok(undone);
        await machine.undo(id, undone);
        assert.deepEqual([await machine.read(TOML), await machine.read(JSONC)], written);
        await machine.remove(id);
      });
      await expectMine(machine);
    });
  }

  it("leave nothing where nothing was", async () => {
    const machine = await WindowsHome.fresh("C:\\Users\\new");
    await forBoth((id) => machine.configure(id));
    assert.equal((await machine.names()).length, 4);
    await forBoth((id) => machine.remove(id));
    assert.deepEqual(await machine.names(), []);
  });
});

describe("one spelling of a path", () => {
  for (const [one, other] of [
    ["C:\\Users\\spelled", "c:\\users\\SPELLED"],
    ["c:\\Users\\spelled", "\\\\?\\C:\\Users\\spelled"],
    ["C:\\Users\\spelled", "C:/Users/spelled/"],
  ] as const) {
    it(`brings the user's values back that were replaced under ${one}, under ${other}`, async () => {
      const first = await homeWithFiles(one);
      await forBoth((id) => first.configure(id));
      const second = new WindowsHome(other);
      await forBoth(async (id) => {
        assert.equal((await second.inspect(id)).usesTokenPool, true);
        await second.remove(id);
      });
      await expectMine(first);
    });
  }

  for (const opened of ["C:\\Users\\opened", "c:\\users\\OPENED"]) {
    it(`takes no file of the user's for a project's where the home is open as ${opened}`, async () => {
      const machine = await homeWithFiles("C:\\Users\\opened");
      await forBoth((id) => machine.configure(id));
      const states = await Promise.all(CLIENT_IDS.map((id) => machine.inspect(id)));
      const own = states.flatMap(({ files }) => files);
      const projectFiles = await readProjectFiles(machine.fs, [opened], own);
      assert.deepEqual([...projectFiles.codex, ...projectFiles.opencode], []);
    });
  }

  it("is one for CODEX_HOME in slashes and other letters", async () => {
    const machine = await WindowsHome.fresh("C:\\Users\\slashes");
    await fs.mkdir(path.join(machine.home, "my codex"));
    machine.variables = { CODEX_HOME: "c:/users/SLASHES/my codex/" };
    const entry = await machine.configure("codex");
    assert.ok(entry);
    await machine.undo("codex", entry);
    assert.deepEqual(await machine.names(), ["my codex"]);
  });
});
