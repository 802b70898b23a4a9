/** What helps where no change of a file does. A closed list: the editor knows how to run each, nobody else may. */
export const ACTIONS = [
  "setUp",
  "setApiKey",
  "selectEndpoint",
  "checkHealth",
  "configureCodex",
  "configureOpenCode",
  "addToCcSwitch",
  "installCodex",
  "installOpenCode",
  "chooseModel",
  "unstageKey",
  "openConsole",
  "openDocumentation",
  "showLog",
] as const;

export type Action = (typeof ACTIONS)[number];

/** Narrows what comes from the panel's page. */
export function isAction(value: unknown): value is Action {
  return ACTIONS.some((action) => action === value);
}
