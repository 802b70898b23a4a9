import { readWrittenValues } from "../../changes/history/writtenValues";
import { diagnose } from "../../doctor/diagnose";
import type { Problem } from "../../doctor/problem";
import { isDrift } from "../../doctor/problems/codex/use/drift";
import { readClientUse } from "./clientUse";
import { lookAtFiles } from "../diagnosis";
import type { Services } from "../services";
import type { ClientStatus, Drift } from "./statusTooltip";

/** What the status bar tells of the clients. Starts no program. */
export async function readClientStatus(services: Services): Promise<ClientStatus> {
  const use = await readClientUse(services.environment());
  return { use, drift: await readDrift(services) };
}

async function readDrift(services: Services): Promise<Drift[]> {
  // Nobody can have changed what we never wrote.
  if ((await readWrittenValues(services.changes)).length === 0) return [];
  return diagnose(await lookAtFiles(services))
    .filter(isDrift)
    .map(toDrift);
}

function toDrift({ code, path, message, fix }: Problem): Drift {
  return { code, message, ...(path !== undefined && { path }), ...(fix && { fixTitle: fix().title }) };
}
