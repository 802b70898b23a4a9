import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "./paths";
import { type RunResult, run } from "./run";
import { ensureRuntime } from "./runtimes";

const PROGRAMS = {
  codex: "codex-bin/vendor/x86_64-unknown-linux-musl/bin/codex",
  opencode: "opencode-linux-x64/bin/opencode",
};

/**
 * Variables that spare OpenCode more than half of its work, and change nothing of what it does with a configuration: a
 * catalogue of models with nothing in it instead of its own, which says nothing of providers that are described in the
 * configuration; and an engine that does without tidying up and its slowest compiler in a process of seconds.
 */
export const SPARING_OPENCODE = {
  OPENCODE_MODELS_PATH: path.join(ROOT, "test/fixtures/noModels.json"),
  BUN_JSC_useGC: "0",
  BUN_JSC_useFTLJIT: "0",
};

/** A whole answer takes a second; clients that retry for ever must not hold up the run. */
const ANSWER_LIMIT_MS = 60_000;

/** Makes a folder with the real `codex` and `opencode`, to be put on a PATH. */
export async function linkClientPrograms(folder: string): Promise<string> {
  const modules = await ensureRuntime("clients");
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, file] of Object.entries(PROGRAMS)) {
    fs.symlinkSync(path.join(modules, file), path.join(folder, name));
  }
  return folder;
}

/** Asks the real Codex, with nothing around it but this home directory. */
export async function askCodex(home: string, question: string): Promise<RunResult> {
  // For ever waiting for a network that a test took away would be Codex's default.
  const options = [
    "-c",
    "features.unbounded_connection_retries=false",
    "-c",
    "check_for_update_on_startup=false",
  ];
  return runCodex(home, ["exec", "--skip-git-repo-check", ...options, question]);
}

export async function runCodex(home: string, args: readonly string[]): Promise<RunResult> {
  return run(await clientProgram("codex"), args, hermetic(home));
}

/** Asks the real OpenCode, with nothing around it but this home directory. */
export async function askOpenCode(home: string, question: string, model?: string): Promise<RunResult> {
  return runOpenCode(home, ["run", question, ...(model ? ["-m", model] : [])]);
}

export async function runOpenCode(home: string, args: readonly string[]): Promise<RunResult> {
  return run(await clientProgram("opencode"), args, hermetic(home));
}

/** Where the real program lies. */
export async function clientProgram(name: keyof typeof PROGRAMS): Promise<string> {
  return path.join(await ensureRuntime("clients"), PROGRAMS[name]);
}

function hermetic(home: string) {
  const scratch = path.join(home, ".scratch");
  fs.mkdirSync(scratch, { recursive: true });
  return {
    cwd: scratch,
    timeoutMs: ANSWER_LIMIT_MS,
    env: {
      PATH: "/usr/bin:/bin",
      HOME: home,
      TMPDIR: scratch,
      // The simulator speaks plain HTTP; whatever a program wants from elsewhere ends at a closed port.
      HTTPS_PROXY: "http://127.0.0.1:1",
      // OpenCode would otherwise look for models and plugins on the network.
      OPENCODE_DISABLE_MODELS_FETCH: "1",
      ...SPARING_OPENCODE,
      npm_config_registry: "http://127.0.0.1:1/",
    },
  };
}
