import { describeUsage } from "../../gateway/usage/usageText";
import type { EndpointResult } from "../../health/probe/checkEndpoint";
import type { HealthReport } from "../../health/report";
import { describeHealth } from "../../health/texts";
import type { EndpointHealth } from "../status/endpointHealth";

/** Keys that are asked for at a time. */
const AT_A_TIME = 4;

/** States that say something of the key; any other would be said of all the others again. */
const ABOUT_KEY: readonly HealthReport["state"][] = [
  ...(["ok", "slow", "degraded", "unauthorized", "noQuota", "rateLimited"] as const),
];

/**
 * Asks the gateway what each key has left, because somebody is about to choose one: models, then usage. Never in the
 * background, and no longer than anybody looks. At the chosen endpoint alone, where the key in use goes anyway; the others
 * go there only after that one was answered as a key: an address that is wrong, or in strange hands, sees no more than one.
 * @param apiKeys the one in use first
 * @param told gets a sentence for each key that was asked
 * @returns whether further keys may be sent there
 */
export async function askWhatIsLeft(
  health: Pick<EndpointHealth, "probeKey">,
  apiKeys: readonly string[],
  told: (apiKey: string, sentence: string) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const waiting = [...apiKeys];
  let isTrusted = true;
  const askNext = async (): Promise<void> => {
    const apiKey = waiting.shift();
    const result = apiKey === undefined ? undefined : await health.probeKey(apiKey, signal);
    if (result && !signal.aborted && !ABOUT_KEY.includes(result.report.state)) isTrusted = false;
    if (!result || signal.aborted || !isTrusted) waiting.length = 0;
    if (apiKey !== undefined && result && !signal.aborted) told(apiKey, sentenceOf(result));
  };
  const askOn = async (): Promise<void> => {
    while (waiting.length > 0) await askNext();
  };
  await askNext();
  await Promise.all(Array.from({ length: AT_A_TIME }, askOn));
  return isTrusted;
}

function sentenceOf({ report, findings }: EndpointResult): string {
  if (report.state === "noQuota") return describeHealth(report, findings.usedUp);
  const left = report.state === "unauthorized" || !findings.usage ? [] : describeUsage(findings.usage);
  return left.length > 0 ? left.join(" · ") : describeHealth(report);
}
