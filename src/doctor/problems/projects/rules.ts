import { problem, type Rule } from "../../problem";
import { wantsTokenPool } from "../../snapshot/ourAddress";
import { brokenPlace, isUnreadable } from "../place";
import { placedCode } from "./code";
import { codexProject, codexServers } from "./codexProject";
import { leftOutByProject, opencodeProject } from "./opencodeProject";

/** OpenCode does not start in such a folder, and Codex does not once the user trusts it. */
const unreadable: Rule = ({ codex, opencode, projectFiles }) => {
  return [
    ...(wantsTokenPool(opencode) ? projectFiles.opencode.filter(isUnreadable) : []).map((file) =>
      problem("opencode/config-invalid", { client: "opencode", ...brokenPlace(file) }),
    ),
    ...(wantsTokenPool(codex) ? projectFiles.codex.filter(isUnreadable) : []).map((file) =>
      problem("codex/config-invalid", { client: "codex", severity: "warning", ...brokenPlace(file) }),
    ),
  ];
};

export const projectRules: readonly Rule[] = [
  opencodeProject,
  placedCode,
  codexServers,
  codexProject,
  unreadable,
  leftOutByProject,
];
