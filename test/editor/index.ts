import * as fs from "node:fs";
import * as path from "node:path";
import Mocha from "mocha";
import * as vscode from "vscode";

export interface SuiteResult {
  /** Versions of the VS Code and the Node the suite ran in. */
  readonly vscode: string;
  readonly node: string;
  readonly tests: readonly { readonly title: string; readonly error?: string }[];
}

/** What is run of a subset; `withKey.test.ts` halves itself between the first two. */
const ENDINGS: Readonly<Record<string, string>> = {
  first: ".test.cjs",
  second: "withKey.test.cjs",
  smoke: ".smoke.test.cjs",
};

/**
 * VS Code calls this inside the extension host, here and under @vscode/test-electron. The verdict goes to
 * the file that the environment names, because all a host gives back is an exit code.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 30_000, color: false });
  const ending = ENDINGS[process.env.TOKENPOOL_TEST_SUBSET ?? ""] ?? ".test.cjs";
  for (const file of fs.readdirSync(__dirname)) {
    if (file.endsWith(ending)) mocha.addFile(path.join(__dirname, file));
  }
  const tests: { title: string; error?: string }[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on("pass", (test) => tests.push({ title: test.fullTitle() }));
    runner.on("pending", (test) => tests.push({ title: test.fullTitle(), error: "skipped" }));
    runner.on("fail", (test, error: Error) =>
      tests.push({ title: test.fullTitle(), error: error.stack ?? String(error) }),
    );
  });
  const resultFile = process.env.TOKENPOOL_TEST_RESULT;
  const result: SuiteResult = { vscode: vscode.version, node: process.versions.node, tests };
  if (resultFile) fs.writeFileSync(resultFile, JSON.stringify(result));
  if (tests.length === 0) throw new Error("no test was executed");
  const failed = tests.filter(({ error }) => error !== undefined).length;
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed`);
}
