import assert from "node:assert/strict";
import * as fs from "node:fs";
import { meaningsOf, rankCodes } from "../../../../src/doctor/explain/explain";

/** What Codex and OpenCode printed against a real gateway; `right` is empty where nothing printed tells why. */
interface ClientLines {
  readonly state: string;
  readonly client: string;
  readonly right: readonly string[];
  readonly lines: readonly string[];
}

const FIXTURE = new URL("../../../fixtures/explain/clientLines.json", import.meta.url);
const RECORDED = JSON.parse(fs.readFileSync(FIXTURE, "utf8")) as readonly ClientLines[];
const HARMLESS = ["codex/ignored-setting", "codex/websocket-fallback"];

function codesFor(text: string): string[] {
  return rankCodes(meaningsOf(text, "https://api.clawto.link"), new Set());
}

describe("what the clients print against a real gateway", () => {
  for (const { state, client, right, lines } of RECORDED) {
    const line = lines.findLast((each) => /^(?:ERROR: (?!Reconnecting)|Error: )/.test(each));
    if (right.length > 0 && line !== undefined) {
      it(`${client}: ${state}, the line and the whole output`, () => {
        for (const text of [line, lines.join("\n")]) {
          const [first] = codesFor(text);
          assert.ok(first && right.includes(first), `${first ?? "nothing"} for ${text}`);
        }
      });
    } else {
      it(`${client}: ${state} tells nothing`, () => {
        assert.deepEqual(
          codesFor(lines.join("\n")).filter((code) => !HARMLESS.includes(code)),
          [],
        );
      });
    }
  }
});
