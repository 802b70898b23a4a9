import type * as vscode from "vscode";
import { checkBaseUrl } from "../../gateway/endpoints";
import type { Usage } from "../../gateway/usage";
import type { FamilyReachability } from "../../health/probe/addressFamilies";
import type { HealthReport } from "../../health/report";
import type { Network } from "../../health/http/network";
import type { Reachability } from "../../health/probe/reachability";
import { isFresh, isWorking } from "../../health/schedule";
import { readSharedCheck, type SharedCheckStore, writeSharedCheck } from "../../health/sharedCheck";
import { networkFor } from "../machine/networkSettings";
import { settings } from "../settings";

/** What a check found beside the report; each part undefined where it is not known. */
export interface CheckFindings {
  /** What the endpoint offers to the stored key. */
  readonly models?: readonly string[];
  /** How TokenPool's other endpoint answers, asked without the key. */
  readonly other?: Reachability;
  /** What is left for the key, where the gateway tells. */
  readonly usage?: Usage;
  /** How the chosen endpoint answers by IPv4 and by IPv6; only after a check that the user asked for. */
  readonly addressFamilies?: readonly FamilyReachability[];
  /** One line of an answer that only its status explains; a stranger's text, without any key. */
  readonly unknownAnswer?: string;
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
  ) {}

  /** Of the last check. */
  get findings(): CheckFindings {
    return this.found;
  }

  /** @returns undefined when `signal` was aborted; never rejects */
  async run(signal: AbortSignal, askedByUser: boolean): Promise<HealthReport | undefined> {
    const apiKey = await this.readKey();
    // Without a key there is nothing to ask, so the HTTP client is not even loaded.
    const result = apiKey
      ? ((await this.knownElsewhere(apiKey, askedByUser)) ?? (await this.ask(apiKey, signal, askedByUser)))
      : { report: noKeyReport(), findings: {} };
    if (!result) return undefined;
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

  private async ask(
    apiKey: string,
    signal: AbortSignal,
    askedByUser: boolean,
  ): Promise<CheckResult | undefined> {
    const { probe } = await import("../../health/probe/probe");
    const { isOtherWorthAsking, judgeBoth } = await import("../../health/probe/otherEndpoint");
    const asked = checkTarget();
    const network = networkFor(asked.endpoint);
    let models: readonly string[] | undefined;
    let unknownAnswer: string | undefined;
    const probing = probe({
      ...asked,
      apiKey,
      network,
      signal,
      onModels: (offered) => (models = offered),
      onUnknownAnswer: (excerpt) => {
        unknownAnswer = excerpt;
        this.log.info(`the endpoint says: ${excerpt}`);
      },
    });
    const measuringFamilies = askedByUser ? measureFamilies(asked.endpoint, network, signal) : undefined;
    // Once it is known to be down, it is looked after until it is back.
    const isOtherDown = this.found.other !== undefined && this.found.other.totalMs === undefined;
    const early = askedByUser || isOtherDown ? measureOther(asked.endpoint, signal) : undefined;
    const report = await probing;
    if (!report) return undefined;
    const other = await (early ??
      (isOtherWorthAsking(report) ? measureOther(asked.endpoint, signal) : undefined));
    const usage = acceptsKey(report) ? await readUsage(asked.endpoint, apiKey, signal) : undefined;
    const addressFamilies = await measuringFamilies;
    if (signal.aborted) return undefined;
    const findings = {
      ...(models && { models }),
      ...(other && { other }),
      ...(usage && { usage }),
      ...(addressFamilies && { addressFamilies }),
      ...(unknownAnswer && { unknownAnswer }),
    };
    const result = { report: other ? judgeBoth(report, other) : report, findings };
    await writeSharedCheck(this.shared, apiKey, asked, result);
    return result;
  }
}

/** What is checked; a result for another target says nothing. */
export function checkTarget() {
  return { endpoint: settings.rawBaseUrl(), model: settings.model(), reviewModel: settings.reviewModel() };
}

async function measureFamilies(
  endpoint: string,
  { route }: Network,
  signal: AbortSignal,
): Promise<FamilyReachability[]> {
  // A refused address is asked nothing at all.
  if (!checkBaseUrl(endpoint).valid) return [];
  const { measureAddressFamilies } = await import("../../health/probe/addressFamilies");
  return measureAddressFamilies(endpoint, route, signal);
}

async function measureOther(endpoint: string, signal: AbortSignal): Promise<Reachability | undefined> {
  const { otherEndpointOf } = await import("../../health/probe/otherEndpoint");
  const { measureReachability } = await import("../../health/probe/reachability");
  const other = otherEndpointOf(endpoint);
  return other === undefined ? undefined : measureReachability(other, signal, networkFor(other).route);
}

async function readUsage(endpoint: string, apiKey: string, signal: AbortSignal): Promise<Usage | undefined> {
  const { readUsage } = await import("../../health/probe/usageRequest");
  return readUsage(endpoint, apiKey, networkFor(endpoint), signal);
}

/** The gateway knows the key, so it may tell what is left for it. */
function acceptsKey(report: HealthReport): boolean {
  return report.via !== "editor" && (isWorking(report) || report.state === "noQuota");
}

function noKeyReport(): HealthReport {
  const address = settings.baseUrl();
  return {
    state: "noKey",
    code: "key/missing",
    // A refused address may hold a password, or be a key in the wrong box.
    endpoint: address.valid ? address.baseUrl : "",
    checkedAt: new Date().toISOString(),
    via: "direct",
    phases: { totalMs: 0 },
  };
}
