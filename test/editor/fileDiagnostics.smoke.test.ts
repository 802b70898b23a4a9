import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

describe("problems in a file that OPENCODE_CONFIG names", () => {
  const before = process.env.OPENCODE_CONFIG;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "opencode-config-"));
  after(() => {
    if (before === undefined) delete process.env.OPENCODE_CONFIG;
    else process.env.OPENCODE_CONFIG = before;
    fs.rmSync(folder, { recursive: true });
  });

  it("are marked, whatever the file's name is", async () => {
    const file = path.join(folder, "mine.json");
    const text = '{ "provider": { "tokenpool": { "options": { "baseURL": "https://tokenpool.dev" } } } }';
    fs.writeFileSync(file, text);
    process.env.OPENCODE_CONFIG = file;
    const uri = vscode.Uri.file(file);
    const marked = new Promise<vscode.Diagnostic[]>((resolve) => {
      const registration = vscode.languages.onDidChangeDiagnostics(() => {
        const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "TokenPool");
        if (found.length === 0) return;
        registration.dispose();
        resolve(found);
      });
    });
    const document = await vscode.workspace.openTextDocument(uri);
    const [first] = await marked;
    assert.equal((first?.code as { value: string }).value, "endpoint/website");
    assert.equal(first && document.getText(first.range), '"https://tokenpool.dev"');
  });
});
