import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { isFixable } from "./problemCase";
import { PROBLEM_CASES } from "./table";
import { KNOWLEDGE } from "../../../../src/doctor/problems/knowledge";

const SOURCE = new URL("../../../../src/", import.meta.url).pathname;
const CODE = /"((?:key|account|network|endpoint|gateway|codex|opencode|client|secrets)\/[a-z][a-z\d-]+)"/g;

function codesBelow(folder: string): string[] {
  const files = fs.readdirSync(path.join(SOURCE, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [...fs.readFileSync(path.join(SOURCE, folder, file), "utf8").matchAll(CODE)])
    .map(([, code = ""]) => code);
}

describe("the knowledge base", () => {
  it("explains every code that gateway, health and clients name", () => {
    const named = new Set(["gateway", "health", "clients"].flatMap(codesBelow));
    assert.ok(named.size > 20, "the search finds codes");
    assert.deepEqual([...named].filter((code) => !Object.hasOwn(KNOWLEDGE, code)).sort(), []);
  });

  it("names every change that fixes something by what it does", () => {
    const fixable = Object.entries(PROBLEM_CASES).filter(([, cases]) => cases.some(isFixable));
    assert.ok(fixable.length > 40, "the cases are read");
    // Of these the change is named after its file.
    const named = fixable.filter(([code]) => !code.startsWith("secrets/"));
    const nameless = named.filter(([code]) => KNOWLEDGE[code]?.does === undefined);
    assert.deepEqual(
      nameless.map(([code]) => code),
      [],
    );
    for (const { does } of Object.values(KNOWLEDGE)) if (does) assert.match(does(), /^[A-Z].{8,50}[^.]$/);
  });

  it("has a title, a cause and a fix for each, all different", () => {
    for (const [code, { title, cause, fix }] of Object.entries(KNOWLEDGE)) {
      const texts = [title(), cause(), fix()];
      assert.equal(new Set(texts).size, 3, code);
      assert.ok(
        texts.every((text) => text.length > 5),
        code,
      );
    }
    const titles = Object.values(KNOWLEDGE).map(({ title }) => title());
    assert.equal(new Set(titles).size, titles.length);
  });
});
