import type { Finding } from "./finding";
import { KNOWLEDGE } from "./knowledge/knowledge";
import type { Problem } from "./problem";
import { codexRules } from "./rules/codex";
import type { Snapshot } from "./snapshot";

/** Every rule there is. A new problem is one rule in a file of `rules/` and one entry in `knowledge/`. */
const RULES = [...codexRules];

/** All problems of a snapshot. */
export function diagnose(snapshot: Snapshot): Problem[] {
  return RULES.flatMap((rule) => rule(snapshot));
}

/** The public form of a problem. */
export function toFinding({ code, severity, message, path, range, fix }: Problem): Finding {
  return {
    code,
    severity,
    message: message ?? KNOWLEDGE[code]?.cause() ?? code,
    ...(path !== undefined && { path }),
    ...(range && { range }),
    fixable: fix !== undefined,
  };
}
