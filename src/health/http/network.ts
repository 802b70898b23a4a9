import type { ReportedClient } from "../report";
import type { EditorFetch } from "./editorRequest";
import type { Route } from "./timedConnector";

/** A way to an endpoint that one or several clients take. */
export interface Way {
  readonly clients: readonly ReportedClient[];
  readonly route: Route;
  /** What is set as their proxy is none by which they can connect. */
  readonly isUnusable: boolean;
  /** The variable that names their proxy. */
  readonly proxyVariable?: string;
  /** The variables by which they trust more than others. */
  readonly trustVariables: readonly string[];
  /** Of `clients` those for which a name has to answer for IPv6 too, be it with "no such address". */
  readonly strictResolvers: readonly ReportedClient[];
}

/** The ways from this machine to an endpoint. */
export interface Network {
  /** The clients' ways, none twice. The key goes the first that connects. */
  readonly ways: readonly [Way, ...Way[]];
  /** VS Code's own: never the verdict, only a remark. Undefined: nobody is asked. */
  readonly editor?: EditorWay;
}

export interface EditorWay {
  readonly fetch: EditorFetch;
  /** VS Code's settings lead another way than any client takes. */
  readonly differs: boolean;
}

/** A network in which all go the same way. */
export function oneWay(route: Route, editor?: EditorWay): Network {
  const way = {
    clients: ["codex"],
    route,
    isUnusable: false,
    trustVariables: [],
    strictResolvers: [],
  } as const;
  return { ways: [way], ...(editor && { editor }) };
}
