import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { FileFormat } from "../../../../src/changes/plan";
import { editJson } from "../../../../src/changes/document/json/editJson";
import type { KeyEdit } from "../../../../src/changes/document/edits/keyEdit";
import { Refusal } from "../../../../src/changes/refusal";
import { decode, encode } from "../../../../src/changes/document/sourceText";
import { editToml } from "../../../../src/changes/document/toml/editToml";
import { verifyEdit } from "../../../../src/changes/document/verifyEdit";

const FIXTURES = path.resolve("test/fixtures/edits");

/**
 * One folder per client file, and in it one folder per case: `before.*`, and what must come of it byte for
 * byte (`after.*`) or the refusal (`refusal.json`). The edits are those of the case's `edits.json`, else
 * the `configure.json` that the cases of a client share.
 */
const FORMATS: Readonly<Record<string, { readonly format: FileFormat; readonly extension: string }>> = {
  codex: { format: "toml", extension: "toml" },
  auth: { format: "json", extension: "json" },
  opencode: { format: "jsonc", extension: "jsonc" },
};

function edit(format: FileFormat, before: Uint8Array, edits: readonly KeyEdit[]): Uint8Array {
  const source = decode(before);
  const text =
    format === "toml"
      ? editToml(source.text, edits)
      : editJson(source.text, edits, { allowComments: format === "jsonc" });
  verifyEdit(format, source.text, text, edits);
  return encode({ ...source, text });
}

function readJsonFile(...names: string[]): unknown {
  return JSON.parse(fs.readFileSync(path.join(FIXTURES, ...names), "utf8"));
}

for (const [client, { format, extension }] of Object.entries(FORMATS)) {
  describe(`edits of ${client} files`, () => {
    for (const { name } of fs
      .readdirSync(path.join(FIXTURES, client), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())) {
      const file = (fileName: string) => path.join(FIXTURES, client, name, fileName);
      const before = fs.readFileSync(file(`before.${extension}`));
      const edits = (
        fs.existsSync(file("edits.json"))
          ? readJsonFile(client, name, "edits.json")
          : readJsonFile(client, "configure.json")
      ) as KeyEdit[];

      if (fs.existsSync(file("refusal.json"))) {
        it(`refuses: ${name}`, () => {
          assert.throws(
            () => edit(format, before, edits),
            (error) => {
              assert.ok(error instanceof Refusal);
              const { line, column } = error.where;
              assert.deepEqual(
                { code: error.code, line, column },
                readJsonFile(client, name, "refusal.json"),
              );
              return true;
            },
          );
        });
      } else {
        it(name, () => {
          const expected = fs.readFileSync(file(`after.${extension}`));
          const after = edit(format, before, edits);
          assert.equal(Buffer.from(after).toString(), expected.toString());
          assert.deepEqual(Buffer.from(after), expected, "byte for byte");
          assert.deepEqual(
            Buffer.from(edit(format, after, edits)),
            expected,
            "a second time nothing changes",
          );
          assert.deepEqual(Buffer.from(edit(format, before, [])), before, "without edits nothing changes");
        });
      }
    }
  });
}
