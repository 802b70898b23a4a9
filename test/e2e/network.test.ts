import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { connect } from "node:net";
import { authority, issue } from "../unit/health/certificate";
import { type ConnectProxy, startProxy } from "../unit/health/connectProxy";
import { closedPort, listen, type Loopback } from "../unit/health/loopback";
import { Session } from "./support/session";

const ENDPOINT = "https://gateway.invalid";
const DAY = 86_400_000;

/** No name but loopback's resolves here, so the endpoint can be reached through a proxy only. */
describe("VS Code's network settings", function () {
  this.timeout(180_000);
  let session: Session;
  let front: Loopback;
  let proxy: ConnectProxy;
  let folder: string;

  before(async () => {
    const company = authority("Company Authority");
    const soon = [new Date(Date.now() - DAY), new Date(Date.now() + DAY)] as const;
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tokenpool-network-"));
    fs.writeFileSync(path.join(folder, "company.pem"), company.cert);
    session = await Session.start({
      withClients: false,
      environment: { NODE_EXTRA_CA_CERTS: path.join(folder, "company.pem") },
    });
    const gatewayPort = Number(new URL(session.gateway.url).port);
    front = await listen(
      (socket) => {
        const gateway = connect(gatewayPort, "127.0.0.1");
        gateway.on("error", () => socket.destroy());
        socket.pipe(gateway).pipe(socket);
      },
      issue("gateway.invalid", ...soon, company),
    );
    proxy = await startProxy(front.port);
    await session.setApiKey();
    session.server.writeMachineSettings({ "tokenpool.baseUrl": ENDPOINT });
  });
  after(async () => {
    await Promise.all([session.stop(), front.close(), proxy.close()]);
    fs.rmSync(folder, { recursive: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") {
      await session.workbench.screenshot(`failed ${this.currentTest.fullTitle()}`);
    }
  });

  /** Waits until a check with these user settings says so in status bar and panel. */
  async function expectWith(changes: object, status: RegExp, text: string): Promise<void> {
    const { server, workbench, gateway } = session;
    const file = path.join(server.userData, "User/settings.json");
    const settings = JSON.parse(fs.readFileSync(file, "utf8")) as object;
    fs.writeFileSync(file, JSON.stringify({ ...settings, ...changes }));
    await workbench.reload();
    gateway.clear();
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    await workbench.statusItem.filter({ hasText: status }).waitFor();
    await workbench.runCommand("TokenPool: Open Troubleshooting");
    await workbench.webview().getByText(text).first().waitFor();
  }

  it("without a proxy: not reachable", async () => {
    await expectWith({}, /Unreachable/, "The endpoint's name cannot be resolved");
    assert.deepEqual(session.gateway.requests, []);
  });

  it("with http.proxy: reached through it, and told that the clients are not", async () => {
    await expectWith({ "http.proxy": `http://127.0.0.1:${proxy.port}` }, /Limited/, "through a proxy");
    const { gateway } = session;
    assert.ok(gateway.requests.length > 0);
    assert.ok(gateway.requests.every(({ authorization }) => authorization === `Bearer ${gateway.key}`));
    assert.ok(
      proxy.requests.every(({ url, headers }) => url === "gateway.invalid:443" && !headers.authorization),
    );
  });

  it("where only VS Code's own fetch gets through: reached through the editor", async () => {
    const { gateway, server } = session;
    // Another loopback address, where nobody listens: for VS Code an address like any other.
    const host = `127.0.0.2:${await closedPort()}`;
    server.writeMachineSettings({ "tokenpool.baseUrl": `http://${host}` });
    proxy.targetPort = Number(new URL(gateway.url).port);
    await expectWith(
      { "http.proxy": `http://127.0.0.1:${proxy.port}` },
      /Limited/,
      "through VS Code's network",
    );
    assert.ok(gateway.requests.length > 0);
    assert.ok(gateway.requests.every(({ authorization }) => authorization === `Bearer ${gateway.key}`));
    assert.equal(proxy.requests.at(-1)?.url, host);
  });
});
