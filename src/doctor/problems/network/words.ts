import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";
import { certificateKnowledge } from "./certificateWords";
import { proxyKnowledge } from "./proxyWords";

export const networkKnowledge = {
  "network/dns": {
    severity: "error",
    title: () => l10n.t("The endpoint's name cannot be resolved"),
    cause: () => l10n.t("DNS gives no address for it on this machine."),
    fix: () => l10n.t("Check network, VPN and DNS, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "network/dns-blocked": {
    severity: "error",
    title: () => l10n.t("The endpoint's name is blocked on this network"),
    cause: () =>
      l10n.t("Its name leads back to this machine, as ad blockers, DNS filters and hosts files do it."),
    fix: () =>
      l10n.t("Allow the endpoint's name in the ad blocker or DNS filter, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "network/ipv6-dns": {
    severity: "error",
    title: () => l10n.t("Codex cannot look up the endpoint's name"),
    cause: () =>
      l10n.t(
        "The DNS server answers the question for IPv6 addresses (AAAA) with an error. Codex on Linux then gives up; other programs continue.",
      ),
    fix: () =>
      l10n.t("Use another DNS server, or correct this one: a name without an IPv6 address is not an error."),
    action: "selectEndpoint",
  },
  "network/unreachable": {
    severity: "error",
    title: () => l10n.t("No connection to the endpoint"),
    cause: () => l10n.t("The connection was refused, or nobody answered in time."),
    fix: () => l10n.t("Check network and firewall, or use the other endpoint."),
    action: "selectEndpoint",
  },
  ...proxyKnowledge,
  ...certificateKnowledge,
  "network/tls-failed": {
    severity: "error",
    title: () => l10n.t("The encrypted connection failed"),
    cause: () =>
      l10n.t(
        "Connected, but encryption (TLS) fails: a firewall, a VPN or an outdated server on the path interrupts it.",
      ),
    fix: () => l10n.t("Check VPN, firewall and proxy, or use the other endpoint or another network."),
    action: "selectEndpoint",
  },
  "network/blocked": {
    severity: "error",
    title: () => l10n.t("The request is blocked"),
    cause: () =>
      l10n.t("A firewall before the gateway refuses this network or region; the key is not to blame."),
    fix: () => l10n.t("Use the other endpoint or another network."),
    action: "selectEndpoint",
  },
  "network/filtered": {
    severity: "error",
    title: () => l10n.t("This network answers instead of the endpoint"),
    cause: () =>
      l10n.t("A filter, a proxy or a security program sends a page of its own; key and address are right."),
    fix: () => l10n.t("Ask the network's administrator to allow the endpoint, or use another network."),
    action: "selectEndpoint",
  },
  "network/captive-portal": {
    severity: "warning",
    title: () => l10n.t("Network sign-in required"),
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
    title: () => l10n.t("Response was cut off"),
    cause: () => l10n.t("The connection ended in the middle of a streamed answer."),
    fix: () => l10n.t("Try again, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "gateway/no-answer": {
    severity: "warning",
    title: () => l10n.t("Connected, but the gateway does not respond"),
    cause: () => l10n.t("The request was sent, but the server stays silent or closes the connection."),
    fix: () => l10n.t("Try again later, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "gateway/unavailable": {
    severity: "warning",
    title: () => l10n.t("Gateway is having problems"),
    cause: () => l10n.t("It answers with a server error or a broken answer."),
    fix: () => l10n.t("Try again later, or use the other endpoint."),
    action: "selectEndpoint",
  },
} satisfies Record<string, KnowledgeEntry>;
