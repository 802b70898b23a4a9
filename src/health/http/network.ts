import type { SecureContext } from "node:tls";
import type { EditorFetch } from "./editorRequest";
import { clientProxyFor, isHttpProxy, proxyFor, type ProxySettings } from "./proxySettings";
import type { Route } from "./timedConnector";

/** The ways from this machine to an endpoint. */
export interface Network {
  /** Ours: by VS Code's settings and the environment. */
  readonly route: Route;
  /** The clients', who know the environment only; undefined: the same as ours, or not to be tried from here. */
  readonly clientRoute?: Route;
  /** VS Code's own, asked when ours does not connect; undefined: nobody is asked. */
  readonly editorFetch?: EditorFetch;
}

/** @param secureContext see systemTrust.ts */
export function networkTo(
  url: URL,
  settings: ProxySettings,
  env: NodeJS.ProcessEnv,
  secureContext: SecureContext | undefined,
  editorFetch: EditorFetch,
): Network {
  const proxy = proxyFor(url, settings, env);
  const clientProxy = clientProxyFor(url, env);
  const differs = clientProxy !== proxy && (clientProxy === undefined || isHttpProxy(clientProxy));
  return {
    route: { proxy, secureContext },
    ...(differs && { clientRoute: { proxy: clientProxy, secureContext } }),
    editorFetch,
  };
}
