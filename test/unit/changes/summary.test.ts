import assert from "node:assert/strict";
import type { PreparedFile } from "../../../src/changes/prepare";
import { summaryOf } from "../../../src/changes/summary";

const EVERYTHING_ELSE =
  "Everything else in the files stays, such as comments, MCP servers and other providers.";
const UNDO = "You can undo this at any time.";

describe("the summary of a change", () => {
  const file = (name: string, change: PreparedFile["change"], kind: "edit" | "replace" = "edit") => {
    const planned =
      kind === "edit"
        ? { kind, path: `/home/someone/${name}`, format: "toml" as const, edits: [], credential: false }
        : { kind, path: `/home/someone/${name}`, content: undefined, credential: false };
    return { planned, change, before: undefined, after: undefined };
  };
  const summary = (...files: PreparedFile[]) =>
    summaryOf([{ plan: { title: "t", files: [], notices: [] }, files }]);

  it("names what is created, and says of new files nothing that stays", () => {
    assert.deepEqual(summary(file("auth.json", "created"), file("config.toml", "created")), [
      "Creates auth.json, config.toml.",
      UNDO,
    ]);
  });

  it("says of an edited file that everything else stays", () => {
    assert.deepEqual(summary(file("auth.json", "created"), file("config.toml", "updated")), [
      "Creates auth.json.",
      "Changes config.toml.",
      EVERYTHING_ELSE,
      UNDO,
    ]);
  });

  it("says that of no file that is put back as a whole, and names no file that stays as it is", () => {
    assert.deepEqual(
      summary(file("config.toml", "updated", "replace"), file("api-key", "deleted"), file("a", "unchanged")),
      ["Changes config.toml.", "Deletes api-key.", UNDO],
    );
  });
});
