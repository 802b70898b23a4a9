import type { networkKnowledge } from "../../../../../src/doctor/problems/network/words";
import type { HealthReport } from "../../../../../src/health/report";
import { CODEX_FILES, healthReport } from "../../machine";
import type { MachineCase, ProblemCases } from "../problemCase";

const seen = (state: HealthReport["state"], code: string, httpStatus?: number): MachineCase => ({
  title: "seen by the check of the endpoint",
  health: [healthReport({ state, code, ...(httpStatus !== undefined && { httpStatus }) })],
});

const onlyInEditor = (code: string, title: string): MachineCase => ({
  title,
  health: [healthReport({ state: "degraded", code, via: "editor" })],
});

export const networkProblems = {
  "network/dns": [seen("unreachable", "network/dns")],
  "network/unreachable": [seen("unreachable", "network/unreachable")],
  "network/proxy-mismatch": [
    {
      title: "a proxy in Codex's .env at which nothing listens",
      files: { ...CODEX_FILES, ".codex/.env": "# work\nHTTPS_PROXY=http://127.0.0.1:9\n" },
      marked: [".codex/.env", "HTTPS_PROXY=http://127.0.0.1:9"],
    },
    seen("unreachable", "network/proxy-mismatch", 407),
    onlyInEditor("network/proxy-mismatch", "a proxy that only VS Code knows"),
  ],
  "network/untrusted-certificate": [
    seen("unreachable", "network/untrusted-certificate"),
    onlyInEditor("network/untrusted-certificate", "a certificate that only VS Code trusts"),
  ],
  "network/stale-ca-file": [
    {
      title: "SSL_CERT_FILE names no file",
      files: CODEX_FILES,
      variables: { SSL_CERT_FILE: "~/company.pem" },
      marked: ["company.pem", ""],
    },
    {
      title: "Codex's own .env names no file",
      files: { ...CODEX_FILES, ".codex/.env": "export SSL_CERT_FILE='~/company.pem'\n" },
      marked: ["company.pem", ""],
    },
  ],
  "network/certificate-invalid": [seen("unreachable", "network/certificate-invalid")],
  "network/blocked": [seen("blocked", "network/blocked", 403)],
  "network/captive-portal": [seen("notAnApi", "network/captive-portal", 302)],
  "network/offline": [seen("offline", "network/offline")],
  "network/slow": [seen("slow", "network/slow", 200)],
  "network/stream-cut": [seen("gatewayError", "network/stream-cut", 200)],
  "gateway/no-answer": [seen("unreachable", "gateway/no-answer")],
  "gateway/unavailable": [seen("gatewayError", "gateway/unavailable", 502)],
} satisfies Record<keyof typeof networkKnowledge, ProblemCases>;
