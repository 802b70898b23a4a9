import { createHash } from "node:crypto";
import type * as vscode from "vscode";
import { checkBaseUrl } from "../../gateway/endpoints";
import type { ResponsesRoute } from "../../gateway/responsesRoute";
import type { FamilyReachability } from "../../health/probe/addressFamilies";
import type { HealthReport } from "../../health/report";
import type { Network } from "../../health/http/network";
import type { EndpointFindings } from "../../health/probe/checkEndpoint";
import type { Reachability } from "../../health/probe/reachability";
import { isFresh } from "../../health/schedule";
import { readSharedCheck, type SharedCheckStore, writeSharedCheck } from "../../health/sharedCheck";
import { settings } from "../settings";

/** What is asked beside the verdict gets what is left of it: nobody waits longer, however bad the line. Milliseconds. */
const WHOLE_CHECK_MS = 20_000;

/** What a check found beside the report; each part undefined where it is not known. */
export interface CheckFindings extends EndpointFindings {
  /** How TokenPool's other endpoint answers, asked without the key. */
  readonly other?: Reachability;
  /** How the chosen endpoint answers by IPv4 and by IPv6; only after a check that the user asked for. */
  readonly addressFamilies?: readonly FamilyReachability[];
}

/** What a check has to know of the clients. */
export interface CheckedClients {
  /** The ways of those that use an address. */
  readonly network: (address: string) => Promise<Network>;
  /** Codex's address for the provider it uses; undefined: none. */
  readonly codexAddress: () => Promise<string | undefined>;
  /** Of the installed Codex, or of one that the gateways know. */
  readonly codexVersion: () => Promise<string>;
}

interface CheckResult {
  readonly report: HealthReport;
  readonly findings: CheckFindings;
}

/** One check of the chosen endpoint with the stored key, shared with the other windows of this machine. */
export class EndpointCheck {
  private found: CheckFindings = {};

  constructor(
    private readonly readKey: () => Promise<string>,
    private readonly log: vscode.LogOutputChannel,
    private readonly shared: SharedCheckStore,
    private readonly clients: CheckedClients,
  ) {}

  /** Of the last check. */
  get findings(): CheckFindings {
    return this.found;
  }

  /** There is another key or address: what was found says nothing of it. */
  forget(): void {
    this.found = {};
  }

  /** @returns undefined when `signal` was aborted; never rejects */
  async run(
    signal: AbortSignal,
    askedByUser: boolean,
    wholeMs = WHOLE_CHECK_MS,
  ): Promise<HealthReport | undefined> {
    const apiKey = await this.readKey();
    // Without a key there is nothing to ask, so the HTTP client is not even loaded.
    const result = apiKey
      ? ((await this.knownElsewhere(apiKey, askedByUser)) ??
        (await this.ask(apiKey, signal, askedByUser, wholeMs)))
      : { report: noKeyReport(), findings: {} };
    // Overtaken, it would be taken for what the check that is running now has found.
    if (!result || (apiKey && signal.aborted)) return undefined;
    this.found = result.findings;
    return result.report;
  }

  /** Ten windows ask as often as one. */
  private async knownElsewhere(apiKey: string, askedByUser: boolean): Promise<CheckResult | undefined> {
    if (askedByUser) return undefined;
    const known = await readSharedCheck<CheckResult>(this.shared, apiKey, checkTarget());
    const isCurrent = known && isFresh(known.report, settings.healthCheckIntervalMs(), Date.now());
    return isCurrent ? known : undefined;
  }

  /**
   * The last answer known for this address and key, however old and whatever models are set: it changes only with
   * the gateway's software.
   */
  async knownRoute(apiKey: string, endpoint = settings.rawBaseUrl()): Promise<ResponsesRoute | undefined> {
    return readSharedCheck<ResponsesRoute>(this.routeStore(endpoint), apiKey, endpoint);
  }

  /** A file for each address, so that somebody who tries another one does not lose what was learned of the first. */
  private routeStore(endpoint: string): SharedCheckStore {
    const name = createHash("sha256").update(endpoint).digest("hex").slice(0, 16);
    return { ...this.shared, file: `${this.shared.file}.route-${name}` };
  }

  private async ask(
    apiKey: string,
    signal: AbortSignal,
    askedByUser: boolean,
    wholeMs: number,
  ): Promise<CheckResult | undefined> {
    const started = performance.now();
    const { checkEndpoint } = await import("../../health/probe/checkEndpoint");
    const { isOtherWorthAsking, judgeBoth } = await import("../../health/probe/otherEndpoint");
    const asked = checkTarget();
    const network = await this.clients.network(asked.endpoint);
    const known = await this.knownRoute(apiKey);
    // Once it is known to be down, it is looked after until it is back.
    const isOtherDown = this.found.other !== undefined && this.found.other.totalMs === undefined;
    const checked = await checkEndpoint({
      ...asked,
      apiKey,
      network,
      signal,
      route: known,
      codexAddress: this.clients.codexAddress,
      ...(askedByUser && { asked: { clientVersion: await this.clients.codexVersion() } }),
    });
    if (!checked) return undefined;
    const { report } = checked;
    const { route } = checked.findings;
    if (route && route !== known)
      await writeSharedCheck(this.routeStore(asked.endpoint), apiKey, asked.endpoint, route);
    const { answerSays } = checked.findings;
    if (answerSays) this.log.info(`the endpoint says: ${answerSays}`);
    // One after the other: on a slow line, or with a slow name server, they would take each other's time.
    const wantsOther = askedByUser || isOtherDown || isOtherWorthAsking(report);
    const leftMs = Math.max(0, Math.round(wholeMs - (performance.now() - started)));
    const ending = AbortSignal.any([signal, AbortSignal.timeout(leftMs)]);
    const other = wantsOther ? await this.measureOther(asked.endpoint, ending) : undefined;
    const addressFamilies = askedByUser ? await measureFamilies(asked.endpoint, network, ending) : undefined;
    if (signal.aborted) return undefined;
    const findings = {
      ...checked.findings,
      ...(other && { other }),
      ...(addressFamilies && { addressFamilies }),
    };
    const result = { report: other ? judgeBoth(report, other) : report, findings };
    await writeSharedCheck(this.shared, apiKey, asked, result);
    return result;
  }

  private async measureOther(endpoint: string, signal: AbortSignal): Promise<Reachability | undefined> {
    const { otherEndpointOf } = await import("../../health/probe/otherEndpoint");
    const { measureReachability } = await import("../../health/probe/reachability");
    const other = otherEndpointOf(endpoint);
    if (other === undefined) return undefined;
    const { ways } = await this.clients.network(other);
    return measureReachability(other, signal, ways[0].route);
  }
}

/** What is checked; a result for another target says nothing. */
export function checkTarget() {
  return { endpoint: settings.rawBaseUrl(), model: settings.model(), reviewModel: settings.reviewModel() };
}

async function measureFamilies(
  endpoint: string,
  { ways }: Network,
  signal: AbortSignal,
): Promise<FamilyReachability[]> {
  // A refused address is asked nothing at all.
  if (!checkBaseUrl(endpoint).valid) return [];
  const { measureAddressFamilies } = await import("../../health/probe/addressFamilies");
  return measureAddressFamilies(endpoint, ways[0].route, signal);
}

function noKeyReport(): HealthReport {
  return {
    state: "noKey",
    code: "key/missing",
    // A refused address may hold a password, or be a key in the wrong box.
    endpoint: settings.usableBaseUrl(),
    checkedAt: new Date().toISOString(),
    via: "direct",
    phases: { totalMs: 0 },
  };
}
