import type { UsedUpLimit } from "../../gateway/usage/usedUpLimit";
import type { HealthReport } from "../../health/report";
import { isWorking } from "../../health/schedule";
import type { Action } from "../action";
import type { Noted, NotedProblem } from "./noted";

/** The one thing to do now. Who shows it has the words and the command. */
export type NextStep =
  | { readonly do: Action | "topUp" | "troubleshoot" | "useTokenPoolAgain" }
  | { readonly do: "switchEndpoint"; readonly baseUrl: string }
  | { readonly do: "fix"; readonly problem: NotedProblem };

/**
 * What there is to say before all else: "works" only where the endpoint and every client that is meant to use it do;
 * "limited" where nothing is to be done about it.
 */
export type OverviewKind =
  "unchecked" | "noKey" | "keychain" | "endpoint" | "problems" | "notSetUp" | "limited" | "works";

interface Facts {
  readonly report: HealthReport | undefined;
  readonly usedUp?: UsedUpLimit | undefined;
  readonly switchTo?: string | undefined;
  readonly noted?: Noted | undefined;
}

/** Errors and warnings are what "2 Problems" counts. */
export function isCounted({ severity }: Pick<NotedProblem, "severity">): boolean {
  return severity !== "information";
}

/** @param counted errors and warnings, the worst first @returns undefined where there is nothing to do */
export function nextStep(
  kind: OverviewKind,
  facts: Facts,
  counted: readonly NotedProblem[],
): NextStep | undefined {
  switch (kind) {
    case "noKey":
      return { do: facts.noted?.hasOtherKeys ? "selectApiKey" : "setUp" };
    case "notSetUp":
      return { do: facts.noted?.wayBack === "tokenPool" ? "useTokenPoolAgain" : "setUp" };
    case "keychain":
    case "unchecked":
      return { do: "checkHealth" };
    case "endpoint":
      return endpointStep(facts, counted);
    case "problems":
      return problemStep(counted);
    case "limited":
    case "works":
      return undefined;
  }
}

function endpointStep(
  { report, usedUp, switchTo, noted }: Facts,
  counted: readonly NotedProblem[],
): NextStep | undefined {
  if (!report || isWorking(report)) return undefined;
  const isAboutAccount = report.state === "unauthorized" || report.state === "noQuota";
  // The other endpoint has the same account.
  if (switchTo !== undefined && !isAboutAccount) return { do: "switchEndpoint", baseUrl: switchTo };
  if (isAboutAccount && noted?.hasOtherKeys) return { do: "selectApiKey" };
  if (report.state === "noQuota" && usedUp) return { do: "checkHealth" };
  if (report.code === "account/no-quota") return { do: "topUp" };
  const told = counted.find(({ code }) => code === report.code);
  if (told?.action) return { do: told.action };
  switch (report.state) {
    case "unauthorized":
      return { do: "setApiKey" };
    case "noQuota":
      return { do: "openConsole" };
    case "notAnApi":
      return { do: "selectEndpoint" };
    case "rateLimited":
    case "gatewayError":
    case "offline":
      return { do: "checkHealth" };
    default:
      return { do: "troubleshoot" };
  }
}

function problemStep(counted: readonly NotedProblem[]): NextStep {
  if (counted.filter(({ isPartOfAll }) => isPartOfAll).length > 1) return { do: "fixAll" };
  const fixable = counted.find(({ fixTitle }) => fixTitle !== undefined);
  if (fixable) return { do: "fix", problem: fixable };
  const [worst] = counted;
  return { do: worst?.action ?? "troubleshoot" };
}
