import { once } from "node:events";
import * as http from "node:http";
import * as path from "node:path";
import { json } from "node:stream/consumers";
import { ROOT } from "../../harness/paths";
import type { VSCodeServer } from "../../harness/vscodeServer";

/** Where the extension lies that asks ours in the window, as any other may. */
export const OTHER_EXTENSION = { unpacked: [path.join(ROOT, "test/e2e/support/otherExtension")] };

/** A mark in a file. */
export interface ShownMark {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** What can be learned inside the window only: what commands answer, and which marks files have. */
export class OtherExtension {
  constructor(private readonly server: VSCodeServer) {}

  /** Runs a command. @returns what it answers, as JSON has it */
  run<T>(command: string, argument?: object): Promise<T> {
    return this.ask<T>("run", command, argument);
  }

  /** Opens a file without showing it. @returns whether VS Code takes it for a text */
  open(file: string): Promise<boolean> {
    return this.ask("open", file);
  }

  /** Those of ours, by file: absolute path. */
  marks(file: string): Promise<readonly ShownMark[]> {
    return this.ask("marks", file);
  }

  /** Which folders are open beside the first one from now on; only in a workspace that may have several. */
  openBeside(...folders: readonly string[]): Promise<boolean> {
    return this.ask("openBeside", ...folders);
  }

  private async ask<T>(...question: unknown[]): Promise<T> {
    const socketPath = path.join(this.server.directory, "tmp/other-extension.sock");
    const request = http.request({ socketPath, method: "POST" });
    request.end(JSON.stringify(question));
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    const { answer, error } = (await json(response)) as { answer: T; error?: string };
    if (error !== undefined) throw new Error(`${JSON.stringify(question)}: ${error}`);
    return answer;
  }
}
