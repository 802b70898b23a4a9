import * as l10n from "@vscode/l10n";
import { describeUsedUp } from "../../../gateway/usage/usageText";
import { CLIENTS } from "../../../clients/registry";
import { isProblemCode, KNOWLEDGE } from "../knowledge";
import { type Problem, problem, type Rule } from "../../problem";
import type { Snapshot } from "../../snapshot/snapshot";
import { wantsTokenPool } from "../../snapshot/ourAddress";
import { systemHelp } from "./systemHelp";

/** The endpoint works all the same: the other one is down, or a rule that knows more tells of the model. */
const TOLD_ELSEWHERE = ["network/unreachable", "account/model-unavailable"];

/** What the last check of the chosen endpoint found. */
const chosenEndpoint: Rule = (snapshot) => {
  const { health, baseUrl, usedUp } = snapshot;
  const [report] = health;
  // A wrong setting and an unavailable model have rules of their own, which know more.
  if (!report || !baseUrl.valid || report.state === "noKey") return [];
  const { state, code, httpStatus } = report;
  if (code === undefined || !isProblemCode(code)) return [];
  if (state === "degraded" && !report.failing && TOLD_ELSEWHERE.includes(code)) return [];
  // The models are there, so a file lacks it, and the rule for addresses knows which.
  if (code === "endpoint/missing-v1" && httpStatus === 200) return [];
  const status = httpStatus === undefined || httpStatus === 200 ? "" : `, HTTP ${httpStatus}`;
  const evidence = new URL(report.endpoint).host + status;
  if (code !== "account/no-quota" || !usedUp)
    return [problem(code, { evidence, ...finerWords(code, snapshot) })];
  const help = l10n.t("Wait until it comes back, or use a key with another limit.");
  return [problem(code, { evidence, message: describeUsedUp(usedUp), help, action: "checkHealth" })];
};

/** With these OpenCode ends at once and says why; everything else it tries again and again without a word. */
const OPENCODE_SAYS: readonly (string | undefined)[] = [
  "network/proxy-auth",
  "network/proxy-denied",
  "network/untrusted-certificate",
  "network/certificate-expired",
  "network/certificate-wrong-host",
  "network/certificate-incomplete",
  "network/certificate-invalid",
];

/** While the endpoint does not answer, OpenCode shows nothing at all. */
const silentRetries: Rule = ({ health, opencode, baseUrl }) => {
  const [report] = health;
  const isRetried =
    report &&
    ["rateLimited", "gatewayError", "unreachable"].includes(report.state) &&
    !OPENCODE_SAYS.includes(report.code) &&
    (report.failing?.includes("opencode") ?? true);
  return isRetried && baseUrl.valid && wantsTokenPool(opencode)
    ? [problem("opencode/silent-retries", { client: "opencode" })]
    : [];
};

/** What helps on this system, and what was seen here. */
function finerWords(code: string, { health: [report], platform, unknownAnswer }: Snapshot): Partial<Problem> {
  const help = systemHelp(code, platform);
  const seen = [
    ...(report?.failing ?? []).map((client) => l10n.t("{0} cannot connect.", CLIENTS[client].name)),
    ...(unknownAnswer && PAGES.includes(code)
      ? [l10n.t("The page that answers is called “{0}”.", unknownAnswer)]
      : []),
  ];
  const message = [...seen, ...(isProblemCode(code) ? [KNOWLEDGE[code].cause()] : [])].join(" ");
  return { ...(help && { help }), ...(seen.length > 0 && { message }) };
}

const PAGES = ["network/filtered", "network/captive-portal"];

export const healthRules: readonly Rule[] = [chosenEndpoint, silentRetries];
