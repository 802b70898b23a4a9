import * as fileSystem from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { ChangeStore } from "./changes/store";
import { readTextIfAny } from "./changes/disk/readBytes";
import { retryingFileSystem } from "./changes/disk/retryingFileSystem";
import { storeFolder } from "./changes/history/storeFolder";
import type { ClientEnvironment } from "./clients/client";
import { ApiKeyStore } from "./editor/keys/keyStore";
import { registerCommands } from "./editor/commands";
import { Diagnosis } from "./editor/diagnosis/diagnosis";
import { EndpointHealth } from "./editor/status/endpointHealth";
import { Status } from "./editor/status/status";
import { FileDiagnostics } from "./editor/files/fileDiagnostics";
import { MachineWatch } from "./editor/machine/machineWatch";
import { foreignFolders } from "./editor/machine/openFolders";
import { TroubleshootingPanel } from "./editor/panel/panel";
import { ChangePreview } from "./editor/preview/preview";
import { registerProblemHelp } from "./editor/files/problemHelp";
import { ProblemMarks } from "./editor/files/problemMarks";
import { SecretGuard } from "./editor/guard/secretGuard";
import { speakIn } from "./gateway/formats";
import type { Services } from "./editor/services";
import { settings } from "./editor/settings";
import { registerTerminalLinks } from "./editor/helpCommands/terminalLinks";
import { LOG_CHANNEL } from "./ids";

/** VS Code is busy enough while it starts. */
const QUIET_MS = 3_000;

const files = process.platform === "win32" ? retryingFileSystem(fileSystem) : fileSystem;

/** Builds, wires, disposes. Nothing here reads a file, parses or connects. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) {
    l10n.config({ contents: vscode.l10n.bundle });
    speakIn(vscode.env.language);
  }
  const log = vscode.window.createOutputChannel(LOG_CHANNEL, { log: true });
  const apiKeys = new ApiKeyStore(context.secrets, context.globalState);
  const health: EndpointHealth = new EndpointHealth(
    apiKeys,
    log,
    {
      fs: files,
      file: path.join(context.globalStorageUri.fsPath, "health.json"),
      readText: (file, largest) => readTextIfAny(files, file, largest),
    },
    {
      network: async (address) => (await loadCheckedClients()).networkFor(environment(), address),
      codexAddress: async () => (await loadCheckedClients()).codexAddress(environment()),
      codexVersion: async () => (await loadCheckedClients()).codexVersion(environment()),
    },
  );
  const preview = new ChangePreview();
  const secretGuard = new SecretGuard(apiKeys, environment, log);
  const watch = new MachineWatch(health, secretGuard, apiKeys);
  const diagnosis: Diagnosis = new Diagnosis(() => services, watch.onDidChange);
  const panel = new TroubleshootingPanel({
    extensionUri: context.extensionUri,
    log,
    onDidChange: diagnosis.onDidChange,
    loadPanel: async (depth) => (await loadTroubleshooting()).loadPanel(services, depth),
    applyFix: async (id) => (await loadTroubleshooting()).applyProblemFix(id),
    openFile: async (place) => (await loadTroubleshooting()).openPlace(place),
    runAction: async (action) => (await loadTroubleshooting()).runAction(action),
  });
  const changes = changeStore(path.join(context.globalStorageUri.fsPath, "changes"), log);
  const status = new Status({ health, diagnosis, apiKeys, changes, environment, log });
  const services: Services = {
    secretGuard,
    watch,
    diagnosis,
    status,
    troubleshoot: () => panel.show(),
    apiKeys,
    health,
    preview,
    log,
    changes,
    environment,
    memory: context.globalState,
  };
  context.subscriptions.push(log, apiKeys, health, preview, secretGuard, watch, status, panel);
  context.subscriptions.push(...registerCommands(services));
  const diagnostics = new FileDiagnostics(services);
  context.subscriptions.push(diagnostics, new ProblemMarks(diagnostics), registerProblemHelp(diagnostics));
  context.subscriptions.push(registerTerminalLinks(services));
  context.subscriptions.push(diagnosis.onDidLook(() => void watchClientFiles(watch, log)));
  void health.start();
  const repair = setTimeout(() => {
    void status.start();
    void secretGuard.start();
    void repairAfterStart(services);
  }, QUIET_MS);
  context.subscriptions.push({ dispose: () => clearTimeout(repair) });
}

/** @param earlier where the versions before kept journal and backups, in this product's own storage */
function changeStore(earlier: string, log: vscode.LogOutputChannel): ChangeStore {
  const directory = storeFolder({
    platform: process.platform,
    homeDirectory: os.homedir(),
    variables: process.env,
  });
  const store: ChangeStore = { fs: files, directory, now: () => new Date() };
  let imported: Promise<void> | undefined;
  const importOnce = async () => (await import("./changes/history/importStore")).importStore(store, earlier);
  const ready = () =>
    (imported ??= importOnce().catch((error: unknown) => {
      // It stays where it is and is tried again after the next start.
      log.warn(`earlier changes could not be taken over: ${String(error)}`);
    }));
  return { ...store, ready };
}

/** From the first look on: whoever shows something of the clients' files has to hear of their changes. */
async function watchClientFiles(watch: MachineWatch, log: vscode.LogOutputChannel): Promise<void> {
  try {
    const { clientFiles } = await import("./editor/machine/clientFiles");
    const { configs, credentials } = await clientFiles(environment());
    const named = [...new Set([...configs, ...credentials])];
    const real = await Promise.all(named.map((file) => files.realpath(file).catch(() => file)));
    watch.watchFiles([...new Set([...named, ...real])]);
  } catch (error) {
    log.warn(`files are not watched: ${String(error)}`);
  }
}

/** Rules and parsers; read when the panel is first shown. */
function loadCheckedClients() {
  return import("./editor/status/checkedClients");
}

function loadTroubleshooting() {
  return import("./editor/panel/troubleshooting");
}

async function repairAfterStart(services: Services): Promise<void> {
  await (await import("./editor/machine/startupRepair")).repairAfterStart(services);
}

function environment(): ClientEnvironment {
  const homeDirectory = os.homedir();
  return {
    fs: files,
    variables: process.env,
    homeDirectory,
    foreignFolders: foreignFolders(homeDirectory),
    platform: process.platform,
    configuredDirectory: settings.configuredDirectory(),
    ...(settings.codexRunsInWsl() && {
      askWsl: async (script: string) => (await import("./clients/machine/askWsl")).askWsl(script),
    }),
  };
}
