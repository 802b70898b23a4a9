import * as l10n from "@vscode/l10n";
import { formatList } from "../../../gateway/formats";
import { describeUsedUp } from "../../../gateway/usage/usageText";
import { CLIENTS } from "../../../clients/registry";
import { isProblemCode, KNOWLEDGE, type ProblemCode } from "../knowledge";
import { type Problem, problem, type Rule } from "../../problem";
import { isWorking } from "../../../health/schedule";
import { hasOtherKeys } from "../../snapshot/otherKeys";
import type { Snapshot } from "../../snapshot/snapshot";
import { wantsTokenPool } from "../../snapshot/ourAddress";
import { NOT_YET_VALID } from "./finerWords";
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
  const isOfKey = (state === "unauthorized" || state === "noQuota") && hasOtherKeys(snapshot);
  const otherKey = isOfKey ? ({ action: "selectApiKey" } as const) : {};
  if (code !== "account/no-quota" || !usedUp)
    return [problem(code, { evidence, ...finerWords(code, snapshot), ...otherKey })];
  const help = l10n.t("Wait until it comes back, or use a key with another limit.");
  const message = describeUsedUp(usedUp);
  return [problem(code, { evidence, message, help, action: "checkHealth", ...otherKey })];
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
function finerWords(code: ProblemCode, snapshot: Snapshot): Partial<Problem> {
  const { health, platform, variables, ways } = snapshot;
  const certificate = ways.find((way) => way.code === code)?.seen.certificate;
  const { checkedAt = "" } = health[0] ?? {};
  const isEarly = code === "network/certificate-expired" && certificate && certificate.validFrom > checkedAt;
  const seen = [...whoFails(code, snapshot), ...whoAnswers(code, snapshot)];
  const help = isEarly ? NOT_YET_VALID.fix() : systemHelp(code, { platform, variables });
  const cause = isEarly ? NOT_YET_VALID.cause() : KNOWLEDGE[code].cause();
  const message = [...seen, cause].join(" ");
  return { ...(help && { help }), ...((isEarly || seen.length > 0) && { message }) };
}

/** The client that does not get through, and what it does not know of that helps the other one. */
function whoFails(code: ProblemCode, { health: [report], ways }: Snapshot): string[] {
  const failing = ways.find((way) => way.code === code);
  const working = ways.find((way) => way.code === undefined);
  const unread =
    failing && working && code === "network/untrusted-certificate"
      ? formatList(working.trustVariables.filter((name) => !failing.trustVariables.includes(name)))
      : "";
  return (report?.failing ?? []).map((client) =>
    unread
      ? l10n.t("{0} cannot connect: it does not read {1}.", CLIENTS[client].name, unread)
      : l10n.t("{0} cannot connect.", CLIENTS[client].name),
  );
}

/** Names that strangers gave themselves. */
function whoAnswers(code: ProblemCode, { ways, answerSays }: Snapshot): string[] {
  if (answerSays && PAGES.includes(code))
    return [l10n.t("The page that answers is titled “{0}”.", answerSays)];
  const issuer = ways.find((way) => way.code === code)?.seen.certificate?.issuer;
  return issuer && CERTIFICATES.test(code) ? [l10n.t("The certificate is signed by “{0}”.", issuer)] : [];
}

const PAGES: readonly string[] = ["network/filtered", "network/captive-portal"];
const CERTIFICATES = /^network\/(?:untrusted-)?certificate/;

/** A wrong proxy of the editor stops nothing that TokenPool is for; it is what else on this machine goes wrong by it. */
const editorProxy: Rule = ({ health: [report], editorWorks }) => {
  if (!report || !isWorking(report) || report.failing || editorWorks !== false) return [];
  return [
    problem("network/proxy-mismatch", {
      severity: "information",
      evidence: "http.proxy",
      title: l10n.t("VS Code's own proxy does not lead to the endpoint"),
      message: l10n.t(
        "Codex and OpenCode reach the endpoint, but VS Code does not by its own proxy settings.",
      ),
      help: l10n.t("Correct or remove http.proxy and http.noProxy in VS Code's settings."),
    }),
  ];
};

export const healthRules: readonly Rule[] = [chosenEndpoint, silentRetries, editorProxy];
