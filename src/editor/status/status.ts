import * as vscode from "vscode";
import type { Noted } from "../../doctor/overview/noted";
import { type Overview, overviewOf } from "../../doctor/overview/overview";
import { ContextKey, Setting } from "../../ids";
import type { Diagnosis } from "../diagnosis/diagnosis";
import type { Look } from "../diagnosis/look";
import { hostName } from "../machine/hostName";
import { isAnythingOurs, isEndpointNamed, type OurPlaces } from "../machine/ofOurs";
import { settings } from "../settings";
import type { EndpointHealth } from "./endpointHealth";
import { StatusBar } from "./statusBar";
import { workingEndpoint } from "./workingEndpoint";

/** What the status needs of the other services. */
export interface StatusSources extends OurPlaces {
  readonly health: Pick<EndpointHealth, "report" | "findings" | "checking" | "keychainError" | "onDidChange">;
  readonly diagnosis: Pick<Diagnosis, "look" | "onDidChange" | "onDidLook">;
  readonly log: vscode.LogOutputChannel;
}

/** What is said of this machine in one line: by the status bar, its hover and the menu of a click. */
export class Status implements vscode.Disposable {
  private readonly bar = new StatusBar();
  private readonly registrations: readonly { dispose(): unknown }[];
  private known: Noted | undefined;
  private isDue = false;

  constructor(private readonly sources: StatusSources) {
    const { health, diagnosis } = sources;
    this.registrations = [
      health.onDidChange(() => this.show()),
      diagnosis.onDidChange(() => void this.look()),
      diagnosis.onDidLook((look) => void this.note(look).catch((error: unknown) => this.logged(error))),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Setting.statusBarVisible)) this.show();
      }),
    ];
  }

  /** From now on the clients' files may be looked at: VS Code is busy enough while it starts. */
  async start(): Promise<void> {
    this.isDue = true;
    // Of many windows that open at once, only one is looked at.
    if (vscode.window.state.focused) await this.look();
  }

  /** What the last look has shown; undefined where there was none, because nothing here is ours. */
  get noted(): Noted | undefined {
    return this.known;
  }

  get overview(): Overview {
    const { report, findings, keychainError } = this.sources.health;
    const switchTo = workingEndpoint(report, findings);
    const host = hostName();
    return overviewOf({ report, usedUp: findings.usedUp, switchTo, noted: this.known, keychainError, host });
  }

  dispose(): void {
    this.bar.dispose();
    for (const registration of this.registrations) registration.dispose();
  }

  /** Parsers and rules are loaded only where something is ours, or where a client's file names an endpoint. */
  private async look(): Promise<void> {
    if (!this.isDue) return;
    const { diagnosis, environment } = this.sources;
    try {
      const isOurs = await isAnythingOurs(this.sources);
      if (isOurs || (await isEndpointNamed(environment(), settings.baseUrl())))
        await this.note(await diagnosis.look("files"));
      else this.keep(undefined);
    } catch (error) {
      this.logged(error);
    }
  }

  private logged(error: unknown): void {
    this.sources.log.error(error instanceof Error ? error : String(error));
  }

  private async note({ snapshot, problems }: Look): Promise<void> {
    const { notedOf } = await import("../../doctor/overview/noted");
    this.keep(notedOf(snapshot, problems));
  }

  private keep(noted: Noted | undefined): void {
    // An item that is set anew loses its hover, which somebody may be reading.
    if (JSON.stringify(noted) === JSON.stringify(this.known)) return;
    this.known = noted;
    const works = noted?.clients.some(({ use }) => use === "works") ?? false;
    void vscode.commands.executeCommand("setContext", ContextKey.clientWorks, works);
    this.show();
  }

  private show(): void {
    const { report, findings, checking } = this.sources.health;
    this.bar.show(this.overview, { report, findings, checking, noted: this.known });
  }
}
