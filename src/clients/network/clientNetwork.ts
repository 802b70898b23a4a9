import type { Variables } from "../machine/joinVariables";

/** How a client gets to an address: what it reads of its environment, and how. Pure; measured on the real programs. */
export interface ClientNetwork {
  /** @returns undefined where the client connects directly */
  proxyFor(url: URL, variables: Variables): ClientProxy | undefined;
  trust(variables: Variables, platform: NodeJS.Platform): ClientTrust;
  /** Every name has to answer for IPv6 too, be it with "no such address": an error there is one for all. */
  isStrictResolver(platform: NodeJS.Platform): boolean;
}

export interface ClientProxy {
  /** The variable that names it. */
  readonly variable: string;
  /** `http://host:port` as the client reads it, with credentials where there are some; absent: it cannot connect by it. */
  readonly address?: string;
}

/** The authorities that a client trusts beside, or in place of, those that everybody trusts and the system's. */
export interface ClientTrust {
  /** Where this file holds certificates, those of the system and of everybody do not count. */
  readonly instead?: CertificateFile;
  readonly added: readonly CertificateFile[];
  /** Folders that are looked into as well. */
  readonly folders?: readonly string[];
  /** The system's are folders of that kind, and are not looked into then. */
  readonly foldersHideSystem?: boolean;
}

export interface CertificateFile {
  readonly variable: string;
  /** As it is set. */
  readonly path: string;
}

/** The first of the variables that is there, be it empty. */
export function firstSet(
  variables: Variables,
  names: readonly string[],
): { readonly variable: string; readonly value: string } | undefined {
  const variable = names.find((name) => variables[name] !== undefined);
  return variable === undefined ? undefined : { variable, value: variables[variable] ?? "" };
}

/** The variables that are set to a path. */
export function namedFiles(variables: Variables, names: readonly string[]): CertificateFile[] {
  return names.flatMap((variable) => {
    const path = variables[variable];
    return path ? [{ variable, path }] : [];
  });
}
