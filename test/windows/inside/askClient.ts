import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** The real ones. */
export const PROGRAMS = {
  codex: "Z:\\runtime\\codex-bin\\vendor\\x86_64-pc-windows-msvc\\bin\\codex.exe",
  opencode: "Z:\\runtime\\opencode-windows-x64\\bin\\opencode.exe",
};

/** A whole answer takes seconds; a client that retries must not hold up the run. */
const ANSWER_LIMIT_MS = 120_000;

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
}

/** Output goes through files: Windows programs of all kinds can write these under Wine. */
export function ask(
  program: string,
  args: readonly string[],
  home: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const local = path.join(home, "AppData", "Local", "Temp");
  const work = path.join(home, "work");
  for (const folder of [local, work, path.join(home, "AppData", "Roaming")])
    fs.mkdirSync(folder, { recursive: true });
  const [input, output, errors] = ["in", "out", "err"].map((name) => path.join(local, name)) as [
    string,
    string,
    string,
  ];
  const files = [fs.openSync(input, "w+"), fs.openSync(output, "w"), fs.openSync(errors, "w")];
  const env = {
    SystemRoot: process.env.SystemRoot,
    SystemDrive: "C:",
    PATH: "C:\\windows\\system32;C:\\windows",
    PATHEXT: ".COM;.EXE;.BAT;.CMD",
    ComSpec: process.env.ComSpec,
    USERPROFILE: home,
    APPDATA: path.join(home, "AppData", "Roaming"),
    LOCALAPPDATA: path.join(home, "AppData", "Local"),
    TEMP: local,
    TMP: local,
    // The simulator speaks plain HTTP; whatever a program wants from elsewhere ends at a closed port.
    HTTPS_PROXY: "http://127.0.0.1:1",
    OPENCODE_DISABLE_MODELS_FETCH: "1",
    OPENCODE_DISABLE_AUTOUPDATE: "1",
    npm_config_registry: "http://127.0.0.1:1/",
    ...more,
  };
  const child = spawn(program, args, { cwd: work, env, stdio: files });
  const end = setTimeout(() => child.kill(), ANSWER_LIMIT_MS);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      clearTimeout(end);
      for (const file of files) fs.closeSync(file);
      resolve({ stdout: fs.readFileSync(output, "utf8"), stderr: fs.readFileSync(errors, "utf8") });
    });
  });
}
