import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { systemTrust } from "../../../../src/health/http/systemTrust";
import { authority, issue } from "../certificate";
import { answering, listen, type Loopback, response } from "../loopback";

const DAY = 86_400_000;
const COMPANY = authority("Company Authority");
const LEAF = issue("localhost", new Date(Date.now() - DAY), new Date(Date.now() + DAY), COMPANY);

describe("systemTrust", () => {
  let server: Loopback;
  before(async () => {
    const models = JSON.stringify({ data: [{ id: "gpt-5.5" }] });
    server = await listen(answering(response("200 OK", "application/json", models)), LEAF);
  });
  after(() => server.close());

  it("takes the system's authorities and those Node trusts already", async () => {
    const asked: string[] = [];
    const secureContext = systemTrust({
      getCACertificates: (store) => {
        asked.push(store);
        return store === "system" ? [COMPANY.cert] : [];
      },
    });
    const socket = connect({ port: server.port, host: "127.0.0.1", servername: "localhost", secureContext });
    await once(socket, "secureConnect");
    assert.ok(socket.authorized);
    socket.destroy();
    assert.deepEqual(asked.sort(), ["default", "system"]);
  });

  it("is left to Node where it cannot read them", () => {
    assert.equal(systemTrust({}), undefined);
  });

  it("includes NODE_EXTRA_CA_CERTS, which Node reads when it starts", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tokenpool-trust-"));
    const file = join(folder, "company.pem");
    await writeFile(file, COMPANY.cert);
    const states = await Promise.all([file, ""].map((extra) => probeInNewProcess(server.port, extra)));
    await rm(folder, { recursive: true });
    assert.deepEqual(states, ["ok", "unreachable"]);
  }).timeout(20_000);
});

/** @returns the state that a probe with systemTrust finds */
async function probeInNewProcess(port: number, extraCertificates: string): Promise<string> {
  const program = `
    import { probe } from "./src/health/probe/probe.ts";
    import { systemTrust } from "./src/health/http/systemTrust.ts";
    const network = { route: { secureContext: systemTrust() } };
    const report = await probe({ endpoint: "https://localhost:${port}", apiKey: "a-key-for-tests", network });
    console.log(report.state);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: extraCertificates } },
  );
  return stdout.trim();
}
