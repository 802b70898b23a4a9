import type { ClientEnvironment } from "../../../clients/client";
import { inspectClients } from "../../../clients/registry";
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
  const states = Object.values(await inspectClients(environment, chosen));
  const { fs } = environment;
  return secretProblems({
    apiKey,
    git: await inspectGit(askGit, fs, credentialFiles(states, apiKey)),
    keyLeaks: await readLeakedFiles(fs, askGit, places, apiKey),
  });
}
