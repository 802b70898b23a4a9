import { isLoopback } from "../../gateway/endpoints";

/** VS Code's `http.*` settings that decide about a proxy, as user or default values: a workspace has no say. */
export interface ProxySettings {
  /** `http.proxySupport`: off, on, fallback or override. */
  readonly proxySupport: string;
  /** `http.proxy`, empty when not set. */
  readonly proxy: string;
  /** `http.noProxy`. */
  readonly noProxy: readonly string[];
}

/**
 * The proxy for an address in VS Code's own order: none for this machine, `http.noProxy` (else
 * `NO_PROXY`), `http.proxy`, then the environment. Of its variables only the one for the address's scheme
 * counts, as for the clients: VS Code takes `HTTP_PROXY` for https, too, but what is to be known here is
 * whether they get through. What the operating system or a PAC file says cannot be known here.
 *
 * @returns the proxy's address as it is set, or undefined for a direct connection
 */
export function proxyFor(url: URL, settings: ProxySettings, env: NodeJS.ProcessEnv): string | undefined {
  if (settings.proxySupport === "off" || isLoopback(url.hostname)) return undefined;
  const exceptions = settings.noProxy.length > 0 ? settings.noProxy : environmentExceptions(env);
  if (isException(url, exceptions)) return undefined;
  return settings.proxy.trim() || variable(env, variableFor(url));
}

function variableFor({ protocol }: URL): string {
  return protocol === "http:" ? "http_proxy" : "https_proxy";
}

function environmentExceptions(env: NodeJS.ProcessEnv): string[] {
  return (variable(env, "no_proxy") ?? "").split(",");
}

function isException(url: URL, exceptions: readonly string[]): boolean {
  return exceptions.some((exception) => covers(exception, url));
}

/** `*`, a domain with all its subdomains, or either with a port; no address ranges. */
function covers(exception: string, url: URL): boolean {
  const [name = "", port] = exception.trim().toLowerCase().split(":", 2);
  if (name === "") return false;
  if (name === "*") return true;
  const domain = name.startsWith(".") ? name : `.${name}`;
  const usedPort = url.port || (url.protocol === "https:" ? "443" : "80");
  return `.${url.hostname}`.endsWith(domain) && (port === undefined || port === usedPort);
}

/** Both spellings are in use, and the lower one counts first; an empty value is none. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return [env[name], env[name.toUpperCase()]].map((value) => value?.trim()).find(Boolean);
}
