import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Secrets, servicesIn } from "../services";

const { areClientFiles, clientFiles } = await import("../../../../src/editor/machine/clientFiles");

describe("the clients' files", () => {
  let home: string;
  const environment = () => servicesIn(home, fs, new Secrets(undefined)).environment();
  beforeEach(async () => {
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "files-")));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  it("are those that a client reads, none of the same name elsewhere", async () => {
    const project = path.join(home, "site");
    await fs.mkdir(path.join(project, ".git"), { recursive: true });
    const isRead = await areClientFiles(environment(), [project]);
    const at = (name: string) => path.join(home, name);
    const read = [".codex/config.toml", ".codex/auth.json", ".config/opencode/config.json"];
    const ofProject = ["site/opencode.json", "site/.codex/config.toml"];
    for (const name of [...read, ...ofProject]) assert.ok(isRead(at(name)), name);
    const others = ["site/config.json", "site/config.toml", "site/auth.json", "other/opencode.json"];
    for (const name of others) assert.ok(!isRead(at(name)), name);
  });

  it("are known by the name behind a symbolic link too", async () => {
    await fs.mkdir(path.join(home, ".codex"));
    await fs.writeFile(path.join(home, "dotfiles.toml"), "");
    await fs.symlink(path.join(home, "dotfiles.toml"), path.join(home, ".codex/config.toml"));
    assert.ok((await areClientFiles(environment(), []))(path.join(home, "dotfiles.toml")));
  });

  it("are absolute, so that nothing else is ever watched", async () => {
    const { configs, credentials } = await clientFiles({
      ...environment(),
      variables: { XDG_DATA_HOME: "relative", OPENCODE_CONFIG: "relative", OPENCODE_CONFIG_CONTENT: "{}" },
    });
    assert.deepEqual(
      [...configs, ...credentials].filter((file) => !path.isAbsolute(file)),
      [],
    );
  });
});
