import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

/** A certificate that a client does not take. Nothing here may ever advise to turn the check off. */
export const certificateKnowledge = {
  "network/untrusted-certificate": {
    severity: "error",
    title: () => l10n.t("The endpoint's certificate is not trusted here"),
    cause: () => l10n.t("A company network or a security program puts a certificate of its own in between."),
    fix: () =>
      l10n.t(
        "Add the root certificate to the system store; else set CODEX_CA_CERTIFICATE (Codex) and NODE_EXTRA_CA_CERTS (OpenCode) to its file. Then restart VS Code. Never turn the check off.",
      ),
    action: "showLog",
  },
  "network/stale-ca-file": {
    severity: "error",
    title: () => l10n.t("The file with trusted certificates is missing"),
    cause: () => l10n.t("A variable names a file that cannot be read, so its certificates are not trusted."),
    fix: () => l10n.t("Remove the variable, or let it name a file that exists. Then restart VS Code."),
    action: "openDocumentation",
  },
  "network/certificate-expired": {
    severity: "error",
    title: () => l10n.t("The certificate has expired or is not valid yet"),
    cause: () => l10n.t("It has expired, or it is not valid yet because this machine's clock is wrong."),
    fix: () => l10n.t("Check date and time of this machine. If they are right, use the other endpoint."),
    action: "checkHealth",
  },
  "network/certificate-wrong-host": {
    severity: "error",
    title: () => l10n.t("The certificate belongs to another host"),
    cause: () =>
      l10n.t("Another server answers: a sign-in page of the network, a filter, or a wrong DNS entry."),
    fix: () => l10n.t("Sign in to the network, check DNS and hosts file, or use the other endpoint."),
    action: "checkHealth",
  },
  "network/certificate-incomplete": {
    severity: "error",
    title: () => l10n.t("The server sends an incomplete certificate"),
    cause: () =>
      l10n.t("Its intermediate certificate is missing. That is the server's fault, not this network's."),
    fix: () =>
      l10n.t("Use the other endpoint, and tell the operator that the certificate chain is incomplete."),
    action: "selectEndpoint",
  },
  "network/certificate-invalid": {
    severity: "error",
    title: () => l10n.t("The endpoint's certificate is not valid"),
    cause: () => l10n.t("It was revoked, or it is damaged."),
    fix: () => l10n.t("Use the other endpoint or another network."),
    action: "selectEndpoint",
  },
} satisfies Record<string, KnowledgeEntry>;
