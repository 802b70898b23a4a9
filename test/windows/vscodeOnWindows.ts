import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { VSIX } from "../harness/paths";
import { runOrThrow } from "../harness/run";
import { ensureRuntime } from "../harness/runtimes";
import { Wine } from "./wine";

/** A first start within Wine loads everything from a cold disk. */
const START_LIMIT_MS = 180_000;

/**
 * Modules that code-server built for Linux, and what VS Code's server for Windows asks of them: a log, the registry,
 * an id of the machine.
 */
const STAND_INS: Readonly<Record<string, string>> = {
  "spdlog/index.js": `
    const quiet = () => undefined;
    const logger = new Proxy({}, { get: (_, name) => (name === "getLevel" ? () => 0 : name === "then" ? undefined : quiet) });
    const make = async () => logger;
    module.exports = { createRotatingLogger: make, createAsyncRotatingLogger: make, setFlushOn: quiet, setLevel: quiet, shutdown: quiet, version: 0 };`,
  "windows-registry/dist/index.js": `
    exports.GetStringRegKey = exports.GetDWORDRegKey = () => undefined;`,
  "deviceid/dist/storage.js": `
    exports.getDeviceId = async () => "00000000-0000-4000-8000-000000000000";
    exports.setDeviceId = async () => undefined;`,
};

/** VS Code's own server with Windows' Node and the packaged extension, for a browser of this machine. */
export class VSCodeOnWindows {
  private constructor(
    readonly url: string,
    private readonly wine: Wine,
    private readonly layer: string,
  ) {}

  /** @param machineSettings those of the machine that the server runs on */
  static async start(machineSettings: Readonly<Record<string, unknown>>): Promise<VSCodeOnWindows> {
    const runtime = path.dirname(await ensureRuntime("windows"));
    const program = path.join(await ensureRuntime("vscode"), "code-server/lib/vscode");
    const layer = fs.mkdtempSync(path.join(os.tmpdir(), "tokenpool-windows-vscode-"));
    // The one who reads it is not root.
    fs.chmodSync(layer, 0o755);
    for (const [name, text] of Object.entries(STAND_INS))
      write(path.join(layer, "node_modules/@vscode", name), text);
    const wine = await Wine.start({ runtime, tree: [layer, program] });
    const server = new VSCodeOnWindows(`http://127.0.0.1:${await freePort()}`, wine, layer);
    try {
      await server.prepare(machineSettings);
      const ended = server.serve();
      await Promise.race([server.listening(), ended]);
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  private async prepare(machineSettings: Readonly<Record<string, unknown>>): Promise<void> {
    const { shared } = this.wine;
    write(path.join(shared, "data/data/Machine/settings.json"), JSON.stringify(machineSettings));
    fs.mkdirSync(path.join(shared, "project"));
    const unpacked = path.join(shared, "extensions");
    const unzip = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])";
    await runOrThrow("python3", ["-c", unzip, VSIX, unpacked]);
    fs.renameSync(path.join(unpacked, "extension"), path.join(unpacked, "tokenpool.tokenpool-0.1.0"));
    await runOrThrow("chown", ["-R", `${Wine.USER}:${Wine.USER}`, shared]);
  }

  /** @throws when it ends, for it never does by itself */
  private async serve(): Promise<never> {
    const { port } = new URL(this.url);
    const { code, stdout, stderr } = await this.wine.exe(
      "/runtime/node-win-24/bin/node.exe",
      [
        ...["out/server-main.js", "--accept-server-license-terms", "--without-connection-token"],
        ...["--host", "127.0.0.1", "--port", port, "--disable-telemetry"],
        ...["--server-data-dir", "Z:\\shared\\data", "--extensions-dir", "Z:\\shared\\extensions"],
      ],
      { cwd: "/tree" },
    );
    throw new Error(`VS Code's server ended with ${code}\n${stdout}\n${stderr}`);
  }

  private async listening(): Promise<void> {
    const limit = Date.now() + START_LIMIT_MS;
    while (!(await answers(this.url))) {
      if (Date.now() > limit) throw new Error("VS Code's server does not listen.");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  get workbenchUrl(): string {
    return `${this.url}/?folder=/z:/shared/project`;
  }

  /** A file below the person's home; undefined where there is none. */
  async read(name: string): Promise<string | undefined> {
    const { code, stdout } = await this.wine.run("/bin/cat", [`/prefix/drive_c/users/tester/${name}`]);
    return code === 0 ? stdout : undefined;
  }

  async stop(): Promise<void> {
    await this.wine.stop();
    fs.rmSync(this.layer, { recursive: true, force: true });
  }
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/version`).then(
    ({ ok }) => ok,
    () => false,
  );
}
