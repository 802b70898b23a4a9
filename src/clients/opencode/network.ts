import type { Variables } from "../machine/joinVariables";
import { pathRules } from "../machine/pathRules";
import { type ClientNetwork, namedFiles } from "../network/clientNetwork";
import { isExempt } from "../network/noProxy";

/** What Bun makes a proxy of. By any other value it reaches nothing: it does not go directly either. */
const ADDRESS = /^(?:(https?):\/\/(?:([^\s"'/@]*)@)?)?([^\s"'/@]+)\/?$/;

/**
 * OpenCode 1.18, made with Bun 1.3: lower case before upper case, and no ALL_PROXY. Two quotes without anything
 * between them are nothing.
 */
export const opencodeNetwork: ClientNetwork = {
  proxyFor(url, variables) {
    const names = url.protocol === "http:" ? ["http_proxy", "HTTP_PROXY"] : ["https_proxy", "HTTPS_PROXY"];
    const variable = names.find((name) => isSet(variables, name));
    const exceptions = ["no_proxy", "NO_PROXY"].map((name) => variables[name]).find(Boolean);
    // Where the address names a port, Bun finds both together in the list.
    const isNamed = url.port !== "" && (exceptions ?? "").split(",").some((each) => each.trim() === url.host);
    if (variable === undefined || isNamed || isExempt(url, exceptions)) return undefined;
    const [, scheme = "http", login, host] = ADDRESS.exec(variables[variable] ?? "") ?? [];
    if (host === undefined) return { variable };
    return { variable, address: `${scheme}://${credentials(login)}${host}` };
  },
  trust: (variables, platform) => {
    // As OpenSSL has it; Windows and macOS keep the system's authorities in no folder, and Bun asks them all the same.
    const { delimiter } = pathRules(platform);
    const folders = variables["SSL_CERT_DIR"]?.split(delimiter).filter((folder) => folder !== "") ?? [];
    const added = namedFiles(variables, ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"]);
    return { added, ...(folders.length > 0 && { folders, foldersHideSystem: platform === "linux" }) };
  },
  isStrictResolver: () => false,
};

function isSet(variables: Variables, name: string): boolean {
  return ![undefined, "", '""', "''"].includes(variables[name]);
}

/** It sends none at all where a percent sign begins no `%40`. */
function credentials(login: string | undefined): string {
  if (!login) return "";
  try {
    decodeURIComponent(login);
    return `${login}@`;
  } catch {
    return "";
  }
}
