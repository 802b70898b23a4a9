import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

/** A proxy on the way that fails, or that not everybody uses. */
export const proxyKnowledge = {
  "network/proxy-mismatch": {
    severity: "error",
    title: () => l10n.t("Not every program uses the same proxy"),
    cause: () =>
      l10n.t("One way to the endpoint works and another does not: Codex and OpenCode do not read VS Code's."),
    fix: () =>
      l10n.t(
        "Set HTTPS_PROXY (and NO_PROXY) for Codex and OpenCode to the proxy that works, and check http.proxy in VS Code.",
      ),
    action: "showLog",
  },
  "network/proxy-auth": {
    severity: "error",
    title: () => l10n.t("The proxy requires a sign-in"),
    cause: () =>
      l10n.t(
        "It answers 407: user name or password is missing or wrong, or it accepts only a Windows sign-in, which Codex and OpenCode do not have.",
      ),
    fix: () =>
      l10n.t(
        "Set HTTPS_PROXY to http://user:password@host:port, with special characters percent-encoded, then restart VS Code.",
      ),
    action: "showLog",
  },
  "network/proxy-denied": {
    severity: "error",
    title: () => l10n.t("The proxy refuses the endpoint"),
    cause: () => l10n.t("Its rules do not allow connections to this host; key and address are right."),
    fix: () =>
      l10n.t("Ask the network's administrator to allow the endpoint's host, or use another network."),
    action: "selectEndpoint",
  },
  "network/proxy-unreachable": {
    severity: "error",
    title: () => l10n.t("No connection through the proxy"),
    cause: () => l10n.t("The proxy that is set cannot be reached, or it does not reach the endpoint itself."),
    fix: () => l10n.t("Start the proxy program or the VPN, or correct HTTPS_PROXY, then restart VS Code."),
    action: "showLog",
  },
  "network/proxy-value": {
    severity: "error",
    title: () => l10n.t("The proxy address is not understood"),
    cause: () =>
      l10n.t("Codex and OpenCode read HTTPS_PROXY each in their own way, and one cannot use this."),
    fix: () =>
      l10n.t(
        "Use http://host:port, or http://user:password@host:port with special characters percent-encoded, then restart VS Code.",
      ),
    action: "showLog",
  },
} satisfies Record<string, KnowledgeEntry>;
