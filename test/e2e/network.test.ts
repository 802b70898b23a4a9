import assert from "node:assert/strict";
import { closedPort } from "../unit/health/loopback";
import { changeUserSettings, useProxiedSession } from "./support/proxiedSession";

const ENDPOINT = "https://gateway.invalid";
const MISMATCH = "Not every program uses the same proxy";

/** No name but loopback's resolves here, so the endpoint can be reached through a proxy only. */
describe("VS Code's network settings", function () {
  this.timeout(180_000);
  const current = useProxiedSession(ENDPOINT, new URL(ENDPOINT).host, { withClients: false });

  /** Waits until a check with these user settings says so in status bar and panel. */
  async function expectWith(changes: object, status: RegExp, text: string): Promise<void> {
    const { session } = current();
    const { workbench } = session;
    await changeUserSettings(session, changes);
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    await workbench.statusItem.filter({ hasText: status }).waitFor();
    await workbench.runCommand("TokenPool: Open Troubleshooting");
    await workbench.webview().getByText(text).first().waitFor();
  }

  it("without a proxy: not reachable", async () => {
    await expectWith({}, /Unreachable/, "The endpoint's name cannot be resolved");
    assert.deepEqual(current().session.gateway.requests, []);
  });

  it("with http.proxy: the clients do not know it, so it decides nothing and gets no key", async () => {
    const { session, proxy } = current();
    const text = "The endpoint's name cannot be resolved";
    await expectWith({ "http.proxy": `http://127.0.0.1:${proxy.port}` }, /Unreachable/, text);
    assert.ok(session.gateway.requests.every(({ authorization }) => authorization === undefined));
    assert.ok(
      proxy.requests.every(({ url, headers }) => url === "gateway.invalid:443" && !headers.authorization),
    );
  });

  it("where only VS Code's own fetch gets through: that is said, and it gets no key either", async () => {
    const { session, proxy } = current();
    const { gateway, server } = session;
    // Another loopback address, where nobody listens: for VS Code an address like any other.
    const host = `127.0.0.2:${await closedPort()}`;
    server.writeMachineSettings({ "tokenpool.baseUrl": `http://${host}` });
    proxy.targetPort = Number(new URL(gateway.url).port);
    await expectWith({ "http.proxy": `http://127.0.0.1:${proxy.port}` }, /Unreachable/, MISMATCH);
    assert.ok(gateway.requests.length > 0, "VS Code's own way was tried");
    assert.deepEqual([...new Set(gateway.requests.map(({ authorization }) => authorization))], [undefined]);
    assert.equal(proxy.requests.at(-1)?.url, host);
  });
});
