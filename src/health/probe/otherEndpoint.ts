import { ENDPOINTS } from "../../gateway/endpoints";
import type { HealthReport, HealthState } from "../report";
import type { Reachability } from "./reachability";

/** No connection came about, so the reason may lie with this machine. */
const NO_CONNECTION = ["network/dns", "network/unreachable"];

/** What the endpoint itself or the way to it may be the reason of; the other one may do better. */
const MAY_BE_ELSEWHERE: readonly HealthState[] = ["unreachable", "gatewayError", "blocked", "notAnApi"];

/** TokenPool's other endpoint; undefined beside an address of the user's own. */
export function otherEndpointOf(baseUrl: string): string | undefined {
  if (!ENDPOINTS.some((endpoint) => endpoint.baseUrl === baseUrl)) return undefined;
  return ENDPOINTS.find((endpoint) => endpoint.baseUrl !== baseUrl)?.baseUrl;
}

/** Whether it helps to know how the other endpoint answers. */
export function isOtherWorthAsking({ state }: HealthReport): boolean {
  return MAY_BE_ELSEWHERE.includes(state);
}

/** The report in the light of the other endpoint: with both out of reach this machine is offline. */
export function judgeBoth(report: HealthReport, other: Reachability): HealthReport {
  const isOtherDown = other.totalMs === undefined;
  const noConnection = [report.code, other.code].every((code) => NO_CONNECTION.includes(code ?? ""));
  if (report.state === "unreachable" && noConnection) {
    return { ...report, state: "offline", code: "network/offline" };
  }
  if (report.state === "ok" && isOtherDown)
    return { ...report, state: "degraded", code: "network/unreachable" };
  return report;
}

/** The recommended endpoint may be further away; but who waits has a key in the box already. */
const ADVANTAGE_MS = 3_000;

/**
 * The endpoint for somebody who has chosen none: the recommended one if it answers, else the other one if that does.
 * @param measure asks one without the key
 */
export async function recommendedOrOther(
  measure: (baseUrl: string) => Promise<Reachability | undefined>,
): Promise<string> {
  const [recommended, other] = ENDPOINTS.map(({ baseUrl }) => baseUrl) as [string, string];
  const answers = async (baseUrl: string) =>
    (await measure(baseUrl).catch(() => undefined))?.totalMs !== undefined;
  const first = answers(recommended);
  const second = answers(other);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    // Without another one there is nothing to hurry for.
    const hurry = () => (timer = setTimeout(() => resolve(false), ADVANTAGE_MS));
    void second.then((isThere) => isThere && hurry());
  });
  const isFirstThere = await Promise.race([first, tooLate]);
  clearTimeout(timer);
  return isFirstThere || !(await second) ? recommended : other;
}
