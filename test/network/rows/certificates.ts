import type { Certificate } from "../../unit/health/certificate";
import { inspecting, startTunnelProxy } from "../../gateway/boxes/tunnelProxy";
import { alone, type Group } from "../row";
import { certificateFor, COMPANY, type Scene } from "../scene";

const HOST = "gateway.invalid";

/** A company's proxy opens all connections; programs trust it by what these variables name. */
const inspected = (
  box: string,
  [codex, opencode]: readonly [boolean, boolean],
  trust: (scene: Scene, company: Certificate) => Promise<Readonly<Record<string, string>>>,
): Group =>
  alone(
    { box, codex, opencode, says: codex && opencode ? "ok" : "network/untrusted-certificate" },
    async (scene) => {
      const proxy = await scene.open(
        startTunnelProxy(inspecting(scene.gatewayPort, certificateFor(HOST, COMPANY))),
      );
      const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, ...(await trust(scene, COMPANY)) };
      return { endpoint: `https://${HOST}`, env };
    },
  );

const named =
  (...variables: string[]) =>
  async (scene: Scene, { cert }: Certificate) => {
    const file = await scene.file("company.pem", cert);
    return Object.fromEntries(variables.map((variable) => [variable, file]));
  };

export const CERTIFICATES: readonly Group[] = [
  inspected("trusted nowhere", [false, false], named()),
  inspected(
    "`CODEX_CA_CERTIFICATE` and `NODE_EXTRA_CA_CERTS`",
    [true, true],
    named("CODEX_CA_CERTIFICATE", "NODE_EXTRA_CA_CERTS"),
  ),
  inspected("only `NODE_EXTRA_CA_CERTS`", [false, true], named("NODE_EXTRA_CA_CERTS")),
  inspected("only `CODEX_CA_CERTIFICATE`", [true, false], named("CODEX_CA_CERTIFICATE")),
  inspected("only `SSL_CERT_FILE`", [true, true], named("SSL_CERT_FILE")),
];
