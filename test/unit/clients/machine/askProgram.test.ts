import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { askProgram, withTemporaryFolder } from "../../../../src/clients/machine/askProgram";

/** Asks a shell script that may take no longer than a moment. */
function ask(folder: string, file: string) {
  const environment = {
    fs,
    variables: {},
    homeDirectory: folder,
    platform: "linux",
    configuredDirectory: { codex: "", opencode: "" },
    foreignFolders: [],
  } as const;
  const directories = ["/usr/bin", "/bin"];
  const place = { file, args: [], directories, workingDirectory: folder, variables: {} };
  return askProgram(environment, { ...place, limit: 100 });
}

describe("a program that is asked", () => {
  it("is ended at the limit, even where it does not heed that it shall end", () =>
    withTemporaryFolder(async (folder) => {
      const file = path.join(folder, "program");
      // Its own file is gone at the end of the test: so it does not stay, whatever comes of it.
      const script = `#!/bin/sh\ntrap '' TERM\nwhile [ -e "$0" ]; do sleep 0.1; done\n`;
      await fs.writeFile(file, script, { mode: 0o755 });
      assert.deepEqual(await ask(folder, file), { stdout: "", stderr: "", exitCode: undefined });
    }));
});
