import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { connect } from "node:net";
import { Cleanup } from "../../harness/cleanup";
import { authority, issue } from "../../unit/health/certificate";
import { type ConnectProxy, startProxy } from "../../unit/health/connectProxy";
import { listen } from "../../unit/health/loopback";
import { Session, type SessionOptions } from "./session";

const DAY = 86_400_000;

export interface ProxiedSession {
  readonly session: Session;
  /** Leads every host to the simulator, over TLS with a certificate that VS Code and Codex trust. */
  readonly proxy: ConnectProxy;
}

/**
 * Gives the tests of a describe block a session and a proxy behind which the simulator has a name: no name
 * but loopback's resolves here. The key is stored, and the endpoint is `endpoint`, without the proxy so far.
 * @param endpoint undefined: none is chosen, and no key is stored
 * @param hostName the one in the certificate
 */
export function useProxiedSession(
  endpoint: string | undefined,
  hostName: string,
  options: SessionOptions = {},
): () => ProxiedSession {
  const cleanup = new Cleanup();
  let current: ProxiedSession | undefined;
  let whole = true;
  before(async () => {
    const company = authority("Company Authority");
    const soon = [new Date(Date.now() - DAY), new Date(Date.now() + DAY)] as const;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tokenpool-proxied-"));
    cleanup.add(() => fs.promises.rm(folder, { recursive: true }));
    const trusted = path.join(folder, "company.pem");
    fs.writeFileSync(trusted, company.cert);
    const environment = { NODE_EXTRA_CA_CERTS: trusted, CODEX_CA_CERTIFICATE: trusted };
    const nothing = endpoint === undefined && { machineSettings: {} };
    const session = await Session.start({ environment, ...nothing, ...options });
    cleanup.add(() => session.stop(whole));
    const gatewayPort = Number(new URL(session.gateway.url).port);
    const front = await listen(
      (socket) => {
        const gateway = connect(gatewayPort, "127.0.0.1");
        gateway.on("error", () => socket.destroy());
        socket.pipe(gateway).pipe(socket);
      },
      issue(hostName, ...soon, company),
    );
    cleanup.add(() => front.close());
    const proxy = await startProxy(front.port);
    cleanup.add(() => proxy.close());
    current = { session, proxy };
    if (endpoint === undefined) return;
    await session.setApiKey();
    session.server.writeMachineSettings({ "tokenpool.baseUrl": endpoint });
    // As soon as VS Code has noticed, nothing is known any more.
    const { statusItem, page } = session.workbench;
    await statusItem.filter({ has: page.locator(".codicon-pulse") }).waitFor();
  });
  after(() => cleanup.run());
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    whole = false;
    await current?.session.workbench.screenshot(`failed ${this.currentTest.fullTitle()}`);
  });
  return () => {
    if (!current) throw new Error("there is a session only while tests run");
    return current;
  };
}

/** Changes VS Code's own settings, which take effect after a reload. */
export async function changeUserSettings(
  { server, workbench, gateway }: Session,
  changes: object,
): Promise<void> {
  const file = path.join(server.userData, "User/settings.json");
  const settings = JSON.parse(fs.readFileSync(file, "utf8")) as object;
  fs.writeFileSync(file, JSON.stringify({ ...settings, ...changes }));
  await workbench.reload();
  gateway.clear();
}
