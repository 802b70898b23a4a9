import * as fs from "node:fs";
import * as path from "node:path";
import { type Gateway, startGateway } from "../../gateway/gateway";
import type { Browser } from "../../harness/browser";
import { Cleanup } from "../../harness/cleanup";
import { linkClientPrograms } from "../../harness/clientPrograms";
import type { VSCodeServer } from "../../harness/vscodeServer";
import { Workbench } from "../../harness/workbench";
import { type Editor, type EditorNeeds, leaveEditor, takeEditor } from "./editor";
import { OtherExtension } from "./otherExtension";

export interface SessionOptions extends EditorNeeds {
  /** Files below the home directory before VS Code starts. */
  readonly homeFiles?: Readonly<Record<string, string | Uint8Array>>;
  /** Whether the extension finds `codex` and `opencode` on its PATH. */
  readonly withClients?: boolean;
}

/** The packaged extension in a real VS Code, in a real browser, at a gateway simulator. */
export class Session {
  private constructor(
    readonly gateway: Gateway,
    private readonly editor: Editor,
    private readonly needs: EditorNeeds,
    readonly workbench: Workbench,
  ) {}

  static async start({
    homeFiles = {},
    withClients = true,
    ...needs
  }: SessionOptions = {}): Promise<Session> {
    const cleanup = new Cleanup();
    try {
      const gateway = await startGateway();
      cleanup.add(() => gateway.close());
      const machineSettings = { "tokenpool.baseUrl": gateway.url };
      const editor = await takeEditor({ machineSettings, ...needs });
      cleanup.add(() => editor.stop());
      const { server, browser } = editor;
      if (withClients) await linkClientPrograms(server.programs);
      for (const [name, content] of Object.entries(homeFiles))
        writeFile(path.join(server.home, name), content);
      const place = (await needs.place?.(server.home)) ?? server.home;
      const workbench = await Workbench.open(browser, server.workbenchUrl(place));
      return new Session(gateway, editor, needs, workbench);
    } catch (error) {
      await cleanup.run();
      throw error;
    }
  }

  /** What can be asked where the session began with `OTHER_EXTENSION`. */
  get otherExtension(): OtherExtension {
    return new OtherExtension(this.server);
  }

  get server(): VSCodeServer {
    return this.editor.server;
  }

  get browser(): Browser {
    return this.editor.browser;
  }

  /** A file below the home directory. */
  file(name: string): string {
    return path.join(this.server.home, name);
  }

  read(name: string): Buffer {
    return fs.readFileSync(this.file(name));
  }

  /** Runs Set API Key… with the demo key, as a person would; one that is there is replaced. */
  async setApiKey(key = this.gateway.key): Promise<void> {
    const { workbench } = this;
    await workbench.runCommand("TokenPool: Set API Key…");
    const replace = workbench.quickInput.getByText("Replace the Key in Use");
    const paste = workbench.quickInput.getByText("Paste your API key");
    await replace.or(paste).waitFor();
    if (await replace.isVisible()) await replace.click();
    await paste.waitFor();
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

  /** @param whole whether all went well, so that the next session may have this one's VS Code */
  async stop(whole = false): Promise<void> {
    await (whole ? leaveEditor(this.editor, this.needs) : this.editor.stop());
    await this.gateway.close();
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
  let whole = true;
  before(async () => {
    session = await Session.start(options);
  });
  afterEach(async function () {
    const { currentTest } = this;
    if (currentTest?.state !== "failed") return;
    whole = false;
    await session?.workbench.screenshot(`failed ${currentTest.fullTitle()}`);
  });
  after(() => session?.stop(whole));
  return () => {
    if (!session) throw new Error("there is a session only while tests run");
    return session;
  };
}
