import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import {
  type DetailedPeerCertificate,
  type PeerCertificate,
  rootCertificates,
  type TLSSocket,
} from "node:tls";

/** What was seen on the way to an endpoint, also where it led nowhere. Holds no credentials. */
export interface Sighting {
  /** Host and port of the proxy. */
  proxy?: string;
  /** Status of the proxy's answer to CONNECT. */
  connectStatus?: number;
  /** The address that was tried last, of the proxy where there is one. */
  address?: string;
  family?: 4 | 6;
  /** OpenSSL's or Node's name of what went wrong in TLS. */
  tlsError?: string;
  /** Of the endpoint, trusted or not. */
  certificate?: SeenCertificate;
  /** The certificate was accepted, but by no authority that every Node trusts: something on the way may have made it. */
  foreignChain?: boolean;
}

/** Texts of a stranger, in one line and cut. */
export interface SeenCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601, where it can be read. */
  readonly validFrom: string;
  readonly validTo: string;
  /** The names it is for. */
  readonly names: string;
  /** It says where its issuer's certificate is: one that is missing in the chain is then known to the world. */
  readonly namesIssuerAddress: boolean;
}

const LONGEST = 100;
const LONGEST_CHAIN = 10;

export function noteAddress(seen: Sighting, address: string): void {
  seen.address = address;
  const family = isIP(address);
  if (family === 4 || family === 6) seen.family = family;
}

/** To be called once the handshake is over, before anybody judges the certificate. */
export function noteCertificate(seen: Sighting, socket: TLSSocket): void {
  const certificate = socket.getPeerCertificate();
  // Nothing but an empty object where the server has shown none.
  if ("raw" in certificate) seen.certificate = describe(certificate);
}

/** To be called once the certificate is trusted. */
export function noteRoot(seen: Sighting, socket: TLSSocket): void {
  const chain = chainOf(socket.getPeerCertificate(true));
  const isForeign = () => !chain.some(isPublic);
  // Looked up when somebody asks: the probe's time is that of the network. Behind a proxy that speaks TLS itself, the
  // endpoint's chain takes the place of the proxy's.
  Object.defineProperty(seen, "foreignChain", { enumerable: true, configurable: true, get: isForeign });
}

/** The last one is its own issuer, or names none where the authority itself was not sent. */
function chainOf(leaf: DetailedPeerCertificate): Buffer[] {
  const chain = [leaf];
  for (let last = leaf; chain.length < LONGEST_CHAIN && "issuerCertificate" in last; chain.push(last))
    last = last.issuerCertificate;
  return chain.map(({ raw }) => raw);
}

let publicRoots: ReadonlySet<string> | undefined;
let publicKeys: ReadonlySet<string> | undefined;

/** Also what a public authority has signed with the same key for another one, which then stands for it in the chain. */
function isPublic(raw: Buffer): boolean {
  publicRoots ??= new Set(rootCertificates.map((pem) => pem.replace(/-----[^-]+-----|\s/g, "")));
  if (publicRoots.has(raw.toString("base64"))) return true;
  // Parsing them all takes a tenth of a second: for strangers only, and once.
  publicKeys ??= new Set(rootCertificates.map(keyOf));
  return publicKeys.has(keyOf(raw));
}

function keyOf(certificate: string | Buffer): string {
  return new X509Certificate(certificate).publicKey
    .export({ type: "spki", format: "der" })
    .toString("base64");
}

function describe({
  subject,
  issuer,
  valid_from,
  valid_to,
  subjectaltname,
  infoAccess,
}: PeerCertificate): SeenCertificate {
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validFrom: isoDate(valid_from),
    validTo: isoDate(valid_to),
    names: plain(subjectaltname ?? ""),
    namesIssuerAddress: infoAccess !== undefined && "CA Issuers - URI" in infoAccess,
  };
}

/** The organisation says more than the name of its authority. */
function nameOf(name: PeerCertificate["subject"] | undefined): string {
  return plain([name?.O, name?.CN].flat().filter(Boolean).join(" / "));
}

function plain(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, LONGEST);
}

function isoDate(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
