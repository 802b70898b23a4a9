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
import { settings } from "../settings";
import { NOTHING_KNOWN, StatusBar } from "./statusBar";
import type { ClientStatus } from "./statusTooltip";

/** Settings after whose change an earlier result says nothing any more. */
const CONNECTION_SETTINGS = [
  Setting.baseUrl,
  Setting.model,
  Setting.reviewModel,
  Setting.healthCheckEnabled,
  Setting.healthCheckInterval,
  ...NETWORK_SETTINGS,
];

/** Changes of state that the hover tells. */
const RESULTS_KEPT = 5;

/** Watches the chosen endpoint and shows its state in the status bar; nothing else ever pops up from here. */
export class EndpointHealth implements vscode.Disposable {
  private readonly statusBar = new StatusBar();
  private readonly changed = new vscode.EventEmitter<ShownHealth>();
  private readonly monitor: HealthMonitor;
  private readonly registrations: readonly { dispose(): unknown }[];
  private readonly endpointCheck: EndpointCheck;
  private clients = NOTHING_KNOWN;
  private earlier: readonly HealthReport[] = [];

  /** Fires after every probe. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly apiKeys: ApiKeyStore,
    private readonly log: vscode.LogOutputChannel,
    private readonly readClientStatus: () => Promise<ClientStatus>,
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
      onChange: (health) => this.show(health),
    });
    this.registrations = [
      apiKeys.onDidChange(() => void this.keyChanged()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        this.monitor.setFocused(focused);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Setting.statusBarVisible)) this.show(this.monitor.shown);
        if (CONNECTION_SETTINGS.some((id) => event.affectsConfiguration(id))) this.monitor.settingsChanged();
      }),
    ];
  }

  /** Begins the background checks; the first follows some seconds later. */
  async start(): Promise<void> {
    this.monitor.start(vscode.window.state.focused);
    if (!(await this.noteWhetherKeyIsStored())) await this.monitor.checkNow();
  }

  /** What the status bar shows; undefined before the first check. */
  get report(): HealthReport | undefined {
    return this.monitor.shown.report;
  }

  /** A check that the user asked for is running. */
  get checking(): boolean {
    return this.monitor.shown.checking;
  }

  /** Checks now, whatever the schedule says. @returns undefined when it was cancelled */
  checkNow(signal?: AbortSignal): Promise<HealthReport | undefined> {
    return this.monitor.checkNow(signal);
  }

  /** Tries a key that is not stored, as in the background: models and usage. @returns undefined when `signal` was aborted */
  async probeKey(apiKey: string, signal: AbortSignal): Promise<EndpointResult | undefined> {
    const { checkEndpoint } = await import("../../health/probe/checkEndpoint");
    const target = checkTarget();
    const network = await this.checkedClients.network(target.endpoint);
    return checkEndpoint({ ...target, network, apiKey, signal });
  }

  /** Where the chosen endpoint has the Responses API, as far as a check has ever told. */
  knownRoute(apiKey: string): Promise<ResponsesRoute | undefined> {
    return this.endpointCheck.knownRoute(apiKey);
  }

  /** What the last check found beside the report. */
  get findings(): CheckFindings {
    return this.endpointCheck.findings;
  }

  /** What the last look at the clients' files has shown. */
  get clientStatus(): ClientStatus {
    return this.clients;
  }

  /** Shows what is known of the clients now; not before the first check, so that a start looks at nothing. */
  async clientsChanged(): Promise<void> {
    if (!this.report) return;
    try {
      const clients = await this.readClientStatus();
      // An item that is set anew loses its hover, which somebody may be reading.
      if (JSON.stringify(clients) === JSON.stringify(this.clients)) return;
      this.clients = clients;
      this.showStatus(this.monitor.shown);
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
    }
  }

  dispose(): void {
    this.monitor.dispose();
    this.statusBar.dispose();
    this.changed.dispose();
    for (const registration of this.registrations) registration.dispose();
  }

  private async check(signal: AbortSignal, askedByUser: boolean): Promise<HealthReport | undefined> {
    const report = await this.endpointCheck.run(signal, askedByUser).catch((error: unknown) => {
      this.log.error(error instanceof Error ? error : String(error));
      throw error;
    });
    if (report && report.state !== this.earlier[0]?.state) {
      this.earlier = [report, ...this.earlier].slice(0, RESULTS_KEPT);
      const ways = (this.findings.ways ?? []).map(wayLine);
      this.log.info(
        [`endpoint ${report.endpoint}: ${report.state}`, report.code, ...ways].filter(Boolean).join(" "),
      );
    }
    return report;
  }

  /** A keychain that fails counts as "no key" here; the commands that need it say what is wrong. */
  private async readKey(): Promise<string> {
    return (await this.apiKeys.read().catch(() => undefined)) ?? "";
  }

  private async keyChanged(): Promise<void> {
    this.monitor.settingsChanged();
    const stored = await this.noteWhetherKeyIsStored();
    // Somebody has just set or removed it and looks at the status bar now.
    if (!stored || vscode.window.state.focused) await this.monitor.checkNow();
  }

  private async noteWhetherKeyIsStored(): Promise<boolean> {
    const stored = (await this.readKey()) !== "";
    await vscode.commands.executeCommand("setContext", ContextKey.hasApiKey, stored);
    return stored;
  }

  private show(health: ShownHealth): void {
    this.showStatus(health);
    this.changed.fire(health);
  }

  private showStatus(health: ShownHealth): void {
    const { clients, findings, earlier } = this;
    this.statusBar.show({ ...health, clients, findings, earlier });
  }
}
