import * as tls from "node:tls";

/** What Node gives of its certificate stores since 22.15, each certificate as PEM. */
export interface CertificateStores {
  readonly getCACertificates?: (store: "default" | "system") => string[];
}

/**
 * Trust in the operating system's authorities beside Node's own and those of NODE_EXTRA_CA_CERTS, as
 * VS Code's `http.systemCertificates` means it. Slow enough (some hundred certificates) to be made once.
 *
 * @returns undefined where Node cannot read them; there only the editor's `fetch` knows them
 */
export function systemTrust(
  stores: CertificateStores = tls as CertificateStores,
): tls.SecureContext | undefined {
  const { getCACertificates } = stores;
  if (!getCACertificates) return undefined;
  // Node counts NODE_EXTRA_CA_CERTS among the default ones.
  const ca = [...new Set([...getCACertificates("default"), ...getCACertificates("system")])];
  return tls.createSecureContext({ ca });
}
