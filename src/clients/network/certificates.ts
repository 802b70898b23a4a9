import * as tls from "node:tls";
import { readTextIfAny } from "../../changes/disk/readBytes";
import type { ClientEnvironment } from "../client";

const LARGEST_BYTES = 4 * 1024 * 1024;
const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g;

/** Where Linux systems keep all their authorities in one file; the first that is there counts. */
const SYSTEM_FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** Certificates as Base64 without line breaks, so that the same one is the same text. */
export type Certificates = readonly string[];

/** @returns nothing for a file that cannot be read or holds no PEM: the clients go on without it */
export async function certificatesIn(
  { fs }: Pick<ClientEnvironment, "fs">,
  path: string,
): Promise<Certificates> {
  return parseCertificates((await readTextIfAny(fs, path, LARGEST_BYTES)) ?? "");
}

export function parseCertificates(pem: string): Certificates {
  return [...pem.matchAll(CERTIFICATE)].map(([, base64 = ""]) => base64.replace(/\s/g, ""));
}

/** OpenSSL reads no certificate with an empty line in it, nor with a very long one. */
export function toPem(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}(?!$)/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

/** The authorities that count where nothing is set. */
export interface UsualCertificates {
  /** Those that every program brings along. */
  readonly everybodys: Certificates;
  readonly system: Certificates;
}

/** What Node gives of the system's certificates since 22.15, each as PEM. */
export interface CertificateStores {
  readonly getCACertificates?: (store: "system") => string[];
}

/** On Linux the system's are read here, because Node leaves them out where SSL_CERT_FILE or SSL_CERT_DIR is set. */
export async function usualCertificates(
  { fs, platform }: Pick<ClientEnvironment, "fs" | "platform">,
  stores: CertificateStores = tls as CertificateStores,
): Promise<UsualCertificates> {
  const system =
    platform === "linux"
      ? await linuxCertificates(fs)
      : (stores.getCACertificates?.("system") ?? []).flatMap(parseCertificates);
  return { everybodys: tls.rootCertificates.flatMap(parseCertificates), system: [...new Set(system)] };
}

async function linuxCertificates(fs: ClientEnvironment["fs"]): Promise<Certificates> {
  for (const path of SYSTEM_FILES) {
    const found = await certificatesIn({ fs }, path);
    if (found.length > 0) return found;
  }
  return [];
}
