import assert from "node:assert/strict";
import { diagnose } from "../../../src/doctor/diagnose";
import { meaningsOf } from "../../../src/doctor/explain/explain";
import type { ProblemCode } from "../../../src/doctor/problems/knowledge";
import { countSteps } from "../steps";
import { withinTenSeconds } from "../watchdog";
import { codexConfig, CODEX_FILES, ENDPOINT, Machine, type MachineState, opencodeConfig } from "./machine";

const OPENCODE = ".config/opencode/opencode.json";

/** A wrong address at TokenPool for each, so that each is a problem with a place. */
const providers = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `p${index}`,
      { options: { baseURL: `${ENDPOINT}/wrong` }, models: { m: { name: `M${index}` } } },
    ]),
  );

const thieves = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `p${index}`,
      { options: { apiKey: "{file:~/.config/tokenpool/api-key}" } },
    ]),
  );

const tables = (count: number, lines: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => lines(index)).join("");

/** Files that have as much as they can of what is looked at one by one. */
const GROWING: Readonly<
  Record<string, { readonly state: (count: number) => MachineState; readonly finds?: ProblemCode }>
> = {
  "providers of OpenCode with a wrong address": {
    state: (count) => ({ files: { [OPENCODE]: opencodeConfig({ provider: providers(count) }) } }),
    finds: "endpoint/too-much-path",
  },
  "providers in a project's file": {
    state: (count) => ({
      files: { "project/opencode.json": opencodeConfig({ provider: providers(count) }) },
      folders: ["project"],
    }),
  },
  "providers in a project's file that take the key": {
    state: (count) => ({
      files: { "project/opencode.json": opencodeConfig({ provider: thieves(count) }) },
      folders: ["project"],
    }),
    finds: "opencode/project-overrides",
  },
  "values that a stronger file of OpenCode replaces": {
    state: (count) => ({
      files: {
        [OPENCODE]: opencodeConfig({}, numbered(count, 0)),
        [`${OPENCODE}c`]: opencodeConfig({}, numbered(count, 1)),
      },
    }),
    finds: "opencode/two-global-files",
  },
  "names that stand twice": {
    state: (count) => ({
      files: {
        [OPENCODE]: `{ ${tables(count, (index) => `"model": "tokenpool/${index}",\n`)} "model": "tokenpool/x" }`,
      },
    }),
    finds: "opencode/duplicate-key",
  },
  "placeholders that never end": {
    state: (count) => ({
      files: { [OPENCODE]: JSON.stringify({ a: "{file:".repeat(count), b: "{env:".repeat(count) }) },
    }),
  },
  "placeholders that lead nowhere": {
    state: (count) => ({
      files: { [OPENCODE]: opencodeConfig({ list: Array.from({ length: count }, () => "{file:nowhere}") }) },
    }),
    finds: "client/missing-file",
  },
  "providers of Codex with a wrong address": {
    state: (count) => ({
      files: {
        ...CODEX_FILES,
        ".codex/config.toml": codexConfig({
          more: tables(count, (index) => `[model_providers.p${index}]\nbase_url = "${ENDPOINT}/wrong"\n`),
        }),
      },
    }),
    finds: "endpoint/too-much-path",
  },
  "empty lines in .env": {
    state: (count) => ({ files: { ...CODEX_FILES, ".codex/.env": `${"\n".repeat(count * 20)}A=b\n` } }),
  },
};

function numbered(count: number, first: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, first + index]));
}

describe("work that grows no faster than what is looked at", () => {
  for (const [title, { state, finds }] of Object.entries(GROWING)) {
    it(title, async () => {
      const steps = async (count: number) =>
        Machine.use(state(count), async (machine) => {
          let found: readonly string[] = [];
          const counted = await countSteps(async () => {
            const snapshot = await machine.snapshot();
            found = withinTenSeconds(() => diagnose(snapshot).map(({ code }) => code));
          });
          if (finds !== undefined) assert.ok(found.includes(finds), found.join());
          return counted;
        });
      const [few, many] = [await steps(500), await steps(1_000)];
      assert.ok(many < few * 2.3, `${few} steps for half as much, ${many} for all`);
    });
  }

  it("reads every character of a file only a few times, however many problems it has", async () => {
    const state = { files: { [OPENCODE]: opencodeConfig({ provider: providers(3_000) }) } };
    await Machine.use(state, async (machine) => {
      const { length } = await machine.read(OPENCODE);
      const counted = await countSteps(async () => diagnose(await machine.snapshot()));
      assert.ok(counted < 20 * length, `${counted} steps for ${length} characters`);
    });
  });
});

describe("a text to explain", () => {
  const hostile: Readonly<Record<string, string>> = {
    "half a body on every line": "\n{".repeat(50_000),
    "another half body on every line": tables(15_000, (index) => `{${index}\n`),
    "one long line": `ERROR: ${"model ".repeat(100_000)}`,
    blanks: " ".repeat(1_000_000),
    "an address that never ends": `url: https://${"a".repeat(1_000_000)}`,
  };
  for (const [title, text] of Object.entries(hostile)) {
    it(`is read in time: ${title}`, () => {
      assert.deepEqual(
        withinTenSeconds(() => meaningsOf(text, ENDPOINT)),
        [],
      );
    });
  }
});
