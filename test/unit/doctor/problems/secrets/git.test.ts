import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { diagnose } from "../../../../../src/doctor/diagnose";
import type { Problem } from "../../../../../src/doctor/problem";
import { askByRunning } from "../../../../../src/editor/guard/runGit";
import { API_KEY, CODEX_FILES, Machine, opencodeConfig, OPENCODE_FILES } from "../../machine";

/** The real Git. */
const askGit = askByRunning(execFileSync("which", ["git"], { encoding: "utf8" }).trim());

const CONFIG = ".codex/config.toml";
const AUTH = ".codex/auth.json";

const git = (directory: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.test", ...args], { cwd: directory });

/** A home directory that is a Git work tree, as people with dotfiles have it. */
function inWorkTree(files: Record<string, string>, test: (machine: Machine) => Promise<void>): Promise<void> {
  return Machine.use({ files, askGit }, async (machine) => {
    git(machine.home, "init", "--quiet");
    await test(machine);
  });
}

async function secretsIn(machine: Machine): Promise<Problem[]> {
  return diagnose(await machine.snapshot()).filter(({ code }) => code === "secrets/file-not-ignored");
}

async function filesIn(machine: Machine): Promise<string[]> {
  return (await secretsIn(machine)).map((found) => path.relative(machine.home, found.path ?? ""));
}

describe("a credential file in a Git work tree", () => {
  it("is named when Git does not ignore it, and excluded by the fix", () =>
    inWorkTree({ ...CODEX_FILES, ...OPENCODE_FILES }, async (machine) => {
      assert.deepEqual(await filesIn(machine), [".codex/auth.json", ".config/tokenpool/api-key"]);
      for (let [found] = await secretsIn(machine); found; [found] = await secretsIn(machine)) {
        assert.equal(found.severity, "error");
        assert.ok(found.fix);
        await machine.apply(found.fix());
      }
      const excluded = (await machine.read(".git/info/exclude"))
        .split("\n")
        .filter((line) => !/^#|^$/.test(line));
      assert.deepEqual(excluded, ["/.codex/auth.json", "/.config/tokenpool/api-key"]);
    }));

  it("is left alone when it is ignored already", () =>
    inWorkTree({ ...CODEX_FILES, ".gitignore": "auth.json\n" }, async (machine) => {
      assert.deepEqual(await filesIn(machine), []);
    }));

  for (const [title, content] of [
    ["a key", JSON.stringify({ OPENAI_API_KEY: `sk-${"ef56".repeat(8)}` })],
    ["a login", JSON.stringify({ auth_mode: "chatgpt", OPENAI_API_KEY: null, tokens: { id_token: "x" } })],
  ] as const) {
    it(`is found in a project's own .codex with ${title}, before it is committed and after`, () =>
      Machine.use(
        { files: { "project/.codex/auth.json": content }, folders: ["project"], askGit },
        async (machine) => {
          const project = path.join(machine.home, "project");
          const codes = async () =>
            diagnose(await machine.snapshot()).map((found) => [
              found.code,
              path.relative(machine.home, found.path ?? ""),
            ]);
          assert.deepEqual(await codes(), [], "no Git");
          git(project, "init", "--quiet");
          assert.deepEqual(await codes(), [["secrets/file-not-ignored", "project/.codex/auth.json"]]);
          git(project, "add", "--all");
          git(project, "commit", "--quiet", "--message", "c");
          assert.deepEqual(await codes(), [["secrets/key-committed", "project/.codex/auth.json"]]);
        },
      ));
  }

  it("is nothing in a project's own .codex where it holds no key", () =>
    Machine.use(
      { files: { "project/.codex/auth.json": '{"OPENAI_API_KEY": ""}' }, folders: ["project"], askGit },
      async (machine) => {
        git(path.join(machine.home, "project"), "init", "--quiet");
        assert.deepEqual(diagnose(await machine.snapshot()), []);
      },
    ));

  it("is an error that no change fixes when Git tracks it", () =>
    inWorkTree(CODEX_FILES, async (machine) => {
      git(machine.home, "add", ".codex/auth.json");
      const [found] = await secretsIn(machine);
      assert.equal(found?.severity, "error");
      assert.equal(found.fix, undefined);
    }));

  it("is a key in a commit once it is committed, ignored or not", () =>
    inWorkTree({ ...CODEX_FILES, ".gitignore": "auth.json\n" }, async (machine) => {
      git(machine.home, "add", "--force", ".codex/auth.json");
      git(machine.home, "-c", "user.name=t", "-c", "user.email=t@t.test", "commit", "--quiet", "-m", "c");
      const found = diagnose(await machine.snapshot()).filter(({ code }) => code.startsWith("secrets/"));
      const auth = path.join(machine.home, ".codex/auth.json");
      assert.deepEqual(
        found.map(({ code, path: file }) => [code, file]),
        [["secrets/key-committed", auth]],
      );
    }));

  it("may be a configuration with a literal key, but not one with a reference", () =>
    inWorkTree(
      { ".config/opencode/opencode.json": opencodeConfig({}, { apiKey: API_KEY }) },
      async (machine) => {
        assert.deepEqual(await filesIn(machine), [".config/opencode/opencode.json"]);
      },
    ));

  it("is excluded by a pattern that names nothing else", () =>
    Machine.use(
      {
        files: { "a [1]*/config.toml": CODEX_FILES[CONFIG], "a [1]*/auth.json": CODEX_FILES[AUTH] },
        variables: { CODEX_HOME: "~/a [1]*" },
        askGit,
      },
      async (machine) => {
        git(machine.home, "init", "--quiet");
        const [found] = await secretsIn(machine);
        assert.ok(found?.fix);
        await machine.apply(found.fix());
        assert.deepEqual(await filesIn(machine), []);
        assert.match(git(machine.home, "status", "--short", "-uall").toString(), /config\.toml/);
      },
    ));

  it("is not looked for in other people's set-ups", () =>
    inWorkTree(
      {
        ".codex/auth.json": JSON.stringify({ tokens: { access_token: "access" } }),
        ".config/opencode/opencode.json": JSON.stringify({
          provider: { openai: { options: { baseURL: "https://elsewhere.example", apiKey: "abc" } } },
        }),
      },
      async (machine) => {
        assert.deepEqual(await filesIn(machine), []);
      },
    ));

  it("cannot be told without Git", () =>
    Machine.use({ files: CODEX_FILES }, async (machine) => {
      assert.equal((await machine.snapshot()).git, undefined);
    }));
});
