import * as l10n from "@vscode/l10n";

/** What is the matter on the way to the endpoint and what to do, in one or two short sentences. */
const SENTENCES: Readonly<Record<string, () => string>> = {
  "network/dns": () => l10n.t("The endpoint's name cannot be resolved. Check network, VPN and DNS."),
  "network/dns-blocked": () =>
    l10n.t(
      "An ad blocker or DNS filter blocks the endpoint's name. Allow it there, or use the other endpoint.",
    ),
  "network/ipv6-dns": () =>
    l10n.t("The DNS server answers with an error for IPv6, which Codex on Linux cannot get past."),
  "network/proxy-mismatch": () =>
    l10n.t("VS Code reaches the endpoint, but Codex and OpenCode will not: set HTTPS_PROXY."),
  "network/proxy-auth": () =>
    l10n.t("The proxy requires a sign-in: put user name and password into HTTPS_PROXY."),
  "network/proxy-denied": () => l10n.t("The proxy refuses the endpoint. Ask its administrator to allow it."),
  "network/proxy-unreachable": () =>
    l10n.t("The proxy that is set cannot be reached, or does not reach the endpoint. Check HTTPS_PROXY."),
  "network/proxy-value": () =>
    l10n.t("The proxy address cannot be used as it is written. Use http://host:port."),
  "network/tls-failed": () =>
    l10n.t("The encrypted connection failed. Check VPN, firewall and proxy, or use the other endpoint."),
  "network/untrusted-certificate": () =>
    l10n.t("The endpoint's certificate is not trusted: this network puts one of its own in between."),
  "network/certificate-expired": () =>
    l10n.t("The endpoint's certificate has expired or is not valid yet. Check this machine's clock."),
  "network/certificate-wrong-host": () =>
    l10n.t("The certificate belongs to another host. Sign in to the network, or check DNS."),
  "network/certificate-incomplete": () =>
    l10n.t("The server does not send its whole certificate. Use the other endpoint, and tell the operator."),
  "network/certificate-invalid": () =>
    l10n.t("The endpoint's certificate is not valid. Use the other endpoint or another network."),
  "network/filtered": () =>
    l10n.t("A filter of this network answers instead of the endpoint. Ask its administrator to allow it."),
  "network/captive-portal": () => l10n.t("Network sign-in required. Open any page in the browser."),
};

/** Undefined where the code says no more than the state. */
export function networkSentence(code: string | undefined): string | undefined {
  return code === undefined ? undefined : SENTENCES[code]?.();
}
