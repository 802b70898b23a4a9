import { obstacles } from "../../clients/codex/codexObstacles";
import type { Problem, Rule } from "../problem";

const keepsKeyFromBeingUsed: Rule = ({ codex }) =>
  codex.usesTokenPool
    ? obstacles(codex).map(({ code, path }): Problem => ({ code, severity: "error", client: "codex", path }))
    : [];

const environmentKey: Rule = ({ codex, apiKey }) => {
  if (!codex.usesTokenPool || codex.environmentKey === undefined || codex.environmentKey === apiKey)
    return [];
  return [{ code: "codex/environment-key-overrides", severity: "error", client: "codex" }];
};

const chatGptLogin: Rule = ({ codex }) =>
  codex.usesTokenPool && codex.usesChatGptLogin
    ? [{ code: "codex/chatgpt-login-wins", severity: "error", client: "codex", path: codex.auth.path }]
    : [];

const keyDiffers: Rule = ({ codex, apiKey }) => {
  if (!codex.usesTokenPool || !apiKey || !codex.apiKey || codex.apiKey === apiKey) return [];
  return [{ code: "codex/key-differs", severity: "warning", client: "codex", path: codex.auth.path }];
};

const notInstalled: Rule = ({ codex, versions }) =>
  codex.usesTokenPool && versions.codex.length === 0
    ? [{ code: "client/not-installed", severity: "information", client: "codex" }]
    : [];

export const codexRules: readonly Rule[] = [
  keepsKeyFromBeingUsed,
  environmentKey,
  chatGptLogin,
  keyDiffers,
  notInstalled,
];
