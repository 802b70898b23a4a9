import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import type { ChangePlan } from "../../../changes/plan";
import { encode } from "../../../changes/document/sourceText";
import { applyTextEdits } from "../../../changes/document/edits/textEdit";
import type { GitFact } from "./gitFacts";
import type { LeakedFile } from "./leakedFiles";
import { placesOfKeys } from "./keyInText";
import { type Problem, problem, type Rule } from "../../problem";
import type { Snapshot } from "../../snapshot/snapshot";

/** The variable that takes the key's place in a file. */
const VARIABLE = "TOKENPOOL_API_KEY";

/** What the secret guard looks at. */
export type SecretFacts = Pick<Snapshot, "git" | "keyLeaks" | "storedKeys">;

/** Where Git has got the key, or would get it with the next commit. */
export function secretProblems({ git = [], keyLeaks, storedKeys }: SecretFacts): Problem[] {
  const files = git.flatMap((fact) => (fact.tracked ? [tracked(fact)] : unignored(fact)));
  // An earlier commit that was not pushed may hold a file that Git does not track any more.
  const isNamed = ({ path: file, stage }: LeakedFile) =>
    files.some(
      (found) =>
        found.path === file &&
        (stage === "untracked" || (stage === "committed" && found.code === "secrets/key-committed")),
    );
  const leaks = keyLeaks.filter((leak) => !isNamed(leak));
  return [...files, ...leaks.map((leak) => leakProblem(leak, storedKeys))];
}

const keyInGit: Rule = (snapshot) => secretProblems(snapshot);

export const secretsRules: readonly Rule[] = [keyInGit];

/** No ignore rule helps any more, and the key may be in the history: nothing a change of files could fix. */
function tracked({ path, committed }: GitFact): Problem {
  // No ignore file is what matters then.
  if (committed) return problem("secrets/key-committed", { path });
  return problem("secrets/file-not-ignored", {
    severity: "error",
    path,
    message: l10n.t(
      'Git already tracks this file with your key. Take it out with "git rm --cached"; if it was ever pushed, create a new key in the console.',
    ),
    action: "openConsole",
  });
}

function unignored(fact: GitFact): Problem[] {
  if (fact.ignored) return [];
  return [problem("secrets/file-not-ignored", { path: fact.path, fix: () => exclusion(fact), apart: true })];
}

function leakProblem(leak: LeakedFile, storedKeys: readonly string[]): Problem {
  const place = { path: leak.path, ...(leak.range && { range: leak.range }) };
  if (leak.stage === "committed") {
    return problem("secrets/key-committed", {
      ...place,
      message: l10n.t(
        "Your API key is in a commit. Replace it and delete it in the console: removing the line does not remove it from the history.",
      ),
    });
  }
  if (leak.stage === "staged") {
    const message = l10n.t("Your API key is staged: the next commit would hold it.");
    return problem("secrets/key-in-changes", { ...place, message, action: "unstageKey" });
  }
  const { git } = leak;
  const fix = leak.stage === "untracked" ? git && (() => exclusion(git)) : withReference(leak, storedKeys);
  return problem("secrets/key-in-changes", {
    severity: "warning",
    ...place,
    ...(fix && { fix, apart: true }),
  });
}

/** Lets Git ignore the file in this clone, without a change that others would see. */
function exclusion({ path: file, exclude, excludeLine }: GitFact): ChangePlan {
  const separator = exclude.text === "" || exclude.text.endsWith("\n") ? "" : "\n";
  const content = new TextEncoder().encode(`${exclude.text}${separator}${excludeLine}\n`);
  return {
    title: l10n.t("Exclude {0} from Git in this clone", path.basename(file)),
    files: [{ kind: "replace", path: exclude.path, content, credential: false }],
    notices: [],
  };
}

/** Everything of the file stays but the keys. */
function withReference(
  { path: file, text, byteOrderMark, range }: LeakedFile,
  storedKeys: readonly string[],
) {
  if (text === undefined || !range) return undefined;
  const reference = /^opencode\.jsonc?$/.test(path.basename(file)) ? `{env:${VARIABLE}}` : `\${${VARIABLE}}`;
  return (): ChangePlan => {
    const edits = placesOfKeys(text, storedKeys).map(([start, end]) => ({ start, end, text: reference }));
    const content = encode({ text: applyTextEdits(text, edits), byteOrderMark: byteOrderMark === true });
    return {
      title: l10n.t("Replace the API key in {0} by the variable {1}", path.basename(file), VARIABLE),
      files: [{ kind: "replace", path: file, content, credential: false }],
      notices: [l10n.t("Set the variable {0} where the file is used.", VARIABLE)],
    };
  };
}
