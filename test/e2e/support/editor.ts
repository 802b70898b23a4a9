import { type Browser, launchBrowser } from "../../harness/browser";
import { SPARING_OPENCODE } from "../../harness/clientPrograms";
import { hostsOf } from "../../harness/extensionHost";
import { VSIX } from "../../harness/paths";
import { installPseudo } from "../../l10n/pseudo";
import { type ServerOptions, VSCodeServer } from "../../harness/vscodeServer";

/** How long a window's extension host may take to end. */
const END_LIMIT_MS = 20_000;

/** A real VS Code with the packaged extension and a browser for it: what takes longest to start. */
export interface Editor {
  readonly server: VSCodeServer;
  readonly browser: Browser;
  stop(): Promise<void>;
}

export interface EditorNeeds extends ServerOptions {
  /**
   * Makes what is to be opened instead of the home directory.
   * @returns its path
   */
  readonly place?: (home: string) => Promise<string>;
}

/** Nobody's now, and as new but for what takes long; one of each at most, because files of one process run one by one. */
let idleServer: VSCodeServer | undefined;
let idleBrowser: Browser | undefined;

/** @returns one as new, whoever had it before; its window is not open yet */
export async function takeEditor(needs: EditorNeeds): Promise<Editor> {
  const server = await takeServer(needs);
  try {
    const browser = idleBrowser ?? (await launchBrowser());
    idleBrowser = undefined;
    const stop = async () => {
      await browser.close();
      await server.stop();
    };
    return { server, browser, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Ends its window, and keeps the rest for who comes next; whatever goes wrong here costs a new start only. */
export async function leaveEditor(editor: Editor, needs: EditorNeeds): Promise<void> {
  const { server, browser } = editor;
  try {
    await browser.leave();
    await hostsEnd(server.home);
  } catch {
    return editor.stop();
  }
  idleBrowser = browser;
  if (isOrdinary(needs)) idleServer = server;
  else await server.stop();
}

/** Who needs another one gets it beside the idle one, which waits for the next. */
async function takeServer(needs: EditorNeeds): Promise<VSCodeServer> {
  if (!idleServer || !isOrdinary(needs)) return startServer(needs);
  const server = idleServer;
  idleServer = undefined;
  server.renew(needs);
  return server;
}

async function startServer(needs: EditorNeeds): Promise<VSCodeServer> {
  const environment = { ...SPARING_OPENCODE, ...needs.environment };
  const server = await VSCodeServer.start({ extensions: [VSIX], lean: true, ...needs, environment });
  // Nobody sees it who does not choose the language.
  installPseudo(server.extension);
  return server;
}

/** Nothing is needed that a running server cannot be given any more, nor changed of what it has read already. */
function isOrdinary(needs: EditorNeeds): boolean {
  return Object.keys(needs).every((need) => ["settings", "machineSettings", "locale"].includes(need));
}

/** A host that still runs would write into the next one's home. */
async function hostsEnd(home: string): Promise<void> {
  const limit = Date.now() + END_LIMIT_MS;
  while (hostsOf(home).length > 0) {
    if (Date.now() > limit) throw new Error("The extension host goes on without its window.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
