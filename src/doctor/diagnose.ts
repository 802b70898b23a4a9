import type { Finding, Severity } from "./finding";
import { KNOWLEDGE } from "./knowledge/knowledge";
import { type Problem, problemId, type Rule } from "./problem";
import { withoutSecrets } from "./redact";
import { addressRules } from "./rules/addresses";
import { ccSwitchRules } from "./rules/ccSwitch";
import { clientRules } from "./rules/clients";
import { codexConfigRules } from "./rules/codexConfig";
import { codexCredentialRules } from "./rules/codexCredentials";
import { codexKeyInConfigRules } from "./rules/codexKeyInConfig";
import { codexProviderRules } from "./rules/codexProviders";
import { codexRouteRules } from "./rules/codexRoute";
import { codexTypeRules } from "./rules/codexTypes";
import { driftRules } from "./rules/drift";
import { environmentRules } from "./rules/environment";
import { healthRules } from "./rules/health";
import { keyRules } from "./rules/key";
import { modelRules } from "./rules/models";
import { opencodeAuthRules } from "./rules/opencodeAuth";
import { opencodeConfigRules } from "./rules/opencodeConfig";
import { opencodeKeyRules } from "./rules/opencodeKey";
import { projectRules } from "./rules/projects";
import { secretsRules } from "./rules/secrets";
import type { Snapshot } from "./snapshot";

/** Every rule there is. A new problem is one rule in a file of `rules/` and one entry in `knowledge/`. */
const RULES: readonly Rule[] = [
  ...projectRules,
  ...keyRules,
  ...addressRules,
  ...codexCredentialRules,
  ...codexKeyInConfigRules,
  ...codexConfigRules,
  ...codexTypeRules,
  ...codexProviderRules,
  ...codexRouteRules,
  ...driftRules,
  ...ccSwitchRules,
  ...environmentRules,
  ...opencodeKeyRules,
  ...opencodeAuthRules,
  ...opencodeConfigRules,
  ...modelRules,
  ...healthRules,
  ...secretsRules,
  ...clientRules,
];

const WORST_FIRST: readonly Severity[] = ["error", "warning", "information"];

/** What would send the key to somebody else comes before everything. */
export function isTheft({ code, severity }: Pick<Problem, "code" | "severity">): boolean {
  return code === "opencode/project-overrides" || (code === "codex/project-config" && severity === "error");
}

/**
 * All problems of a snapshot: the dangerous ones, then the worst first; never two with the same code,
 * client and file.
 */
export function diagnose(snapshot: Snapshot): Problem[] {
  const problems = new Map<string, Problem>();
  for (const found of RULES.flatMap((rule) => rule(snapshot))) {
    const id = problemId(found);
    if (!problems.has(id)) problems.set(id, withoutKeys(found, snapshot));
  }
  return [...problems.values()].sort(
    (a, b) =>
      Number(isTheft(b)) - Number(isTheft(a)) ||
      WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity),
  );
}

/** What a file says where it should name a variable, a model or a provider may be anything. */
function withoutKeys(found: Problem, { apiKey, codex, opencode }: Snapshot): Problem {
  const secrets = [apiKey, codex.apiKey, opencode.apiKey];
  const { evidence, message } = found;
  return {
    ...found,
    ...(evidence !== undefined && { evidence: withoutSecrets(evidence, secrets) }),
    ...(message !== undefined && { message: withoutSecrets(message, secrets) }),
  };
}

/** The public form of a problem. */
export function toFinding({ code, severity, message, path, range, fix }: Problem): Finding {
  return {
    code,
    severity,
    message: message ?? KNOWLEDGE[code].cause(),
    ...(path !== undefined && { path }),
    ...(range && { range }),
    fixable: fix !== undefined,
  };
}
