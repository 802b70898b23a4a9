import * as fs from "node:fs";
import * as path from "node:path";
import { SPARING_OPENCODE } from "../harness/clientPrograms";

/** What came of one question to a real client. */
export interface ClientRun {
  /** The question was answered. */
  readonly works: boolean;
  readonly output: string;
}

/** Options to start a client with: nothing of this machine is around it but a home directory and a network. */
export function hermetic(home: string, env: Readonly<Record<string, string>>) {
  const scratch = path.join(home, ".scratch");
  fs.mkdirSync(scratch, { recursive: true });
  return {
    cwd: scratch,
    env: {
      PATH: "/usr/bin:/bin",
      HOME: home,
      TMPDIR: scratch,
      OPENCODE_DISABLE_MODELS_FETCH: "1",
      ...SPARING_OPENCODE,
      npm_config_registry: "http://127.0.0.1:1/",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
  };
}
