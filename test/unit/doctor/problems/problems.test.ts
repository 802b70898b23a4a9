import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { ChangePlan } from "../../../../src/changes/plan";
import { diagnose, toFinding } from "../../../../src/doctor/diagnose";
import type { FindingRange } from "../../../../src/doctor/finding";
import { KNOWLEDGE } from "../../../../src/doctor/problems/knowledge";
import type { Snapshot } from "../../../../src/doctor/snapshot/snapshot";
import { meaningsOf, rankCodes } from "../../../../src/doctor/explain/explain";
import { API_KEY, ENDPOINT, Machine, OTHER_KEY, systemPath } from "../machine";
import { isMachineCase, type MachineCase, type Replacement } from "./problemCase";
import { PROBLEM_CASES } from "./table";
import { WITHOUT_WORDS } from "../explain/knownSymptoms";

type Files = ReadonlyMap<string, string>;

for (const [code, cases] of Object.entries(PROBLEM_CASES)) {
  describe(code, () => {
    for (const each of cases) {
      if (isMachineCase(each)) describe(each.title, () => testOnMachine(code, each));
      else if ("text" in each) it(each.title, () => isExplained(code, each.text));
      else it(each.title, () => isTestedElsewhere(code));
    }
  });
}

function testOnMachine(
  code: string,
  { severity, marked, brokenLine, fixed, also = [], left = [], ...state }: MachineCase,
): void {
  it("is found, and nothing else", () =>
    Machine.use(state, async (machine) => {
      const snapshot = await machine.snapshot();
      assert.deepEqual(codesOf(snapshot), [code, ...also].sort());
      const found = diagnose(snapshot).find((each) => each.code === code);
      assert.ok(found);
      assert.equal(found.severity, severity ?? KNOWLEDGE[code]?.severity);
      const isSystems = marked?.[0].startsWith("/etc/");
      assert.equal(
        found.path,
        marked && (isSystems ? systemPath(marked[0]) : path.join(machine.home, marked[0])),
      );
      const range =
        brokenLine === undefined ? marked && (await rangeOfMark(machine, marked)) : lineStart(brokenLine);
      assert.deepEqual(found.range, range);
      assert.ok(found.fix ?? found.action ?? KNOWLEDGE[code]?.action, "there is a way out");
    }));

  it("shows no key", () =>
    Machine.use(state, async (machine) => {
      const shown = diagnose(await machine.snapshot()).map((found) =>
        JSON.stringify({ ...found, ...toFinding(found) }),
      );
      for (const key of [API_KEY, OTHER_KEY]) assert.ok(!shown.join().includes(key.slice(0, 12)));
    }));

  it(fixed ? "is fixed by its fix, and the fix can be undone" : "is fixed by no change of files", () =>
    Machine.use(state, async (machine) => {
      const [found] = diagnose(await machine.snapshot()).filter((each) => each.code === code);
      assert.equal(found?.fix !== undefined, fixed !== undefined);
      if (!found?.fix || !fixed) return;
      const before = await machine.allFiles();
      const plan: ChangePlan = found.fix();
      const undo = await machine.applyAndUndo(plan, async () => {
        assert.deepEqual(codesOf(await machine.snapshot()), [...left].sort());
        assert.deepEqual(await machine.allFiles(), fixedFiles(before, fixed));
      });
      assert.deepEqual(undo.notices, []);
      assert.deepEqual(await machine.allFiles(), before);
    }),
  );
}

function codesOf(snapshot: Snapshot): string[] {
  return diagnose(snapshot)
    .map(({ code }) => code)
    .sort();
}

/** A mark is a text that stands in the file once, or the part of it between « and ». */
async function rangeOfMark(
  machine: Machine,
  [file, mark]: readonly [file: string, mark: string],
): Promise<FindingRange | undefined> {
  if (mark === "") return undefined;
  const [, before = "", marked = mark, after = ""] = /^(.*)«(.*)»(.*)$/s.exec(mark) ?? [];
  const [start = "", ...rest] = (await machine.read(file)).split(before + marked + after);
  assert.equal(rest.length, 1, `${mark} stands in ${file} once`);
  const lines = (start + before).split("\n");
  const [line, column] = [lines.length - 1, lines.at(-1)?.length ?? 0];
  return { line, column, endLine: line, endColumn: column + marked.length };
}

function lineStart(line: number): FindingRange {
  return { line, column: 0, endLine: line, endColumn: 0 };
}

function fixedFiles(before: Files, fixed: Readonly<Record<string, string | readonly Replacement[]>>): Files {
  const after = new Map(before);
  for (const [file, change] of Object.entries(fixed)) {
    after.set(file, typeof change === "string" ? change : replaced(before.get(file) ?? "", change));
  }
  return new Map([...after].sort());
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((result, [from, to]) => {
    assert.equal(result.split(from).length, 2, `${from} stands there once`);
    return result.replace(from, () => to);
  }, text);
}

/** Some show themselves in no words of a program, but only in what a person complains about. */
function isExplained(code: string, text: string): void {
  const [first] = rankCodes(meaningsOf(text, ENDPOINT), new Set());
  assert.equal(first, WITHOUT_WORDS.some((without) => without === code) ? undefined : code);
}

/** Whatever a rule finds has to be shown by a test. */
function isTestedElsewhere(code: string): void {
  const here = new URL("..", import.meta.url);
  const rules = textOf(new URL("../../../src/doctor/problems/", here), /(?<!words|symptoms|knowledge)\.ts$/);
  assert.ok(
    !rules.includes(`"${code}"`) || textOf(here, /\.test\.ts$/).includes(code),
    `no test names ${code}`,
  );
}

function textOf(folder: URL, name: RegExp): string {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(file));
  return files.map((file) => fs.readFileSync(new URL(file, folder), "utf8")).join("");
}
