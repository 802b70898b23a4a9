import type { ClientEnvironment } from "../../../clients/client";
import { inspectCodex } from "../../../clients/codex/state/state";
import { inspectOpencode } from "../../../clients/opencode/state/state";
import type { BaseUrlCheck } from "../../../gateway/endpoints";
import { credentialFiles } from "./credentialFiles";
import { inspectGit, type AskGit } from "./gitFacts";
import { readLeakedFiles } from "./leakedFiles";
import type { KeyPlace } from "./keySearch";
import type { Problem } from "../../problem";
import { secretProblems } from "./rules";

/** A look at secrets alone, without asking programs for their versions: cheap enough for every save. */
export async function findSecretProblems(
  environment: ClientEnvironment,
  askGit: AskGit | undefined,
  baseUrl: BaseUrlCheck,
  places: readonly KeyPlace[],
  apiKey: string,
): Promise<Problem[]> {
  const chosen = baseUrl.valid ? baseUrl.baseUrl : "";
  const [codex, opencode] = await Promise.all([
    inspectCodex(environment, chosen),
    inspectOpencode(environment, chosen),
  ]);
  const { fs } = environment;
  return secretProblems({
    apiKey,
    git: await inspectGit(askGit, fs, credentialFiles(codex, opencode, apiKey)),
    keyLeaks: await readLeakedFiles(fs, askGit, places, apiKey),
  });
}
