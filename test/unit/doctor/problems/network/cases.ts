import type { networkKnowledge } from "../../../../../src/doctor/problems/network/words";
import type { HealthReport } from "../../../../../src/health/report";
import { CODEX_FILES, healthReport, OPENCODE_FILES } from "../../machine";
import type { MachineCase, ProblemCases } from "../problemCase";

const seen = (state: HealthReport["state"], code: string, httpStatus?: number): MachineCase => ({
  title: "seen by the check of the endpoint",
  health: [healthReport({ state, code, ...(httpStatus !== undefined && { httpStatus }) })],
});

/** OpenCode ends at once and says why, so nothing is said of silent retries. */
const told = (code: string): MachineCase => ({
  title: "beside OpenCode, which says why itself",
  files: OPENCODE_FILES,
  health: [healthReport({ state: "unreachable", code })],
});

const onlyInEditor = (code: string, title: string): MachineCase => ({
  title,
  health: [healthReport({ state: "degraded", code, via: "editor" })],
});

export const networkProblems = {
  "network/dns": [seen("unreachable", "network/dns")],
  "network/dns-blocked": [seen("unreachable", "network/dns-blocked")],
  "network/ipv6-dns": [
    seen("unreachable", "network/ipv6-dns"),
    {
      title: "OpenCode connects, Codex does not",
      files: { ...CODEX_FILES, ...OPENCODE_FILES },
      health: [healthReport({ state: "degraded", code: "network/ipv6-dns", failing: ["codex"] })],
    },
  ],
  "network/unreachable": [seen("unreachable", "network/unreachable")],
  "network/proxy-mismatch": [
    {
      title: "a proxy in Codex's .env at which nothing listens",
      files: { ...CODEX_FILES, ".codex/.env": "# work\nHTTPS_PROXY=http://127.0.0.1:9\n" },
      marked: [".codex/.env", "HTTPS_PROXY=http://127.0.0.1:9"],
    },
    onlyInEditor("network/proxy-mismatch", "a proxy that only VS Code knows"),
    {
      title: "a proxy of VS Code's own that leads nowhere, while the clients connect",
      files: { ...CODEX_FILES, ...OPENCODE_FILES },
      health: [healthReport({ state: "ok" })],
      editorWorks: false,
      severity: "information",
    },
  ],
  "network/proxy-auth": [seen("unreachable", "network/proxy-auth"), told("network/proxy-auth")],
  "network/proxy-denied": [seen("unreachable", "network/proxy-denied"), told("network/proxy-denied")],
  "network/proxy-unreachable": [seen("unreachable", "network/proxy-unreachable")],
  "network/proxy-value": [seen("unreachable", "network/proxy-value")],
  "network/untrusted-certificate": [
    seen("unreachable", "network/untrusted-certificate"),
    told("network/untrusted-certificate"),
    onlyInEditor("network/untrusted-certificate", "a certificate that only VS Code trusts"),
  ],
  "network/stale-ca-file": [
    {
      title: "SSL_CERT_FILE names no file",
      files: CODEX_FILES,
      variables: { SSL_CERT_FILE: "~/company.pem" },
      marked: ["company.pem", ""],
      severity: "information",
    },
    {
      title: "SSL_CERT_FILE names no file, and the endpoint is not trusted",
      files: CODEX_FILES,
      variables: { SSL_CERT_FILE: "~/company.pem" },
      health: [healthReport({ state: "unreachable", code: "network/untrusted-certificate" })],
      marked: ["company.pem", ""],
      severity: "error",
      also: ["network/untrusted-certificate"],
    },
    {
      title: "Codex's own .env names no file",
      files: { ...CODEX_FILES, ".codex/.env": "export SSL_CERT_FILE='~/company.pem'\n" },
      marked: ["company.pem", ""],
      severity: "information",
    },
  ],
  "network/certificate-expired": [
    seen("unreachable", "network/certificate-expired"),
    told("network/certificate-expired"),
  ],
  "network/certificate-wrong-host": [
    seen("unreachable", "network/certificate-wrong-host"),
    told("network/certificate-wrong-host"),
  ],
  "network/certificate-incomplete": [
    seen("unreachable", "network/certificate-incomplete"),
    told("network/certificate-incomplete"),
  ],
  "network/certificate-invalid": [
    seen("unreachable", "network/certificate-invalid"),
    told("network/certificate-invalid"),
  ],
  "network/tls-failed": [seen("unreachable", "network/tls-failed")],
  "network/blocked": [seen("blocked", "network/blocked", 403)],
  "network/filtered": [seen("blocked", "network/filtered", 403)],
  "network/captive-portal": [seen("notAnApi", "network/captive-portal", 302)],
  "network/offline": [seen("offline", "network/offline")],
  "network/slow": [seen("slow", "network/slow", 200)],
  "network/stream-cut": [seen("gatewayError", "network/stream-cut", 200)],
  "gateway/no-answer": [seen("unreachable", "gateway/no-answer")],
  "gateway/unavailable": [seen("gatewayError", "gateway/unavailable", 502)],
} satisfies Record<keyof typeof networkKnowledge, ProblemCases>;
