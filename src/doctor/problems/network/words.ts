import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const networkKnowledge = {
  "network/dns": {
    severity: "error",
    title: () => l10n.t("The endpoint's name cannot be resolved"),
    cause: () => l10n.t("DNS gives no address for it on this machine."),
    fix: () => l10n.t("Check network, VPN and DNS, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "network/unreachable": {
    severity: "error",
    title: () => l10n.t("No connection to the endpoint"),
    cause: () => l10n.t("The connection was refused, or nobody answered in time."),
    fix: () => l10n.t("Check network and firewall, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "network/proxy-mismatch": {
    severity: "error",
    title: () => l10n.t("The proxy does not let requests through"),
    cause: () =>
      l10n.t(
        "The proxy that is set refuses or cannot be reached, or only VS Code knows the right one: Codex and OpenCode do not read its settings.",
      ),
    fix: () =>
      l10n.t(
        "Set HTTPS_PROXY (and NO_PROXY) for Codex and OpenCode to the proxy that works, and check http.proxy in VS Code.",
      ),
    action: "showLog",
  },
  "network/untrusted-certificate": {
    severity: "error",
    title: () => l10n.t("The endpoint's certificate is not trusted here"),
    cause: () => l10n.t("A company network often puts a certificate of its own in between."),
    fix: () =>
      l10n.t(
        "Tell Codex by SSL_CERT_FILE and OpenCode by NODE_EXTRA_CA_CERTS where your company's certificate is. Never turn the check off.",
      ),
    action: "showLog",
  },
  "network/stale-ca-file": {
    severity: "error",
    title: () => l10n.t("The file with trusted certificates is missing"),
    cause: () =>
      l10n.t(
        "SSL_CERT_FILE or a similar variable names a file that cannot be read, so Codex trusts no server and waits for ever.",
      ),
    fix: () => l10n.t("Unset the variable, or let it name a file that exists."),
    action: "openDocumentation",
  },
  "network/certificate-invalid": {
    severity: "error",
    title: () => l10n.t("The endpoint's certificate is not valid"),
    cause: () =>
      l10n.t("Its name or dates do not fit; a wrong clock or a sign-in page of the network causes this."),
    fix: () => l10n.t("Check the clock of this machine and sign in to the network."),
    action: "checkHealth",
  },
  "network/blocked": {
    severity: "error",
    title: () => l10n.t("The request is blocked"),
    cause: () =>
      l10n.t("A firewall before the gateway refuses this network or region; the key is not to blame."),
    fix: () => l10n.t("Use the other endpoint or another network."),
    action: "selectEndpoint",
  },
  "network/captive-portal": {
    severity: "warning",
    title: () => l10n.t("The network wants you to sign in"),
    cause: () => l10n.t("A sign-in page of the network answers instead of the endpoint."),
    fix: () => l10n.t("Open any page in the browser and sign in to the network."),
    action: "checkHealth",
  },
  "network/offline": {
    severity: "information",
    title: () => l10n.t("This machine is offline"),
    cause: () => l10n.t("Neither endpoint can be reached."),
    fix: () => l10n.t("Nothing to do in TokenPool; it checks again when the network is back."),
    action: "checkHealth",
  },
  "network/slow": {
    severity: "information",
    title: () => l10n.t("The endpoint answers slowly"),
    cause: () => l10n.t("It works, but takes longer than usual."),
    fix: () => l10n.t("Compare with the other endpoint."),
    action: "selectEndpoint",
  },
  "network/stream-cut": {
    severity: "warning",
    title: () => l10n.t("The answer broke off"),
    cause: () => l10n.t("The connection ended in the middle of a streamed answer."),
    fix: () => l10n.t("Try again, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "gateway/no-answer": {
    severity: "warning",
    title: () => l10n.t("The gateway does not answer"),
    cause: () => l10n.t("The connection stands and the request was sent, but nothing comes back in time."),
    fix: () => l10n.t("Try again later, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "gateway/unavailable": {
    severity: "warning",
    title: () => l10n.t("The gateway has trouble of its own"),
    cause: () => l10n.t("It answers with a server error or a broken answer."),
    fix: () => l10n.t("Try again later, or use the other endpoint."),
    action: "selectEndpoint",
  },
} satisfies Record<string, KnowledgeEntry>;
