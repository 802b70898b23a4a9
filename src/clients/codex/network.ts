import type { Variables } from "../machine/joinVariables";
import { type ClientNetwork, type ClientProxy, firstSet, namedFiles } from "../network/clientNetwork";
import { isExempt } from "../network/noProxy";

/** A value with anything else in it is none for Codex, which then looks no further than ALL_PROXY. */
const ADDRESS =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^\s"'/@]*)@)?(?:[^\s"'/@]*@)?([^\s"'/@]+)(?:\/[^\s"']*)?$/i;

/**
 * Codex 0.169, a static Rust program: upper case before lower case, even where it is empty. `variables` are those of
 * the environment with those of Codex's `.env` over them.
 */
export const codexNetwork: ClientNetwork = {
  proxyFor(url, variables) {
    if (isExempt(url, firstSet(variables, ["NO_PROXY", "no_proxy"])?.value)) return undefined;
    const names = url.protocol === "http:" ? ["HTTP_PROXY", "http_proxy"] : ["HTTPS_PROXY", "https_proxy"];
    return read(variables, names) ?? read(variables, ["ALL_PROXY", "all_proxy"]);
  },
  trust: (variables) => {
    const [instead] = namedFiles(variables, ["SSL_CERT_FILE"]);
    return { ...(instead && { instead }), added: namedFiles(variables, ["CODEX_CA_CERTIFICATE"]) };
  },
  // Its own library for names, musl, is that of its Linux build only.
  isStrictResolver: (platform) => platform === "linux",
};

function read(variables: Variables, names: readonly string[]): ClientProxy | undefined {
  const set = firstSet(variables, names);
  const [, scheme = "http", credentials = "", host] = ADDRESS.exec(set?.value ?? "") ?? [];
  if (!set || host === undefined) return undefined;
  const { variable } = set;
  // It tries SOCKS, and was not built with it.
  if (/^socks/i.test(scheme)) return { variable };
  if (!/^https?$/i.test(scheme)) return undefined;
  const [user = "", ...rest] = credentials.split(":");
  const password = rest.join(":");
  const login = credentials === "" ? "" : `${encoded(user)}:${encoded(password)}@`;
  return { variable, address: `${scheme.toLowerCase()}://${login}${host}` };
}

/** A percent sign that begins no `%40` is one. */
function encoded(text: string): string {
  return encodeURIComponent(decodedWherePossible(text));
}

function decodedWherePossible(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
