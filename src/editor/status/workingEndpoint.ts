import type { HealthReport } from "../../health/report";
import { isWorking } from "../../health/schedule";
import type { CheckFindings } from "./endpointCheck";

/** The other endpoint, if it answers while the chosen one does not; it is only ever offered, never switched to. */
export function workingEndpoint(
  report: HealthReport | undefined,
  { other }: CheckFindings,
): string | undefined {
  if (!report || isWorking(report) || other?.totalMs === undefined) return undefined;
  return other.baseUrl;
}
