import { runOrThrow } from "../../harness/run";
import type { Certificate } from "../../unit/health/certificate";
import { alone, type Group, type Row } from "../row";
import { certificateFor, COMPANY, PUBLIC, type Scene } from "../scene";

type Fates = readonly [codex: boolean, opencode: boolean];

/** The system knows the public authorities and the company's; a server has a certificate of one of them. */
const withStore = (
  box: string,
  [codex, opencode]: Fates,
  says: string,
  by: Certificate,
  variables: (scene: Scene) => Promise<Readonly<Record<string, string>>>,
): Group => {
  const row: Omit<Row, "endpoint"> = { box, codex, opencode, says };
  return {
    ...alone(row, async (scene) => {
      await scene.coverFolder("/etc/ssl/certs", await systemStore(scene));
      const port = await scene.secure(certificateFor("localhost", by));
      return { endpoint: `https://localhost:${port}`, env: await variables(scene) };
    }),
    namespace: true,
  };
};

/** As Debian has it: all in one file, and each in one of its own below the hash of its name. */
async function systemStore(scene: Scene): Promise<string> {
  const store = await scene.folder("certs", {
    "ca-certificates.crt": PUBLIC.cert + COMPANY.cert,
    "public.pem": PUBLIC.cert,
    "company.pem": COMPANY.cert,
  });
  await runOrThrow("openssl", ["rehash", store]);
  return store;
}

const der = ({ cert }: Certificate) => Buffer.from(cert.replace(/-----[^-]+-----/g, ""), "base64");

export const SYSTEM_STORE: readonly Group[] = [
  withStore("the company's authority is in it", [true, true], "ok", COMPANY, () => Promise.resolve({})),
  withStore("…, and the variables name files that are not there", [true, true], "ok", COMPANY, () => {
    const file = "/nonexistent/company.pem";
    const env = { CODEX_CA_CERTIFICATE: file, NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file };
    return Promise.resolve(env);
  }),
  withStore(
    "…, and the variables name files that are empty or in DER",
    [true, true],
    "ok",
    COMPANY,
    async (scene) => {
      const file = await scene.file("company.der", der(COMPANY));
      const empty = await scene.file("empty.pem", "");
      return { CODEX_CA_CERTIFICATE: file, NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: empty };
    },
  ),
  withStore(
    "`SSL_CERT_FILE` names the company's alone, outside its network",
    [false, true],
    "network/untrusted-certificate",
    PUBLIC,
    async (scene) => ({ SSL_CERT_FILE: await scene.file("company.pem", COMPANY.cert) }),
  ),
  withStore(
    "`SSL_CERT_DIR` is an empty folder",
    [true, false],
    "network/untrusted-certificate",
    PUBLIC,
    async (scene) => ({
      SSL_CERT_DIR: await scene.folder("none", {}),
    }),
  ),
];
