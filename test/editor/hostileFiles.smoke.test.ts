import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";

const HOME = process.env.HOME ?? "";

/** Every file of every client. */
const FILES = [
  ".codex/config.toml",
  ".codex/auth.json",
  ".codex/.env",
  ".config/opencode/opencode.json",
  ".config/opencode/opencode.jsonc",
  ".config/tokenpool/api-key",
  ".local/share/opencode/auth.json",
];

const DOUBLED =
  '{ "provider": { "x": {}, "tokenpool": {}, "tokenpool": {} }, "OPENAI_API_KEY": "a", "OPENAI_API_KEY": "b" }';

/** A folder stands in the place of the file. */
const FOLDER = Symbol("folder");

const HOMES: Readonly<Record<string, (file: string) => string | typeof FOLDER>> = {
  unreadable: () => FOLDER,
  broken: () => '{ "a" = [ \ufffd\0',
  doubled: (file) => (file.endsWith(".toml") ? "[a]\n[b]\n[a]\n" : DOUBLED),
  huge: (file) => (file.endsWith(".toml") ? `a = [${"1,".repeat(2_400_000)}]` : " ".repeat(4_900_000)),
  hostile: (file) =>
    file.endsWith(".toml") ? `${"a.".repeat(20_000)}b = 1` : `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
};

const clients = (command: string) =>
  ["codex", "opencode"].map((client) => [command, { client, confirm: false }] as const);

/** As another program calls them; a dialog would never come to an end here. */
const CALLS: readonly (readonly [command: string, argument: object])[] = [
  ["diagnose", { confirm: false }],
  ["copyReport", { confirm: false }],
  ["applyFix", { code: "codex/config-invalid", confirm: false }],
  ["applyFix", { path: path.join(HOME, FILES[0] ?? ""), confirm: false }],
  ["explainError", { text: "ERROR: Quota exceeded. Check your plan and billing details." }],
  ["configureCodex", { confirm: false }],
  ["configureOpenCode", { confirm: false }],
  ...clients("restoreConfiguration"),
  ...clients("removeConfiguration"),
];

describe("commands in a home of hostile files", () => {
  const written = FILES.map((file) => path.join(HOME, file));
  afterEach(() => {
    for (const file of written) fs.rmSync(file, { recursive: true, force: true });
  });

  for (const [title, contentOf] of Object.entries(HOMES)) {
    it(`answer with a result or a refusal: ${title}`, async () => {
      for (const [index, file] of written.entries()) {
        const content = contentOf(FILES[index] ?? "");
        fs.mkdirSync(content === FOLDER ? file : path.dirname(file), { recursive: true });
        if (content !== FOLDER) fs.writeFileSync(file, content);
      }
      for (const [command, argument] of CALLS) {
        const answer = await vscode.commands.executeCommand(`tokenpool.${command}`, argument);
        assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer, `${command} answers in plain JSON`);
        const { outcome } = answer as { outcome?: string };
        const mayBe = outcome === undefined || ["unchanged", "refused"].includes(outcome);
        assert.ok(mayBe, `${command} ${outcome ?? ""}`);
      }
    });
  }
});
