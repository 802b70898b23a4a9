import assert from "node:assert/strict";
import type { JournalEntry } from "../../../src/changes/store";
import { clientOf, CLIENTS } from "../../../src/clients/registry";

describe("the client of a change", () => {
  const entry: JournalEntry = { id: "1", time: "", title: "", state: "done", files: [] };

  it("is the one that the journal names", () => {
    for (const client of Object.values(CLIENTS))
      assert.equal(clientOf({ ...entry, client: client.id }), client);
  });

  it("is Codex for a change of several, so that its undo is looked at for a login", () => {
    assert.equal(clientOf(entry).id, "codex");
  });
});
