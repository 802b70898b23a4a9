import * as path from "node:path";
import type { Finding, Severity } from "./finding";
import { type Problem, problemId, type Rule } from "./problem";
import { isCauseOf, isOwnWord } from "./stop";
import { withoutSecrets } from "./redact";
import { addressRules } from "./problems/endpoint/addresses";
import { ccSwitchRules } from "./problems/codex/use/ccSwitch";
import { clientRules } from "./problems/client/rules";
import { codexConfigRules } from "./problems/codex/config/rules";
import { codexCredentialRules } from "./problems/codex/credentials/rules";
import { codexKeyInConfigRules } from "./problems/codex/credentials/keyInConfig";
import { codexProviderRules } from "./problems/codex/config/providers";
import { codexRouteRules } from "./problems/codex/config/route";
import { codexTypeRules } from "./problems/codex/config/types";
import { driftRules } from "./problems/codex/use/drift";
import { environmentRules } from "./problems/codex/use/environment";
import { healthRules } from "./problems/network/rules";
import { keyRules } from "./problems/key/rules";
import { modelRules } from "./problems/endpoint/models";
import { opencodeAuthRules } from "./problems/opencode/auth";
import { opencodeConfigRules } from "./problems/opencode/rules";
import { opencodeKeyRules } from "./problems/opencode/key";
import { projectRules } from "./problems/projects/rules";
import { secretsRules } from "./problems/secrets/rules";
import { type Snapshot, statesIn } from "./snapshot/snapshot";

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

/** Tables of one file that are wrong in the same way; a file with more of them is nobody's work. */
const MOST_ALIKE = 5;

/** What would send the key to somebody else comes before everything. */
export function isTheft({ code, severity }: Pick<Problem, "code" | "severity">): boolean {
  return code === "opencode/project-overrides" || (code === "codex/project-config" && severity === "error");
}

/** A project's file may call its tables what it likes, and ids of problems travel through commands and pages. */
const LONGEST_NAME = 200;

/**
 * All problems of a snapshot: the dangerous ones, then the worst first; never two with the same code, client, file
 * and table in it, and what a client says of a place only where no rule knows the cause.
 */
export function diagnose(snapshot: Snapshot): Problem[] {
  const problems = new Map<string, Problem>();
  const alike = new Map<string, number>();
  for (const each of RULES.flatMap((rule) => rule(snapshot))) {
    const kind = problemId({ ...each, at: undefined });
    const told = alike.get(kind) ?? 0;
    if (told >= MOST_ALIKE) continue;
    const found = withoutKeys(withoutVariable(each), snapshot);
    const id = problemId(found);
    if (problems.has(id)) continue;
    problems.set(id, found);
    alike.set(kind, told + 1);
  }
  const all = [...problems.values()];
  return all
    .filter((each) => !isOwnWord(each) || !all.some((other) => isCauseOf(other, each)))
    .sort(
      (a, b) =>
        Number(isTheft(b)) - Number(isTheft(a)) ||
        WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity),
    );
}

/** OpenCode's configuration may stand in a variable: nobody can open that, mark something in it or watch it. */
function withoutVariable({ path: place, range, ...found }: Problem): Problem {
  if (place === undefined) return found;
  const isFile = path.posix.isAbsolute(place) || path.win32.isAbsolute(place);
  return isFile ? { ...found, path: place, ...(range && { range }) } : { evidence: place, ...found };
}

/** What a file says where it should name a variable, a model or a provider may be anything. */
function withoutKeys(found: Problem, snapshot: Snapshot): Problem {
  const secrets = [...snapshot.storedKeys, ...statesIn(snapshot).map(({ apiKey }) => apiKey)];
  const { evidence, message, cause, at } = found;
  return {
    ...found,
    ...(evidence !== undefined && { evidence: withoutSecrets(evidence, secrets) }),
    ...(at !== undefined && { at: withoutSecrets(at, secrets).slice(0, LONGEST_NAME) }),
    message: withoutSecrets(message, secrets),
    cause: withoutSecrets(cause, secrets),
  };
}

/** The public form of a problem. */
export function toFinding({ code, severity, message, path, range, fix }: Problem): Finding {
  return {
    code,
    severity,
    message,
    ...(path !== undefined && { path }),
    ...(range && { range }),
    fixable: fix !== undefined,
  };
}
