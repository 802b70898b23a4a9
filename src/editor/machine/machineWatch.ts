import * as path from "node:path";
import * as vscode from "vscode";
import type { EndpointHealth } from "../status/endpointHealth";
import type { SecretGuard } from "../guard/secretGuard";
import { asGlob } from "../files/editorPath";
import type { ApiKeyStore } from "../keys/keyStore";

/** Many events come in a burst, such as the files of one change. */
const QUIET_MS = 300;

/** A client at work writes beside its files all the time; whatever else happens must not wait until it is idle. */
const LONGEST_MS = 3_000;

/** Where projects keep the clients' files, and code for them: a clone or a checkout brings new ones. */
const PROJECT_FILES =
  "**/{opencode.json,opencode.jsonc,.codex/config.toml,.opencode/{plugin,plugins,tool,tools}/*.{js,ts}}";

/**
 * Tells that anything a diagnosis depends on may have changed: the endpoint's state, the key, the settings, the
 * clients' files, those of open folders, the key in Git repositories, and whatever happened while the window was in
 * the background.
 */
export class MachineWatch implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registrations: { dispose(): unknown }[];
  private readonly watchers = new Map<string, vscode.Disposable>();
  private timer: NodeJS.Timeout | undefined;
  /** When the burst began that is not told of yet. */
  private since: number | undefined;

  /** Fires once after a burst of changes, and from time to time while it goes on. */
  readonly onDidChange = this.changed.event;

  constructor(health: EndpointHealth, secretGuard: SecretGuard, apiKeys: ApiKeyStore) {
    const projects = vscode.workspace.createFileSystemWatcher(PROJECT_FILES);
    const fire = () => this.fire();
    this.registrations = [
      projects,
      projects.onDidChange(fire),
      projects.onDidCreate(fire),
      projects.onDidDelete(fire),
      vscode.workspace.onDidChangeWorkspaceFolders(fire),
      vscode.workspace.onDidGrantWorkspaceTrust(fire),
      apiKeys.onDidChangeAny(fire),
      secretGuard.onDidChange(fire),
      health.onDidChange(fire),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("tokenpool")) this.fire();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.fire();
      }),
    ];
  }

  /**
   * Watches exactly these files from now on, and no others beside them: a client at work writes hundreds of times into
   * the folder of its configuration.
   * @param files absolute paths, whether there is a file or not
   */
  watchFiles(files: readonly string[]): void {
    for (const [file, watcher] of this.watchers) {
      if (files.includes(file)) continue;
      watcher.dispose();
      this.watchers.delete(file);
    }
    for (const file of files) {
      if (this.watchers.has(file) || !path.isAbsolute(file)) continue;
      const folder = vscode.Uri.file(path.dirname(file));
      const pattern = new vscode.RelativePattern(folder, asGlob(path.basename(file)));
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const fire = () => this.fire();
      const registrations = [watcher.onDidChange(fire), watcher.onDidCreate(fire), watcher.onDidDelete(fire)];
      this.watchers.set(file, vscode.Disposable.from(watcher, ...registrations));
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const registration of [...this.registrations, ...this.watchers.values()]) registration.dispose();
    this.changed.dispose();
  }

  /** For what no event tells: a change of ours was written, or a client was asked and may have said something new. */
  lookAgain(): void {
    this.fire();
  }

  private fire(): void {
    clearTimeout(this.timer);
    this.since ??= Date.now();
    const left = this.since + LONGEST_MS - Date.now();
    const tell = () => {
      this.since = undefined;
      this.changed.fire();
    };
    this.timer = setTimeout(tell, Math.max(0, Math.min(QUIET_MS, left)));
  }
}
