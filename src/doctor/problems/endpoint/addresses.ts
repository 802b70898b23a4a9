import * as l10n from "@vscode/l10n";
import type { KeyPath } from "../../../changes/document/edits/keyEdit";
import { namesAt } from "../../../changes/document/valueAt";
import { writtenAt } from "../../../changes/history/writtenValues";
import { stringAt } from "../../../clients/configFile";
import { PROVIDER_PATH } from "../../../clients/opencode/state/provider";
import { effective, type OpencodeState, winner } from "../../../clients/opencode/state/state";
import { checkBaseUrl, isLoopback, successorOf } from "../../../gateway/endpoints";
import { misspelledOfficial } from "../../../gateway/meantEndpoint";
import { codexBaseUrl, lacksVersion } from "../../../gateway/responsesRoute";
import { type CodexProvider, codexProviderInUse, codexProviders } from "../../snapshot/codexProvider";
import { type Problem, problem, type Rule } from "../../problem";
import type { Snapshot } from "../../snapshot/snapshot";
import { hostOf, isOurAddress, isTokenPoolAddress } from "../../snapshot/ourAddress";
import { placeOf } from "../place";
import { codexConfigFix, opencodeConfigFix } from "../fix";
import {
  endpointFor,
  getsStoredKey,
  judge,
  nearlyChosen,
  type WrongAddress,
  wrongAddress,
} from "./wrongAddress";

/** What OpenCode takes for a provider of the user's own without a package. */
const CHAT_PACKAGE = "@ai-sdk/openai-compatible";

/** The setting `tokenpool.baseUrl`. A name like TokenPool's own may be somebody's who waits for typing errors. */
const chosenAddress: Rule = ({ baseUrl }) => {
  if (!baseUrl.valid) return [problem(baseUrl.code, { message: baseUrl.message })];
  const { host } = new URL(baseUrl.baseUrl);
  const meant = misspelledOfficial(host);
  if (meant === undefined) return [];
  const message = l10n.t(
    "The endpoint {0} looks like a misspelling of {1}, and your key is sent there.",
    host,
    meant,
  );
  return [problem("endpoint/malformed", { severity: "warning", message, evidence: host })];
};

/** Every provider of Codex: an address of TokenPool's that is no endpoint is right nowhere. */
const codexAddresses: Rule = (snapshot) => {
  const { codex } = snapshot;
  return codexProviders(codex).flatMap((provider) => {
    const { path, baseUrl = "" } = provider;
    const wrong = isEmptyForOurKey(snapshot, provider)
      ? judge(baseUrl, snapshot)
      : (wrongAddress(baseUrl, snapshot) ?? nearlyChosen(snapshot, provider));
    if (!wrong) return [];
    const key = [...path, "base_url"];
    const edit = { kind: "set", path: key, value: codexAddressFor(snapshot) } as const;
    return [
      problem(wrong.code, {
        ...wrong,
        client: "codex",
        at: path.join("."),
        ...placeOf(codex.config, key, "value"),
        ...codexConfigFix(codex, wrong.code, [edit]),
      }),
    ];
  });
};

/** Codex names the root of a gateway that serves it below `/v1` only. */
const codexWithoutVersion: Rule = (snapshot) => {
  const { codex, route, baseUrl } = snapshot;
  const provider = codexProviderInUse(codex);
  const isLacking = route === "v1" && baseUrl.valid && lacksVersion(provider?.baseUrl ?? "", baseUrl.baseUrl);
  if (!provider || !isLacking) return [];
  const key = [...provider.path, "base_url"];
  const edit = { kind: "set", path: key, value: codexAddressFor(snapshot) } as const;
  return [
    problem("endpoint/missing-v1", {
      client: "codex",
      message: l10n.t("Codex asks for /responses here, which this gateway has only below /v1."),
      evidence: hostOf(baseUrl.baseUrl),
      ...placeOf(codex.config, key, "value"),
      ...codexConfigFix(codex, "endpoint/missing-v1", [edit]),
    }),
  ];
};

/** Every provider of OpenCode, in the file whose address is the one in force. */
const opencodeAddresses: Rule = (snapshot) =>
  providerPaths(snapshot.opencode).flatMap((path) => {
    const key = [...path, "options", "baseURL"];
    const layer = winner(snapshot.opencode.layers, key);
    const address = (layer && stringAt(layer, key)) ?? "";
    const wrong =
      layer && (wrongAddress(address, snapshot) ?? withoutVersion(snapshot.opencode, path, address));
    if (!wrong) return [];
    const edit = { kind: "set", path: key, value: `${endpointFor(snapshot)}/v1` } as const;
    const code = wrong.code === "endpoint/malformed" ? "opencode/base-url-invalid" : wrong.code;
    return [
      problem(code, {
        message: wrong.message,
        evidence: wrong.evidence,
        client: "opencode",
        at: path.join("."),
        ...placeOf(layer, key, "value"),
        ...opencodeConfigFix(layer, code, [edit]),
      }),
    ];
  });

/** TokenPool's provider of OpenCode takes the stored key to somebody else, or wherever its package wants. */
const opencodeElsewhere: Rule = (snapshot) => {
  const { opencode, apiKey, baseUrl, written } = snapshot;
  const key = [...PROVIDER_PATH, "options", "baseURL"];
  const layer = winner(opencode.layers, key) ?? winner(opencode.layers, PROVIDER_PATH);
  if (!layer || !baseUrl.valid || apiKey === undefined || opencode.apiKey?.trim() !== apiKey) return [];
  const address = effective(opencode.layers, key) === undefined ? "" : (opencode.baseUrl ?? "");
  const host = hostOf(address);
  if (address === "" ? isNamedOtherwise(opencode) : leadsWhereMeant(address, snapshot)) return [];
  const found: Partial<Problem> = host
    ? {
        severity: "warning",
        evidence: host,
        message: writtenAt(written, layer, key)?.valueHash
          ? l10n.t("Since somebody has changed what TokenPool wrote, OpenCode sends your key to {0}.", host)
          : l10n.t("TokenPool's provider in OpenCode leads to {0}, which gets your key.", host),
      }
    : { message: l10n.t("TokenPool's provider in OpenCode has no address, so your key may go anywhere.") };
  const edit = { kind: "set", path: key, value: `${baseUrl.baseUrl}/v1` } as const;
  return [
    problem("opencode/base-url-invalid", {
      client: "opencode",
      ...found,
      ...(host ? placeOf(layer, key, "value") : placeOf(layer, PROVIDER_PATH, "key")),
      ...opencodeConfigFix(layer, "opencode/base-url-invalid", [edit]),
    }),
  ];
};

/** An address that was TokenPool's once: it may answer for a while yet. */
const retired: Rule = (snapshot) => {
  const { baseUrl, codex, opencode } = snapshot;
  const isRetired = (address: string | undefined) => {
    const check = checkBaseUrl(address ?? "");
    return check.valid && successorOf(check.baseUrl) !== undefined;
  };
  const told = (address = "") => ({
    evidence: hostOf(address),
    message: l10n.t(
      "{0} is not TokenPool's address any more. Use {1}.",
      hostOf(address),
      endpointFor(snapshot),
    ),
  });
  const setting = baseUrl.valid && isRetired(baseUrl.baseUrl);
  const ofCodex = codexProviders(codex).filter((provider) => isRetired(provider.baseUrl));
  const ofOpencode = providerPaths(opencode).flatMap((path) => {
    const key = [...path, "options", "baseURL"];
    const layer = winner(opencode.layers, key);
    const address = layer && stringAt(layer, key);
    return layer && isRetired(address) ? [{ path, key, layer, address }] : [];
  });
  return [
    ...(setting ? [problem("endpoint/retired", told(baseUrl.baseUrl))] : []),
    ...ofCodex.map(({ path, baseUrl: address }) => {
      const key = [...path, "base_url"];
      const edit = { kind: "set", path: key, value: codexAddressFor(snapshot) } as const;
      return problem("endpoint/retired", {
        ...told(address),
        client: "codex",
        at: path.join("."),
        ...placeOf(codex.config, key, "value"),
        ...codexConfigFix(codex, "endpoint/retired", [edit]),
      });
    }),
    ...ofOpencode.map(({ path, key, layer, address }) => {
      const edit = { kind: "set", path: key, value: `${endpointFor(snapshot)}/v1` } as const;
      return problem("endpoint/retired", {
        ...told(address),
        client: "opencode",
        at: path.join("."),
        ...placeOf(layer, key, "value"),
        ...opencodeConfigFix(layer, "endpoint/retired", [edit]),
      });
    }),
  ];
};

export const addressRules: readonly Rule[] = [
  retired,
  chosenAddress,
  codexAddresses,
  codexWithoutVersion,
  opencodeAddresses,
  opencodeElsewhere,
];

/** A wrong address at TokenPool is a problem of its own, and what runs on this machine is its owner's business. */
function leadsWhereMeant(address: string, { baseUrl }: Snapshot): boolean {
  const isLocal = URL.canParse(address) && isLoopback(new URL(address).hostname);
  return isOurAddress(address, baseUrl) || isLocal || hostOf(address) === "";
}

/** OpenCode takes an address from `api` too; `baseUrl` is a problem of its own. */
function isNamedOtherwise({ layers }: OpencodeState): boolean {
  return [["api"], ["options", "baseUrl"]].some(
    (name) => effective(layers, [...PROVIDER_PATH, ...name]) !== undefined,
  );
}

/** The gateway knows the path of the Responses API without `/v1` too, but not that of chat completions. */
function withoutVersion({ layers }: OpencodeState, path: KeyPath, address: string): WrongAddress | undefined {
  const usual = path.at(-1) === "openai" ? "@ai-sdk/openai" : CHAT_PACKAGE;
  const asksForChat = (effective(layers, [...path, "npm"]) ?? usual) === CHAT_PACKAGE;
  if (!asksForChat || !isTokenPoolAddress(address) || !/^\/*$/.test(new URL(address).pathname))
    return undefined;
  const message = l10n.t("OpenCode asks for /chat/completions here, which TokenPool has only below /v1.");
  return { code: "endpoint/missing-v1", message, evidence: hostOf(address) };
}

/** With an empty address nothing tells whose it should be, but with the stored key in auth.json. */
function isEmptyForOurKey(snapshot: Snapshot, provider: CodexProvider): boolean {
  return provider.baseUrl === "" && getsStoredKey(snapshot, provider);
}

function codexAddressFor(snapshot: Snapshot): string {
  return codexBaseUrl(endpointFor(snapshot), snapshot.route, undefined);
}

function providerPaths({ layers }: OpencodeState): KeyPath[] {
  const ids = layers.flatMap(({ document }) => namesAt(document, ["provider"]));
  return [...new Set(ids)].map((id) => ["provider", id]);
}
