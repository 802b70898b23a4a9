import { Resolver } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";

/** What musl, the C library of Codex on Linux, takes for the end of the whole look-up. "No such address" is none. */
const FATAL = ["ENOTFOUND", "ESERVFAIL", "EREFUSED", "ETIMEOUT"];

export interface NameService {
  readonly resolve6: (hostname: string) => Promise<unknown>;
  readonly readHosts: () => Promise<string>;
}

/** By the same servers and the same file that musl reads. */
const system: NameService = {
  resolve6: (hostname) => new Resolver({ timeout: 2_500, tries: 2 }).resolve6(hostname),
  readHosts: () => readFile("/etc/hosts", "utf8"),
};

/** Whether a name that has an address for IPv4 can be used by a program that asks for IPv6 too and minds an error. */
export async function satisfiesStrictResolver(hostname: string, service = system): Promise<boolean> {
  if (isIP(hostname.replace(/^\[|\]$/g, "")) || /(?:^|\.)localhost$/i.test(hostname)) return true;
  try {
    await service.resolve6(hostname);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return !FATAL.includes(code) || (await isInHosts(hostname, service));
  }
}

async function isInHosts(hostname: string, { readHosts }: NameService): Promise<boolean> {
  const text = await readHosts().catch(() => "");
  const names = text.split("\n").flatMap((line) => line.replace(/#.*/, "").trim().split(/\s+/).slice(1));
  return names.some((name) => name.toLowerCase() === hostname.toLowerCase());
}
