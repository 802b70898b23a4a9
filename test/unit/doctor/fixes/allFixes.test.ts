import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import type { FileSystem } from "../../../../src/changes/disk/userFile";
import { isUnchanged, prepareChange } from "../../../../src/changes/prepare";
import { type AllFixes, isPartOfAll, planAllFixes } from "../../../../src/doctor/fixes/allFixes";
import { diagnose } from "../../../../src/doctor/diagnose";
import type { Problem } from "../../../../src/doctor/problem";
import { takeSnapshot } from "../../../../src/doctor/snapshot/snapshot";
import { ELEVEN_PROBLEMS } from "../elevenProblems";
import { API_KEY, CODEX_FILES, ENDPOINT, Machine, type MachineState, OPENCODE_FILES } from "../machine";
import { isMachineCase } from "../problems/problemCase";
import { PROBLEM_CASES } from "../problems/table";

const problemsOf = async (machine: Machine) => diagnose(await machine.snapshot());

async function planAll(machine: Machine): Promise<AllFixes> {
  const sources = machine.sources();
  const { environment } = sources;
  const lookAt = async (fs: FileSystem) =>
    diagnose(await takeSnapshot({ ...sources, environment: { ...environment, fs } }));
  return planAllFixes(environment.fs, await problemsOf(machine), lookAt);
}

async function fixAll(machine: Machine): Promise<void> {
  for (const plan of (await planAll(machine)).plans) await machine.apply(plan);
}

/** Presses one button after the other, until none of them changes anything. */
async function fixOneByOne(machine: Machine): Promise<void> {
  for (let presses = 0; presses < 50; presses++) {
    if (!(await fixFirst(machine, await problemsOf(machine)))) return;
  }
}

async function fixFirst(machine: Machine, problems: readonly Problem[]): Promise<boolean> {
  for (const { fix } of problems.filter(isPartOfAll)) {
    const prepared = await prepareChange(machine.sources().environment.fs, fix());
    if (isUnchanged(prepared)) continue;
    await machine.apply(prepared.plan);
    return true;
  }
  return false;
}

async function filesAfter(state: MachineState, change: (machine: Machine) => Promise<void>) {
  return Machine.use(state, async (machine) => {
    await change(machine);
    // The home directory has another name each time.
    return [...(await machine.allFiles())].map(([name, text]) => [name, text.replaceAll(machine.home, "~")]);
  });
}

describe("all fixes in one change", () => {
  it("leave none of eleven problems, and none that shows only after the first", () =>
    Machine.use(ELEVEN_PROBLEMS, async (machine) => {
      const before = await problemsOf(machine);
      assert.equal(before.length, 11);
      assert.ok(before.every(({ code }) => code !== "codex/model-migrated"));
      const { fixed } = await planAll(machine);
      assert.ok(fixed.some(({ code }) => code === "codex/model-migrated"));
      await fixAll(machine);
      assert.deepEqual(
        (await problemsOf(machine)).map(({ code }) => code),
        [],
      );
      const config = await machine.read(".codex/config.toml");
      assert.ok(config.startsWith("# mine\n") && config.includes("[mcp_servers.mine]"));
    }));

  it("are one plan for each client, the credential first, and name what they fix", () =>
    Machine.use(ELEVEN_PROBLEMS, async (machine) => {
      const { plans } = await planAll(machine);
      const short = (path: string) => path.slice(machine.home.length + 1);
      assert.deepEqual(
        plans.map(({ client, title, files }) => [client, title, files.map(({ path }) => short(path))]),
        [
          ["codex", "Fix all problems of Codex", [".codex/auth.json", ".codex/config.toml"]],
          [
            "opencode",
            "Fix all problems of OpenCode",
            [".config/tokenpool/api-key", ".config/opencode/opencode.json", ".config/opencode/config.json"],
          ],
        ],
      );
      assert.ok(plans[0]?.notices.includes("Fixes: API key found in config.toml."));
    }));

  it("write nothing while they are planned", () =>
    Machine.use(ELEVEN_PROBLEMS, async (machine) => {
      const before = await machine.allFiles();
      await planAll(machine);
      assert.deepEqual(await machine.allFiles(), before);
    }));

  it("leave a file alone at the undo that could not be read before, where it was written since", () => {
    const text = CODEX_FILES[".codex/config.toml"].replace(ENDPOINT, `${ENDPOINT}/v1/responses`);
    const config = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, "utf16le")]);
    return Machine.use({ files: { ...CODEX_FILES, ".codex/config.toml": config } }, async (machine) => {
      const [plan, ...others] = (await planAll(machine)).plans;
      assert.ok(plan && others.length === 0);
      const file = `${machine.home}/.codex/config.toml`;
      const undo = await machine.applyAndUndo(plan, () => fs.appendFile(file, "[notice]\n"));
      assert.deepEqual([undo.files, undo.notices], [[], [`Left alone in ${file}, changed since: ${file}`]]);
      assert.match(await machine.read(".codex/config.toml"), /^base_url = "https:\/\/api\.clawto\.link"$/m);
    });
  });

  it("come to an end where two fixes undo each other", () =>
    Machine.use(ELEVEN_PROBLEMS, async (machine) => {
      const [found] = await problemsOf(machine);
      assert.ok(found);
      const path = `${machine.home}/.codex/config.toml`;
      let value = 0;
      const endless = (): Problem => {
        const edits = [{ kind: "set", path: ["model"], value: String(value++) } as const];
        const file = { kind: "edit", path, format: "toml", credential: false, edits } as const;
        return { ...found, fix: () => ({ title: "", notices: [], files: [file] }) };
      };
      const { fixed, plans } = await planAllFixes(machine.store.fs, [endless()], () =>
        Promise.resolve([endless()]),
      );
      assert.equal(fixed.length, 50);
      const [plan] = plans;
      const written = await machine.apply(plan ?? assert.fail());
      assert.equal(written?.files[0]?.edits.length, 1, "the journal names each key once");
    }));

  const repository = { workTree: "/", exclude: "/exclude", tracked: false, committed: false, ignored: false };
  const openai = { options: { baseURL: `${ENDPOINT}/v1`, apiKey: API_KEY } };
  const other = "sk-" + "ef56".repeat(16);
  const apart: Record<string, MachineState> = {
    "codex/key-differs": {
      files: {
        ...CODEX_FILES,
        ".codex/auth.json": JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: other }),
      },
      otherKeys: [other],
    },
    "opencode/key-differs": {
      files: { ...OPENCODE_FILES, ".config/tokenpool/api-key": `${other}\n` },
      otherKeys: [other],
    },
    "codex/bearer-token-overrides": {
      files: {
        ...CODEX_FILES,
        ".codex/config.toml": `${CODEX_FILES[".codex/config.toml"]}experimental_bearer_token = "${other}"\n`,
      },
      otherKeys: [other],
    },
    "codex/env-key-stale": {
      files: {
        ...CODEX_FILES,
        ".codex/config.toml": `${CODEX_FILES[".codex/config.toml"]}env_key = "SPARE_KEY"\n`,
      },
      variables: { SPARE_KEY: other },
      otherKeys: [other],
    },
    "secrets/file-not-ignored": { files: CODEX_FILES, askGit: () => Promise.resolve(repository) },
    "opencode/documented-openai-override": {
      files: { ".config/opencode/opencode.json": JSON.stringify({ provider: { openai } }) },
    },
  };
  for (const [code, state] of Object.entries(apart)) {
    it(`are never what acts for Git, is only a proposal or takes another of the user's keys: ${code}`, () =>
      Machine.use(state, async (machine) => {
        const found = (await problemsOf(machine)).find((each) => each.code === code);
        assert.ok(found?.fix, "it has a button of its own");
        assert.deepEqual(await planAll(machine), { plans: [], fixed: [] });
      }));
  }

  it("leave Codex another of the stored keys, also where they write its configuration anew", async () => {
    const files = {
      ".codex/config.toml": `model = "gpt-5.5"\nbase_url = "${ENDPOINT}"\nwire_api = "responses"\n`,
      ".codex/auth.json": JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: other }),
    };
    const after = await filesAfter({ files, otherKeys: [other] }, fixAll);
    const textOf = (name: string) => after.find(([each]) => each === name)?.[1] ?? "";
    assert.match(textOf(".codex/config.toml"), /^model_provider = "OpenAI"$/m);
    assert.ok(textOf(".codex/auth.json").includes(other));
  });

  for (const [code, cases] of Object.entries(PROBLEM_CASES)) {
    for (const each of cases.filter(isMachineCase).filter(({ fixed }) => fixed)) {
      it(`write what the fixes do one after the other: ${code}, ${each.title}`, async () => {
        assert.deepEqual(await filesAfter(each, fixAll), await filesAfter(each, fixOneByOne));
      });
    }
  }

  it("write what the fixes do one after the other: eleven problems", async () => {
    assert.deepEqual(
      await filesAfter(ELEVEN_PROBLEMS, fixAll),
      await filesAfter(ELEVEN_PROBLEMS, fixOneByOne),
    );
  });
});
