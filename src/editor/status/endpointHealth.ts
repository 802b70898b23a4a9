import * as vscode from "vscode";
import type { ResponsesRoute } from "../../gateway/responsesRoute";
import type { EndpointResult } from "../../health/probe/checkEndpoint";
import type { HealthReport } from "../../health/report";
import { wayLine } from "../../health/wayLog";
import { HealthMonitor, type ShownHealth } from "../../health/monitor";
import { ContextKey, Setting } from "../../ids";
import type { SharedCheckStore } from "../../health/sharedCheck";
import type { ApiKeyStore } from "../keys/keyStore";
import { type CheckedClients, type CheckFindings, checkTarget, EndpointCheck } from "./endpointCheck";
import { NETWORK_SETTINGS } from "../machine/networkSettings";
import { describeKeychainError } from "../keys/keychain";
import { settings } from "../settings";

/** Settings after whose change an earlier result says nothing any more. */
const CONNECTION_SETTINGS = [
  Setting.baseUrl,
  Setting.model,
  Setting.reviewModel,
  Setting.healthCheckEnabled,
  Setting.healthCheckInterval,
  ...NETWORK_SETTINGS,
];

/** Watches the chosen endpoint, and tells what it finds to those who show it. */
export class EndpointHealth implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ShownHealth>();
  private readonly monitor: HealthMonitor;
  private readonly registrations: readonly { dispose(): unknown }[];
  private readonly endpointCheck: EndpointCheck;
  private keychainFailure: string | undefined;
  private loggedState: HealthReport["state"] | undefined;

  /** Fires after every probe. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly apiKeys: ApiKeyStore,
    private readonly log: vscode.LogOutputChannel,
    shared: SharedCheckStore,
    private readonly checkedClients: CheckedClients,
  ) {
    this.endpointCheck = new EndpointCheck(() => this.readKey(), log, shared, checkedClients);
    this.monitor = new HealthMonitor({
      probe: (signal, askedByUser) => this.check(signal, askedByUser),
      intervalMs: () => (settings.healthCheckEnabled() ? settings.healthCheckIntervalMs() : undefined),
      now: Date.now,
      random: Math.random,
      setTimer: (callback, delayMs) => {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
      onChange: (health) => this.changed.fire(health),
    });
    this.registrations = [
      apiKeys.onDidChange(() => void this.keyChanged()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        this.monitor.setFocused(focused);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Setting.baseUrl)) this.endpointCheck.forget();
        if (CONNECTION_SETTINGS.some((id) => event.affectsConfiguration(id))) this.monitor.settingsChanged();
      }),
    ];
  }

  /** Begins the background checks; the first follows some seconds later. */
  async start(): Promise<void> {
    this.monitor.start(vscode.window.state.focused);
    if (!(await this.noteWhetherKeyIsStored())) await this.monitor.checkNow();
  }

  /** What is shown; undefined before the first check. */
  get report(): HealthReport | undefined {
    return this.monitor.shown.report;
  }

  /** A check that the user asked for is running, or a key that was just entered is asked for once more. */
  get checking(): boolean {
    return this.monitor.shown.checking;
  }

  /** Checks now, whatever the schedule says. @returns undefined when it was cancelled */
  checkNow(signal?: AbortSignal): Promise<HealthReport | undefined> {
    return this.monitor.checkNow(signal);
  }

  /**
   * Tries a key that is not stored, as in the background: models and usage.
   * @param endpoint where, if not at the chosen one
   * @returns undefined when `signal` was aborted
   */
  async probeKey(
    apiKey: string,
    signal: AbortSignal,
    endpoint = settings.rawBaseUrl(),
  ): Promise<EndpointResult | undefined> {
    const { checkEndpoint } = await import("../../health/probe/checkEndpoint");
    const target = { ...checkTarget(), endpoint };
    const network = await this.checkedClients.network(target.endpoint);
    return checkEndpoint({ ...target, network, apiKey, signal });
  }

  /** Where an endpoint, or else the chosen one, has the Responses API, as far as a check has ever told. */
  knownRoute(apiKey: string, endpoint?: string): Promise<ResponsesRoute | undefined> {
    return this.endpointCheck.knownRoute(apiKey, endpoint);
  }

  /** What the last check of this key and address found beside the report. */
  get findings(): CheckFindings {
    return this.endpointCheck.findings;
  }

  /** Why the key cannot be read, in a sentence; undefined: it can, or none is stored. */
  get keychainError(): string | undefined {
    return this.keychainFailure;
  }

  dispose(): void {
    this.monitor.dispose();
    this.changed.dispose();
    for (const registration of this.registrations) registration.dispose();
  }

  private async check(signal: AbortSignal, askedByUser: boolean): Promise<HealthReport | undefined> {
    const report = await this.endpointCheck.run(signal, askedByUser).catch((error: unknown) => {
      this.log.error(error instanceof Error ? error : String(error));
      throw error;
    });
    if (report && report.state !== this.loggedState) {
      this.loggedState = report.state;
      const ways = (this.findings.ways ?? []).map(wayLine);
      this.log.info(
        [`endpoint ${report.endpoint}: ${report.state}`, report.code, ...ways].filter(Boolean).join(" "),
      );
    }
    return report;
  }

  /** With a keychain that fails there is no key to ask with; what is shown then says why. */
  private async readKey(): Promise<string> {
    try {
      const apiKey = await this.apiKeys.read();
      this.keychainFailure = undefined;
      return apiKey ?? "";
    } catch (error) {
      this.keychainFailure = describeKeychainError(error);
      this.log.error(error instanceof Error ? error : String(error));
      return "";
    }
  }

  private async keyChanged(): Promise<void> {
    this.endpointCheck.forget();
    this.monitor.keyEntered();
    const stored = await this.noteWhetherKeyIsStored();
    // Somebody has just set or removed it and looks at the status bar now.
    if (!stored || vscode.window.state.focused) await this.monitor.checkNow();
  }

  private async noteWhetherKeyIsStored(): Promise<boolean> {
    const stored = (await this.readKey()) !== "";
    // Versions before had no mark. Where there is no key, it tells whether one was lost.
    if (stored) await this.apiKeys.noteStored(true);
    await vscode.commands.executeCommand("setContext", ContextKey.hasApiKey, stored);
    return stored;
  }
}
