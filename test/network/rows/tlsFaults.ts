import type { Socket } from "node:net";
import { createServer } from "node:net";
import { authority, type Certificate, issue, selfSigned } from "../../unit/health/certificate";
import { listening } from "../../gateway/boxes/box";
import { startTlsFront } from "../../gateway/boxes/tlsFront";
import type { Group, Row } from "../row";
import { certificateFor, COMPANY, inDays, PUBLIC, type Scene } from "../scene";

const HOST = "localhost";

/** Both clients end at the same fault. */
const fault = (box: string, says: string, endpoint: Row["endpoint"], more: Partial<Row> = {}): Row => ({
  box,
  codex: false,
  opencode: false,
  says,
  endpoint,
  ...more,
});

const behind =
  (make: () => Pick<Certificate, "cert" | "key">, options = {}): Row["endpoint"] =>
  async (scene) => {
    const { port } = await scene.open(startTlsFront(scene.gatewayPort, { ...make(), ...options }));
    return `https://${HOST}:${port}`;
  };

/** Something that is no TLS server. */
const instead =
  (serve: (socket: Socket) => void): Row["endpoint"] =>
  async (scene) =>
    `https://${HOST}:${(await scene.open(listening(createServer(serve)))).port}`;

/** A server certificate below an intermediate that the server does not send, as public authorities make it. */
function incomplete(): Pick<Certificate, "cert" | "key"> {
  const between = authority("Public Intermediate", PUBLIC);
  return issue(HOST, inDays(-1), inDays(1), between, { issuerAddress: "http://ca.invalid/between.crt" });
}

const weak = () => issue(HOST, inDays(-1), inDays(1), PUBLIC, { digest: "sha1" });
const good = () => certificateFor(HOST, PUBLIC);
/** OpenSSL itself would not offer what is weak. */
const OLD = { ciphers: "DEFAULT@SECLEVEL=0" };
/** Handshake failure, fatal. */
const ALERT = Buffer.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28);

export const TLS_FAULTS: Group = {
  title: "The gateway's TLS",
  environment: (scene: Scene) => scene.trust(PUBLIC),
  rows: [
    { box: "nothing wrong", codex: true, opencode: true, says: "ok", endpoint: behind(good) },
    fault(
      "certificate expired",
      "network/certificate-expired",
      behind(() => certificateFor(HOST, PUBLIC, -2, -1)),
    ),
    fault(
      "certificate not valid yet",
      "network/certificate-expired",
      behind(() => certificateFor(HOST, PUBLIC, 1, 2)),
    ),
    fault(
      "certificate of another host",
      "network/certificate-wrong-host",
      behind(() => certificateFor("other.invalid", PUBLIC)),
    ),
    fault("intermediate certificate missing", "network/certificate-incomplete", behind(incomplete)),
    fault(
      "self-signed certificate",
      "network/untrusted-certificate",
      behind(() => selfSigned(HOST, inDays(-1), inDays(1))),
    ),
    fault(
      "certificate of an unknown authority",
      "network/untrusted-certificate",
      behind(() => certificateFor(HOST, COMPANY)),
    ),
    fault("certificate signed with SHA-1", "network/tls-failed", behind(weak, OLD), {
      opencode: true,
      isStricter: true,
    }),
    fault(
      "TLS 1.1 only",
      "network/tls-failed",
      behind(good, { ...OLD, minVersion: "TLSv1", maxVersion: "TLSv1.1" }),
    ),
    fault(
      "client certificate wanted",
      "network/tls-failed",
      behind(good, { requestCert: true, rejectUnauthorized: true }),
    ),
    fault(
      "plain HTTP at the TLS port",
      "network/tls-failed",
      instead(
        (socket) =>
          void socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")),
      ),
    ),
    fault(
      "alert after the ClientHello",
      "network/tls-failed",
      instead((socket) => void socket.once("data", () => socket.end(ALERT))),
    ),
    fault(
      "reset after the ClientHello",
      "network/tls-failed",
      instead((socket) => void socket.once("data", () => socket.resetAndDestroy())),
    ),
  ],
};
