import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { connect } from "node:net";
import { authority, issue } from "../unit/health/certificate";
import { type ConnectProxy, startProxy } from "../unit/health/connectProxy";
import { listen, type Loopback } from "../unit/health/loopback";
import { Session } from "./support/session";

const CHOSEN = "https://api.clawto.link";
const OTHER = "https://api.tokenpool.dev";
const DAY = 86_400_000;

/** No name but loopback's resolves here; a proxy of the test's leads TokenPool's names to the simulator. */
describe("both endpoints", function () {
  this.timeout(240_000);
  let session: Session;
  let front: Loopback;
  let proxy: ConnectProxy;
  let folder: string;

  before(async () => {
    const company = authority("Company Authority");
    const soon = [new Date(Date.now() - DAY), new Date(Date.now() + DAY)] as const;
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tokenpool-endpoints-"));
    fs.writeFileSync(path.join(folder, "company.pem"), company.cert);
    session = await Session.start({
      environment: { NODE_EXTRA_CA_CERTS: path.join(folder, "company.pem") },
    });
    const gatewayPort = Number(new URL(session.gateway.url).port);
    front = await listen(
      (socket) => {
        const gateway = connect(gatewayPort, "127.0.0.1");
        gateway.on("error", () => socket.destroy());
        socket.pipe(gateway).pipe(socket);
      },
      issue(new URL(OTHER).host, ...soon, company),
    );
    proxy = await startProxy(front.port);
    proxy.unreachableHost = new URL(CHOSEN).host;
    await session.setApiKey();
    session.server.writeMachineSettings({ "tokenpool.baseUrl": CHOSEN });
    // As soon as VS Code has noticed, nothing is known any more.
    const { statusItem, page } = session.workbench;
    await statusItem.filter({ has: page.locator(".codicon-pulse") }).waitFor();
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

  it("out of reach mean that this machine is offline", async () => {
    const { workbench } = session;
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    await workbench.statusItem.filter({ hasText: "TokenPool: Offline" }).waitFor();
    await workbench.notification("This machine seems to be offline").waitFor();
    await workbench.closeNotifications();
  });

  it("are told apart when only the chosen one is down, and the other one is offered", async () => {
    const { workbench, server, gateway } = session;
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    const file = path.join(server.userData, "User/settings.json");
    const settings = JSON.parse(fs.readFileSync(file, "utf8")) as object;
    fs.writeFileSync(file, JSON.stringify({ ...settings, "http.proxy": `http://127.0.0.1:${proxy.port}` }));
    await workbench.reload();
    gateway.clear();
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    await workbench.statusItem.filter({ hasText: "TokenPool: Unreachable" }).waitFor();
    await workbench.statusItem.locator("a").hover();
    const hover = workbench.page.locator(".monaco-hover", { hasText: "api.tokenpool.dev answers from here" });
    await hover.getByText("Use the Other Endpoint").waitFor();
    await workbench.screenshot("other-endpoint-offered");
    assert.ok(gateway.requests.length > 0, "the other endpoint was asked");
    assert.ok(
      gateway.requests.every(({ authorization }) => authorization === undefined),
      "without the key",
    );
  });

  it("are switched when the user says so, and the clients with them", async () => {
    const { workbench, gateway } = session;
    await workbench.page.mouse.move(400, 300);
    await workbench.closeNotifications();
    await workbench.statusItem.locator("a").click();
    await workbench.quickInput
      .locator(".monaco-list-row", { hasText: "Switch to api.tokenpool.dev" })
      .filter({ hasText: "answers from here" })
      .click();
    await workbench.answer(`The endpoint is ${OTHER} now`, "Update Codex");
    await workbench.answer("Apply these changes?", "Apply");
    await workbench.notification("Codex: updated").waitFor();
    assert.match(
      session.read(".codex/config.toml").toString(),
      /^base_url = "https:\/\/api\.tokenpool\.dev"$/m,
    );
    await workbench.runCommand("TokenPool: Check Endpoint Health");
    // The clients do not know VS Code's proxy.
    await workbench.statusItem.filter({ hasText: "TokenPool: Limited" }).waitFor();
    assert.ok(gateway.requests.some(({ authorization }) => authorization === `Bearer ${gateway.key}`));
  });
});
