import * as l10n from "@vscode/l10n";
import {
  type BaseUrlProblem,
  checkBaseUrl,
  DEFAULT_BASE_URL,
  isLoopback,
  isTokenPoolBaseUrl,
  successorOf,
} from "../../../gateway/endpoints";
import { isOneSlipApart, meantHost, misspelledOfficial } from "../../../gateway/meantEndpoint";
import { type CodexProvider, codexProviderInUse, usesCodexLogin } from "../../snapshot/codexProvider";
import { hostOf, isOurAddress } from "../../snapshot/ourAddress";
import type { Snapshot } from "../../snapshot/snapshot";

/** What is wrong with an address that is meant to lead to TokenPool, or to the endpoint the user chose. */
export interface WrongAddress {
  readonly code: BaseUrlProblem | "endpoint/missing-v1";
  readonly message: string;
  readonly evidence: string;
}

/** The address that a fix writes, and that words recommend. */
export function endpointFor({ baseUrl }: Snapshot): string {
  const chosen = baseUrl.valid ? baseUrl.baseUrl : DEFAULT_BASE_URL;
  return successorOf(chosen) ?? chosen;
}

/** Foreign addresses are never judged: other gateways have other rules. */
export function wrongAddress(address: string, snapshot: Snapshot): WrongAddress | undefined {
  const { baseUrl } = snapshot;
  if (!isOurAddress(address, baseUrl)) return undefined;
  const isChosen = baseUrl.valid && isTokenPoolBaseUrl(address, baseUrl.baseUrl);
  const host = meantHost(address) ?? "";
  const meant = isChosen ? undefined : (misspelledOfficial(host) ?? host);
  // What clients take for the host decides where the key goes.
  const isElsewhere = meant !== undefined && URL.canParse(address) && hostOf(address) !== meant;
  return isElsewhere ? misspelled(address, meant) : judge(address, snapshot);
}

/** Two gateways may well differ in one letter, but not with the same key. */
export function nearlyChosen(snapshot: Snapshot, provider: CodexProvider): WrongAddress | undefined {
  const { baseUrl: chosen } = snapshot;
  if (!chosen.valid || !getsStoredKey(snapshot, provider)) return undefined;
  const meant = new URL(chosen.baseUrl).host;
  const host = meantHost(provider.baseUrl ?? "") ?? "";
  const isNear = isOneSlipApart(host, meant) && !isLoopback(new URL(chosen.baseUrl).hostname);
  return isNear ? misspelled(provider.baseUrl ?? "", meant) : undefined;
}

function misspelled(address: string, meant: string): WrongAddress {
  const host = hostOf(address);
  const message = host.includes(".")
    ? l10n.t("{0} looks like a misspelling of {1}.", host, meant)
    : l10n.t("The address looks like a misspelling of {0}.", meant);
  return { code: "endpoint/malformed", message, evidence: host };
}

/** What keeps clients from using an address, whoever answers there. */
export function judge(address: string, snapshot: Snapshot): WrongAddress | undefined {
  const evidence = hostOf(address);
  // Clients append the path of a request to it.
  if (/\S\s/.test(address))
    return { code: "endpoint/malformed", message: l10n.t("The address contains a space."), evidence };
  const check = checkBaseUrl(address, endpointFor(snapshot));
  return check.valid ? undefined : { code: check.code, message: check.message, evidence };
}

/** Codex would send the stored key to this provider. */
export function getsStoredKey({ codex, apiKey }: Snapshot, { id }: CodexProvider): boolean {
  const isUsed = codexProviderInUse(codex)?.id === id && usesCodexLogin(codex);
  return isUsed && apiKey !== undefined && codex.apiKey === apiKey;
}
