import { CLIENTS } from "../clients/registry";
import type { HealthReport } from "../health/report";
import { diagnose, toFinding } from "./diagnose";
import type { Finding } from "./finding";
import { KNOWLEDGE } from "./problems/knowledge";
import { describeOverride, overridesOf } from "./snapshot/overrides";
import { usesTokenPool } from "./snapshot/ourAddress";
import { type Snapshot, statesIn } from "./snapshot/snapshot";

/** What a diagnosis found, as the public contract gives it to other programs: plain JSON without any key. */
export interface DiagnosticReport {
  /** Of the extension. */
  readonly version: string;
  /** ISO 8601. */
  readonly generatedAt: string;
  readonly host: ReportHost;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** The chosen endpoint first. */
  readonly health: readonly HealthReport[];
  readonly clients: readonly ReportClient[];
  readonly findings: readonly Finding[];
}

export interface ReportHost {
  readonly vscode: string;
  readonly platform: string;
  readonly remote?: string;
  readonly node: string;
}

interface ReportClient {
  readonly client: string;
  readonly installed: boolean;
  readonly version?: string;
  readonly usesTokenPool: boolean;
  readonly files: readonly string[];
  readonly overriddenBy: readonly string[];
}

export function diagnosticReport(
  snapshot: Snapshot,
  about: Pick<DiagnosticReport, "version" | "generatedAt" | "host" | "settings">,
): DiagnosticReport {
  const overrides = overridesOf(snapshot);
  const clients = statesIn(snapshot).map((state): ReportClient => {
    const versions = [...new Set(snapshot.versions[state.client])];
    return {
      client: state.client,
      installed: versions.length > 0,
      ...(versions.length > 0 && { version: versions.join(", ") }),
      usesTokenPool: usesTokenPool(state),
      files: state.files,
      overriddenBy: overrides[state.client].map((each) => describeOverride(each, (path) => path)),
    };
  });
  return { ...about, health: snapshot.health, clients, findings: diagnose(snapshot).map(toFinding) };
}

/**
 * The report for a support person, in Markdown and in English, whatever the user's language. Redacted by
 * construction: figures, codes and names of our own only; no text of any file, gateway or rule gets in, and
 * paths go through `redactPath`.
 */
export function reportMarkdown(report: DiagnosticReport, redactPath: (path: string) => string): string {
  const { version, generatedAt, host, settings, health, clients, findings } = report;
  const lines = [
    "# TokenPool diagnostic report",
    "",
    `- Extension ${version}, VS Code ${host.vscode}, Node ${host.node}, ${host.platform}${host.remote ? `, remote: ${host.remote}` : ""}`,
    `- Made ${generatedAt}`,
    "",
    "## Endpoints",
    "",
    ...(health.length > 0 ? health.map(endpointLine) : ["- not checked yet"]),
    "",
    "## Problems",
    "",
    ...(findings.length > 0 ? findings.map((finding) => problemLine(finding, redactPath)) : ["- none found"]),
    "",
    "## Clients",
    "",
    ...clients.flatMap((client) => clientLines(client, redactPath)),
    "",
    "## Settings",
    "",
    ...Object.entries(settings).map(([id, value]) => `- ${id}: ${asCode(redactPath(String(value)))}`),
    "",
  ];
  return lines.join("\n");
}

function endpointLine({ endpoint, state, code, httpStatus, checkedAt, via, phases }: HealthReport): string {
  const facts = [state, code, httpStatus === undefined ? undefined : `HTTP ${httpStatus}`, `via ${via}`];
  const times = Object.entries(phases).map(([phase, ms]) => `${phase.replace(/Ms$/, "")} ${Number(ms)} ms`);
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : "no address";
  return `- ${asCode(host)}: ${facts.filter(Boolean).join(", ")} (${times.join(", ")}; checked ${checkedAt})`;
}

function problemLine(
  { code, severity, path, range, fixable }: Finding,
  redactPath: (path: string) => string,
): string {
  const place =
    path === undefined ? "" : ` in ${asCode(redactPath(path))}${range ? `, line ${range.line + 1}` : ""}`;
  return `- ${severity} \`${code}\`${place}${fixable ? " (can be fixed)" : ""}: ${KNOWLEDGE[code]?.title() ?? ""}`;
}

function clientLines(client: ReportClient, redactPath: (path: string) => string): string[] {
  const { name } = CLIENTS[client.client as keyof typeof CLIENTS];
  const installed = client.installed ? (client.version ?? "") : "not installed";
  return [
    `- ${name} ${installed}: ${client.usesTokenPool ? "uses TokenPool" : "does not use TokenPool"}`,
    ...client.files.map((file) => `  - reads ${asCode(redactPath(file))}`),
    ...client.overriddenBy.map((each) => `  - overridden by ${asCode(redactPath(each))}`),
  ];
}

/** No name or path can end the code span or become Markdown. */
function asCode(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, "'")}\``;
}
