import assert from "node:assert/strict";
import * as fs from "node:fs";
import { CLIENT_IDS } from "../../src/clients/clientId";
import { ESSENTIAL } from "../mutation/sets";

/** The files that a pattern names, one of each list in it; those of a wildcard alone are none. */
function named(pattern: string): string[] {
  const [, before, list, after] = /^(.*?)(?:\{|!\()([^{}()]*)[})](.*)$/.exec(pattern) ?? [];
  if (list === undefined) return [pattern];
  return list.split(/[,|]/).flatMap((name) => named(`${before}${name}${after}`));
}

/** Else a file that was renamed would be counted no more, and nobody would hear of it. */
describe("what mutation tests must reach", () => {
  for (const [part, { mutate, tests }] of Object.entries(ESSENTIAL))
    it(`is there: ${part}`, () => {
      const patterns = [...mutate, ...tests.map((test) => test.replace(/^!/, ""))];
      const gone = patterns.flatMap(named).filter((file) => {
        const places = file.includes("**") ? [file.slice(0, file.indexOf("**"))] : placesOf(file);
        return !places.some((place) => fs.existsSync(new URL(`../../${place}`, import.meta.url)));
      });
      assert.deepEqual(gone, []);
    });
});

/** A star stands for a client, or for any file of a folder. */
function placesOf(file: string): string[] {
  if (file.includes("/*/")) return CLIENT_IDS.map((id) => file.replace("*", id));
  return [file.includes("*") ? file.slice(0, file.lastIndexOf("/")) : file];
}
