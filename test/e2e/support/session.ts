import * as fs from "node:fs";
import * as path from "node:path";
import { type Gateway, startGateway } from "../../gateway/gateway";
import { type Browser, launchBrowser } from "../../harness/browser";
import { Cleanup } from "../../harness/cleanup";
import { linkClientPrograms } from "../../harness/clientPrograms";
import { VSIX } from "../../harness/paths";
import { type ServerOptions, VSCodeServer } from "../../harness/vscodeServer";
import { Workbench } from "../../harness/workbench";

export interface SessionOptions extends ServerOptions {
  /** Files below the home directory before VS Code starts. */
  readonly homeFiles?: Readonly<Record<string, string | Uint8Array>>;
  /** Whether the extension finds `codex` and `opencode` on its PATH. */
  readonly withClients?: boolean;
  /**
   * Makes what is to be opened instead of the home directory.
   * @returns its path
   */
  readonly place?: (home: string) => Promise<string>;
}

/** The packaged extension in a real VS Code, in a real browser, at a gateway simulator. */
export class Session {
  private constructor(
    readonly gateway: Gateway,
    readonly server: VSCodeServer,
    readonly browser: Browser,
    readonly workbench: Workbench,
    private readonly cleanup: Cleanup,
  ) {}

  static async start({
    homeFiles = {},
    withClients = true,
    place = (home) => Promise.resolve(home),
    ...options
  }: SessionOptions = {}): Promise<Session> {
    const cleanup = new Cleanup();
    try {
      const gateway = await startGateway();
      cleanup.add(() => gateway.close());
      const machineSettings = { "tokenpool.baseUrl": gateway.url };
      const server = await VSCodeServer.start({ extensions: [VSIX], machineSettings, ...options });
      cleanup.add(() => server.stop());
      if (withClients) await linkClientPrograms(server.programs);
      for (const [name, content] of Object.entries(homeFiles))
        writeFile(path.join(server.home, name), content);
      const browser = await launchBrowser();
      cleanup.add(() => browser.close());
      const workbench = await Workbench.open(browser, server.workbenchUrl(await place(server.home)));
      return new Session(gateway, server, browser, workbench, cleanup);
    } catch (error) {
      await cleanup.run();
      throw error;
    }
  }

  /** A file below the home directory. */
  file(name: string): string {
    return path.join(this.server.home, name);
  }

  read(name: string): Buffer {
    return fs.readFileSync(this.file(name));
  }

  /** Runs Set API Key… with the demo key, as a person would. */
  async setApiKey(key = this.gateway.key): Promise<void> {
    const { workbench } = this;
    await workbench.runCommand("TokenPool: Set API Key…");
    await workbench.quickInput.getByText("Paste your API key").waitFor();
    await workbench.input.fill(key);
    await workbench.page.keyboard.press("Enter");
    await workbench.notification("API key stored").waitFor();
    await workbench.closeNotifications();
  }

  /** Runs a command that ends in a preview, and presses Apply. */
  async runAndApply(command: string, done: string | RegExp): Promise<void> {
    const { workbench } = this;
    await workbench.runCommand(command);
    await workbench.answerPreview("Apply");
    await workbench.notification(done).waitFor();
  }

  stop(): Promise<void> {
    return this.cleanup.run();
  }
}

export function writeFile(file: string, content: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

/**
 * Gives the tests of a describe block one session. A failing test leaves a screenshot behind.
 * @returns the session, once the tests run
 */
export function useSession(options?: SessionOptions): () => Session {
  let session: Session | undefined;
  before(async () => {
    session = await Session.start(options);
  });
  afterEach(async function () {
    const { currentTest } = this;
    if (currentTest?.state === "failed")
      await session?.workbench.screenshot(`failed ${currentTest.fullTitle()}`);
  });
  after(() => session?.stop());
  return () => {
    if (!session) throw new Error("there is a session only while tests run");
    return session;
  };
}
