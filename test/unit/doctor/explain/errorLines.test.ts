import assert from "node:assert/strict";
import { rankCodes } from "../../../../src/doctor/explain/explain";
import { messagesOf } from "../../../../src/doctor/explain/decoration";
import { errorLines } from "../../../../src/doctor/explain/errorLines";

describe("the message of a line", () => {
  for (const [decorated, plain] of [
    ["\u001b[31mERROR:\u001b[0m no quota", "no quota"],
    ["\u001b[1;38;5;9mno quota\u001b[K", "no quota"],
    ["  ■ no quota  ", "no quota"],
    ["│ ⚠ no quota", "no quota"],
    ["> > Error: no quota", "no quota"],
    ["2026-11-23T10:00:00.123456Z ERROR codex_core::session::turn: no quota", "no quota"],
    ["2026-11-23T10:00:00Z  WARN codex_core::client: no quota", "no quota"],
    ["Nov 23 10:00:00 laptop codex[4711]: no quota", "no quota"],
    ["Nov  3 10:00:00 laptop code-server: no quota", "no quota"],
    ["Error finding codex home: no quota", "no quota"],
    ["thread/start failed: no quota", "no quota"],
    ["Failed to load configuration: no quota", "no quota"],
    ["warning: stream error: no quota", "no quota"],
    ["AI_APICallError: no quota", "no quota"],
    ["Reconnecting... 2/5 (no quota)", "no quota)"],
    ["no ERROR: no quota", "no ERROR: no quota"],
    ["codex_core: no quota", "codex_core: no quota"],
  ] as const) {
    it(`is what is left without all that stands before it: ${JSON.stringify(decorated)}`, () =>
      assert.deepEqual(errorLines(decorated).flatMap(messagesOf).at(-1), plain));
  }

  it("is looked for below eight layers and no more", () => {
    assert.equal(messagesOf(`${"Error: ".repeat(8)}x`).at(-1), "x");
    assert.equal(messagesOf(`${"Error: ".repeat(9)}x`).at(-1), "Error: x");
  });
});

describe("the lines of an error text", () => {
  it("are there once, and not where nothing is", () => {
    assert.deepEqual(errorLines("a\r\n\n  \na\nb\n"), ["a", "b"]);
  });

  it("are the last thousand, each cut", () => {
    const lines = Array.from({ length: 1_001 }, (_, index) => `line ${index}`);
    assert.deepEqual(errorLines(lines.join("\n")), lines.slice(1));
    assert.deepEqual(errorLines("x".repeat(2_001)), ["x".repeat(2_000)]);
  });
});

describe("codes for what an error text means", () => {
  const meaning = {
    codes: ["network/dns", "network/unreachable"],
    ifFound: ["network/stale-ca-file"],
  } as const;
  const ranked = (...found: string[]) => rankCodes([meaning], new Set(found));

  it("stand in the order of the meaning, without causes that only this machine could have", () => {
    assert.deepEqual(ranked(), ["network/dns", "network/unreachable"]);
  });

  it("begin with what is found on this machine", () => {
    assert.deepEqual(ranked("network/unreachable"), ["network/unreachable", "network/dns"]);
    assert.deepEqual(ranked("network/stale-ca-file", "network/unreachable"), [
      "network/stale-ca-file",
      "network/unreachable",
      "network/dns",
    ]);
  });

  it("are there once, at their first place, and never before a more special meaning", () => {
    const special = { codes: ["key/malformed"] } as const;
    assert.deepEqual(rankCodes([special, meaning, special], new Set(["network/dns"])), [
      "key/malformed",
      "network/dns",
      "network/unreachable",
    ]);
  });
});
