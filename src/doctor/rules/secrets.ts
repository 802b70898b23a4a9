import * as l10n from "@vscode/l10n";
import type { GitFact } from "../gitFacts";
import { type Problem, problem, type Rule } from "../problem";
import { planFor } from "./remedy";

const filesInWorkTrees: Rule = ({ git = [] }) =>
  git.flatMap((fact) => (fact.tracked ? [tracked(fact)] : unignored(fact)));

export const secretsRules: readonly Rule[] = [filesInWorkTrees];

/** No ignore rule helps any more, and the key may be in the history: nothing a change of files could mend. */
function tracked({ path }: GitFact): Problem {
  return problem("secrets/file-not-ignored", {
    severity: "error",
    path,
    message: l10n.t(
      "Git already tracks this file with your key. Take it out with “git rm --cached”; if it was ever pushed, create a new key in the console.",
    ),
    action: "openConsole",
  });
}

function unignored({ path, ignored, exclude, excludeLine }: GitFact): Problem[] {
  if (ignored) return [];
  const separator = exclude.text === "" || exclude.text.endsWith("\n") ? "" : "\n";
  const content = new TextEncoder().encode(`${exclude.text}${separator}${excludeLine}\n`);
  const fix = () =>
    planFor("secrets/file-not-ignored", undefined, [
      { kind: "replace", path: exclude.path, content, credential: false },
    ]);
  return [problem("secrets/file-not-ignored", { path, fix })];
}
