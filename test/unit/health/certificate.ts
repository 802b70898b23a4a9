import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate and its key in PEM, as a TLS server takes them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly hostName: string;
}

const OID_ECDSA_SHA256 = "06082a8648ce3d040302";
const OID_ECDSA_SHA1 = "06072a8648ce3d0401";
const OID_AUTHORITY_INFO_ACCESS = "06082b06010505070101";
const OID_CA_ISSUERS = "06082b06010505073002";
const OID_COMMON_NAME = "0603550403";
const OID_SUBJECT_ALT_NAME = "0603551d11";
const BASIC_CONSTRAINTS_AUTHORITY = "30 0f 0603551d13 0101ff 0405 3003 0101ff";

export interface IssueOptions {
  /** May sign others. */
  readonly isAuthority?: boolean;
  readonly digest?: "sha256" | "sha1";
  /** Where the certificate of who signed it can be had, as public authorities say it. */
  readonly issuerAddress?: string;
}

/** A certificate signed with its own key. */
export function selfSigned(hostName: string, validFrom: Date, validTo: Date): Certificate {
  return issue(hostName, validFrom, validTo, undefined);
}

/** One that may sign others, signed by itself or by the authority above it. */
export function authority(name: string, by?: Certificate): Certificate {
  const day = 86_400_000;
  const [from, to] = [new Date(Date.now() - 9 * day), new Date(Date.now() + 9 * day)];
  return issue(name, from, to, by, { isAuthority: true });
}

/**
 * Makes a certificate for a host name. Node has no function for this, so the few ASN.1 structures of
 * RFC 5280 section 4.1 are put together here.
 *
 * @param issuer who signs it; undefined: its own key
 */
export function issue(
  hostName: string,
  validFrom: Date,
  validTo: Date,
  issuer: Certificate | undefined,
  { isAuthority = false, digest = "sha256", issuerAddress }: IssueOptions = {},
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(hex(digest === "sha1" ? OID_ECDSA_SHA1 : OID_ECDSA_SHA256));
  const alternativeName = sequence(
    hex(OID_SUBJECT_ALT_NAME),
    der(0x04, sequence(der(0x82, Buffer.from(hostName)))),
  );
  const extensions = [isAuthority ? hex(BASIC_CONSTRAINTS_AUTHORITY) : alternativeName];
  if (issuerAddress !== undefined) extensions.push(issuerAccess(issuerAddress));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    algorithm,
    nameOf(issuer?.hostName ?? hostName),
    sequence(time(validFrom), time(validTo)),
    nameOf(hostName),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const bits = sign(digest, body, issuer?.key ?? privateKey);
  const base64 = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.of(0), bits]))).toString("base64");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}(?!$)/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    hostName,
  };
}

function issuerAccess(address: string): Buffer {
  const place = sequence(hex(OID_CA_ISSUERS), der(0x86, Buffer.from(address)));
  return sequence(hex(OID_AUTHORITY_INFO_ACCESS), der(0x04, sequence(place)));
}

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(hex(OID_COMMON_NAME), der(0x0c, Buffer.from(commonName)))));
}

/** One ASN.1 value: tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  if (length < 0x100) return Buffer.concat([Buffer.of(tag, 0x81, length), content]);
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 0xff), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(" ", ""), "hex");
}

/** UTCTime, `YYMMDDhhmmssZ`. */
function time(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-T:]/g, "")}Z`));
}
