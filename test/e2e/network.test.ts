import assert from "node:assert/strict";
import { closedPort } from "../unit/health/loopback";
import { changeUserSettings, useProxiedSession } from "./support/proxiedSession";

const ENDPOINT = "https://gateway.invalid";

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

  it("with http.proxy: reached through it, and told that the clients are not", async () => {
    const { session, proxy } = current();
    const { gateway } = session;
    await expectWith({ "http.proxy": `http://127.0.0.1:${proxy.port}` }, /Limited/, "through a proxy");
    assert.ok(gateway.requests.length > 0);
    assert.ok(gateway.requests.every(({ authorization }) => authorization === `Bearer ${gateway.key}`));
    assert.ok(
      proxy.requests.every(({ url, headers }) => url === "gateway.invalid:443" && !headers.authorization),
    );
  });

  it("where only VS Code's own fetch gets through: reached through the editor", async () => {
    const { session, proxy } = current();
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
