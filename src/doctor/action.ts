import { CLIENT_IDS, type ClientId } from "../clients/clientId";

/** What helps where no change of a file does. A closed list: the editor knows how to run each, nobody else may. */
const OWN_ACTIONS = [
  "setUp",
  "setApiKey",
  "selectApiKey",
  "replaceApiKey",
  "selectEndpoint",
  "checkHealth",
  "fixAll",
  "addToCcSwitch",
  "chooseModel",
  "unstageKey",
  "openConsole",
  "openDocumentation",
  "showLog",
] as const;

export type OwnAction = (typeof OWN_ACTIONS)[number];

/** What there is for each client. */
type ClientVerb = "configure" | "install";

export type Action = OwnAction | `${ClientVerb}:${ClientId}`;

const CLIENT_ACTIONS = CLIENT_IDS.flatMap((client) =>
  (["configure", "install"] as const).map((verb) => ({ action: `${verb}:${client}` as const, verb, client })),
);

/** What is to be done with which client; of other actions they themselves. */
export function readAction(
  action: Action,
):
  | { readonly own: OwnAction }
  | { readonly own?: never; readonly verb: ClientVerb; readonly client: ClientId } {
  return CLIENT_ACTIONS.find((each) => each.action === action) ?? { own: action as OwnAction };
}

/** Narrows what comes from the panel's page. */
export function isAction(value: unknown): value is Action {
  return [...OWN_ACTIONS, ...CLIENT_ACTIONS.map(({ action }) => action)].some((action) => action === value);
}
