import * as fs from "node:fs/promises";
import * as path from "node:path";
import { ANSWER_TEXT } from "../gateway/bodies";
import { clientProgram } from "../harness/clientPrograms";
import { run } from "../harness/run";
import { workingCodexConfig } from "../programs/brokenSetups";
import { codexAuth } from "../unit/doctor/machine";
import { type ClientRun, hermetic } from "./realClient";

/** Far beyond what any of its own limits leaves of it. */
export const PATIENCE_MS = 60_000;

const ARGUMENTS = [
  ...["exec", "--skip-git-repo-check"],
  // By default it waits without end for a network that is not there.
  ...["-c", "features.unbounded_connection_retries=false", "-c", "check_for_update_on_startup=false"],
  "say hi",
];

/** Asks the real Codex one question, without any second try. */
export async function askRealCodex(
  home: string,
  env: Readonly<Record<string, string>>,
  endpoint: string,
  apiKey: string,
  patienceMs = PATIENCE_MS,
): Promise<ClientRun> {
  const folder = path.join(home, ".codex");
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, "config.toml"), workingCodexConfig(endpoint));
  await fs.writeFile(
    path.join(folder, "auth.json"),
    codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: apiKey }),
  );
  const options = { ...hermetic(home, env), timeoutMs: patienceMs };
  const { stdout, stderr } = await run(await clientProgram("codex"), ARGUMENTS, options);
  return { works: stdout.includes(ANSWER_TEXT), output: stdout + stderr };
}
