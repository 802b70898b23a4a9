import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { withTemporaryFolder } from "../../../../src/clients/machine/askProgram";
import { inspectClients } from "../../../../src/clients/registry";
import { startChecks } from "../../../../src/editor/diagnosis/startChecks";

/** Starts only with the catalogue, and says why not. */
const CODEX = `#!/bin/sh
if [ -e "$CODEX_HOME/models.json" ]; then echo "Not logged in" >&2; else
echo "Error loading configuration: No such file or directory (os error 2)" >&2; fi
exit 1
`;

/** A home whose config.toml names a catalogue that is not there, and what is known of Codex in it. */
function inHome(
  test: (scene: {
    readonly home: string;
    readonly ask: () => Promise<boolean | undefined>;
    /** Begins to ask; what it returns tells what was said, as of files that a look sees only then. */
    readonly begin: () => () => Promise<boolean | undefined>;
    /** @param codexHome set by the user */
    readonly known: (codexHome?: string) => Promise<boolean | undefined>;
  }) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder(async (home) => {
    const folders = [".codex", "programs"].map((name) => path.join(home, name));
    for (const folder of folders) await fs.mkdir(folder);
    await fs.writeFile(path.join(home, ".codex/config.toml"), 'model_catalog_json = "models.json"\n');
    await fs.writeFile(path.join(home, "programs/codex"), CODEX, { mode: 0o755 });
    const environmentOf = (codex = "") => ({
      fs,
      variables: { PATH: `${path.join(home, "programs")}:/usr/bin:/bin` },
      homeDirectory: home,
      platform: process.platform,
      configuredDirectory: { codex, opencode: "" },
    });
    const environment = environmentOf();
    const states = () => inspectClients(environment, "");
    await test({
      home,
      ask: async () =>
        (await startChecks.asking(environment, ["codex"], "")(await states(), fs)).codex?.starts,
      begin: () => {
        const said = startChecks.asking(environment, ["codex"], "");
        return async () => (await said(await states(), fs)).codex?.starts;
      },
      known: async (codexHome) => {
        const there = environmentOf(codexHome);
        return (await startChecks.known(there)(await inspectClients(there, ""), fs)).codex?.starts;
      },
    });
  });
}

describe("what a client said of its configuration", () => {
  it("holds until a file changes", () =>
    inHome(async ({ home, ask, known }) => {
      assert.equal(await known(), undefined, "nobody has asked");
      assert.equal(await ask(), false);
      assert.equal(await known(), false);
      await fs.appendFile(path.join(home, ".codex/config.toml"), "# x\n");
      assert.equal(await known(), undefined);
    }));

  it("is asked for before anybody waits for it", () =>
    inHome(async ({ begin, known }) => {
      const said = begin();
      while ((await known()) === undefined);
      assert.equal(await said(), false);
    }));

  it("is nothing of files that a look then finds otherwise", () =>
    inHome(async ({ home, begin, known }) => {
      const said = begin();
      while ((await known()) === undefined);
      await fs.appendFile(path.join(home, ".codex/config.toml"), "# x\n");
      assert.equal(await said(), undefined);
    }));

  it("is nothing where a file that the configuration names came while the client was thinking", () =>
    inHome(async ({ home, ask }) => {
      // Says that it thinks, until it is allowed to go on.
      const [thinks, goesOn] = ["thinks", "goes-on"].map((name) => path.join(home, name)) as [string, string];
      const waiting = `: > "${thinks}"; while [ ! -e "${goesOn}" ]; do sleep 0.05; done`;
      await fs.writeFile(path.join(home, "programs/codex"), CODEX.replace("\n", `\n${waiting}\n`));
      const said = ask();
      while (!(await fs.readdir(home)).includes("thinks"));
      await fs.writeFile(path.join(home, ".codex/models.json"), "{}");
      await fs.writeFile(goesOn, "");
      assert.equal(await said, undefined);
    }));

  it("does not hold any more when another program is there in its place", () =>
    inHome(async ({ home, ask, known }) => {
      assert.equal(await ask(), false);
      await fs.writeFile(path.join(home, "programs/codex"), `${CODEX}# newer\n`);
      assert.equal(await known(), undefined);
    }));

  it("does not hold for another home that says the same: its places are not there", () =>
    inHome(async ({ home, ask, known }) => {
      assert.equal(await ask(), false);
      const other = path.join(home, "other");
      await fs.cp(path.join(home, ".codex"), other, { recursive: true });
      assert.equal(await known(other), undefined);
      assert.equal(await known(), false);
    }));

  it("does not hold any more when a file that the configuration names is there", () =>
    inHome(async ({ home, ask, known }) => {
      assert.equal(await ask(), false);
      await fs.writeFile(path.join(home, ".codex/models.json"), "{}");
      assert.equal(await known(), undefined);
      assert.equal(await ask(), true);
      await fs.writeFile(path.join(home, ".codex/models.json"), "{ }");
      assert.equal(await known(), undefined, "the file says something else");
      await ask();
      await fs.rm(path.join(home, ".codex/models.json"));
      assert.equal(await known(), undefined, "the file is gone");
    }));
});
