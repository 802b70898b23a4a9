import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate signed with its own key, in PEM, as a TLS server takes it. */
export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
}

const OID_ECDSA_SHA256 = "06082a8648ce3d040302";
const OID_COMMON_NAME = "0603550403";
const OID_SUBJECT_ALT_NAME = "0603551d11";

/**
 * Makes a certificate for a host name. Node has no function for this, so the few ASN.1 structures of
 * RFC 5280 section 4.1 are put together here.
 */
export function selfSigned(hostName: string, validFrom: Date, validTo: Date): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(hex(OID_ECDSA_SHA256));
  const name = sequence(der(0x31, sequence(hex(OID_COMMON_NAME), der(0x0c, Buffer.from(hostName)))));
  const alternativeNames = sequence(der(0x82, Buffer.from(hostName)));
  const extension = sequence(hex(OID_SUBJECT_ALT_NAME), der(0x04, alternativeNames));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    algorithm,
    name,
    sequence(time(validFrom), time(validTo)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension)),
  );
  const signature = der(0x03, Buffer.concat([Buffer.of(0), sign("sha256", body, privateKey)]));
  const base64 = sequence(body, algorithm, signature).toString("base64");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
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
  return Buffer.from(text, "hex");
}

/** UTCTime, `YYMMDDhhmmssZ`. */
function time(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-T:]/g, "")}Z`));
}
