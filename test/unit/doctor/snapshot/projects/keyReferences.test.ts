import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { textAsFile } from "../../../../../src/clients/configFile";
import { keyReferences } from "../../../../../src/doctor/snapshot/projects/keyReferences";
import { diagnose } from "../../../../../src/doctor/diagnose";
import { API_KEY, Machine } from "../../machine";

const KEY_FILE = ".config/tokenpool/api-key";

describe("references of a project to a key", () => {
  for (const [title, link, target] of [
    ["a link to the key file", "project/notes.txt", `../${KEY_FILE}`],
    ["a link to its folder", "project/data", "../.config/tokenpool"],
    ["a link to a link", "project/second", "notes.txt"],
  ] as const) {
    it(`are found behind ${title}`, () =>
      Machine.use(
        {
          files: {
            [KEY_FILE]: API_KEY,
            "project/opencode.json": JSON.stringify({
              mcp: {
                a: {
                  command: [`{file:./${title.includes("folder") ? "data/api-key" : path.basename(link)}}`],
                },
              },
            }),
          },
          folders: ["project"],
        },
        async (machine) => {
          if (title.endsWith("a link"))
            await fs.symlink(`../${KEY_FILE}`, path.join(machine.home, "project/notes.txt"));
          await fs.symlink(target, path.join(machine.home, link));
          const codes = diagnose(await machine.snapshot()).map(({ code }) => code);
          assert.deepEqual(codes, ["opencode/project-overrides"]);
        },
      ));
  }

  it("are found behind a link to a folder where the key will be", () =>
    Machine.use(
      {
        files: { ".config/tokenpool/x": "", "project/opencode.json": '{"username":"{file:./data/api-key}"}' },
        folders: ["project"],
      },
      async (machine) => {
        await fs.symlink("../.config/tokenpool", path.join(machine.home, "project/data"));
        const found = (await machine.snapshot()).keyReferences.map(({ placeholder }) => placeholder);
        assert.deepEqual(found, ["{file:./data/api-key}"]);
      },
    ));

  for (const target of [`x\n/../../${KEY_FILE}`, `{env:UP}/\n/../${KEY_FILE}`]) {
    it(`are found in a placeholder that goes on in the next line: ${JSON.stringify(target)}`, () =>
      Machine.use(
        {
          files: { [KEY_FILE]: API_KEY, "project/opencode.json": `{ \n "username":\n "{file:${target}}"\n}` },
          variables: { UP: ".." },
          folders: ["project"],
        },
        async (machine) => {
          const ranges = (await machine.snapshot()).keyReferences.map(({ range }) => range);
          const [line, column, endColumn] = target.startsWith("x") ? [2, 1, ' "{file:x'.length] : [0, 0, 1];
          assert.deepEqual(ranges, [{ line, column, endLine: line, endColumn }]);
        },
      ));
  }

  it("are none in a comment of its own, to a file of the project, or to a variable without a key", () =>
    Machine.use(
      {
        files: {
          [KEY_FILE]: API_KEY,
          "project/prompt": "",
          "project/opencode.jsonc": `{\n // {file:~/${KEY_FILE}}\n "a": "{file:./prompt} {env:HOME} {file:./none}"\n}`,
        },
        variables: { HOME: "x" },
        folders: ["project"],
      },
      async (machine) => assert.deepEqual((await machine.snapshot()).keyReferences, []),
    ));

  it("does not ask for each folder of a path that no system takes", () =>
    Machine.use({}, async (machine) => {
      let asked = 0;
      const realpath = (() => {
        asked++;
        return Promise.reject(new Error("there is none"));
      }) as typeof fs.realpath;
      const { environment } = machine.sources();
      const project = textAsFile("/project/opencode.json", `{file:${"a/".repeat(3_000)}x}`, "jsonc");
      await keyReferences({ ...environment, fs: { ...fs, realpath } }, [project], { files: [], keys: [] });
      assert.equal(asked, 0);
    }));

  it("asks for each path once, however often it is named", () =>
    Machine.use({ files: { [KEY_FILE]: API_KEY } }, async (machine) => {
      let asked = 0;
      const counting = {
        ...fs,
        realpath: ((file: string) => {
          asked++;
          return fs.realpath(file);
        }) as typeof fs.realpath,
      };
      const key = path.join(machine.home, KEY_FILE);
      const text = JSON.stringify(Array.from({ length: 1_000 }, () => `{file:${key}}`));
      const { environment } = machine.sources();
      const found = await keyReferences(
        { ...environment, fs: counting },
        [textAsFile("/project/opencode.json", text, "jsonc")],
        { files: [key], keys: [] },
      );
      assert.equal(found.length, 1_000);
      assert.equal(asked, 1);
    }));

  for (const target of [
    "C:/USERS/me/.config/TokenPool/API-KEY",
    "c:\\\\users\\\\me\\\\.config\\\\tokenpool\\\\api-key",
    "%USERPROFILE%\\\\.config\\\\tokenpool\\\\api-key",
    "{env:USERPROFILE}/.config/tokenpool/api-key",
    "~\\\\.config/tokenpool/x/../api-key",
    "../me/.config/tokenpool/api-key",
  ]) {
    it(`are found on Windows as ${target}`, async () => {
      const environment = {
        ...(await Machine.use({}, (machine) => Promise.resolve(machine.sources().environment))),
        platform: "win32" as const,
        homeDirectory: "C:\\Users\\me",
        variables: { USERPROFILE: "C:\\Users\\me" },
      };
      const file = textAsFile("C:\\Users\\p\\opencode.json", `{"a":"{file:${target}}"}`, "jsonc");
      const found = await keyReferences(environment, [file], {
        files: ["C:\\Users\\me\\.config\\tokenpool\\api-key"],
        keys: [],
      });
      assert.equal(found.length, 1);
    });
  }
});
