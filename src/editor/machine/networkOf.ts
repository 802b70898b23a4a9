import { createHash } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import {
  type Certificates,
  toPem,
  usualCertificates,
  type UsualCertificates,
} from "../../clients/network/certificates";
import { type ClientWay, clientWays, type Traveller } from "../../clients/network/clientWays";
import type { ClientEnvironment } from "../../clients/client";
import { CLIENT_IDS } from "../../clients/clientId";
import { CLIENTS, inspectClients } from "../../clients/registry";
import type { EditorFetch } from "../../health/http/editorRequest";
import { type Network, oneWay, type Way } from "../../health/http/network";
import { proxyFor, type ProxySettings } from "../../health/http/proxySettings";

/** What VS Code itself goes by. */
export interface EditorNetwork {
  readonly settings: ProxySettings;
  readonly fetch: EditorFetch;
}

let usual: Promise<UsualCertificates> | undefined;

/** The ways of the clients that use an address, or Codex's where none does, and VS Code's own. */
export async function networkOf(
  environment: ClientEnvironment,
  url: URL,
  editor: EditorNetwork,
): Promise<Network> {
  usual ??= usualCertificates(environment);
  return networkFrom(environment, url, await travellersTo(url, environment), await usual, editor);
}

async function travellersTo(url: URL, environment: ClientEnvironment): Promise<Traveller[]> {
  const states = await inspectClients(environment, url.origin);
  const users = CLIENT_IDS.filter((id) => states[id].usesTokenPool);
  return (users.length > 0 ? users : (["codex"] as const)).map((id) => ({
    id,
    network: CLIENTS[id].network,
    variables: states[id].variables ?? environment.variables,
  }));
}

/** The same for clients and authorities that are known. */
export async function networkFrom(
  environment: Pick<ClientEnvironment, "fs" | "homeDirectory" | "platform" | "variables">,
  url: URL,
  travellers: readonly Traveller[],
  usualOnes: UsualCertificates,
  editor?: EditorNetwork,
): Promise<Network> {
  const found = await clientWays(environment, url, travellers, usualOnes);
  const [first, ...others] = found.map((way) => wayOf(way, usualOnes));
  if (!first) return oneWay({});
  const ways = [first, ...others] as const;
  if (!editor) return { ways };
  const proxy = proxyFor(url, editor.settings, environment.variables);
  const differs =
    isSet(editor.settings) && !ways.some(({ route }) => originOf(route.proxy) === originOf(proxy));
  return { ways, editor: { fetch: editor.fetch, differs } };
}

function isSet({ proxy, noProxy }: ProxySettings): boolean {
  return proxy !== "" || noProxy.length > 0;
}

function originOf(proxy = ""): string {
  const spelled = proxy.includes("://") ? proxy : `http://${proxy}`;
  return URL.canParse(spelled) ? new URL(spelled).origin : "";
}

function wayOf(
  { clients, proxy, authorities, ...way }: ClientWay,
  { everybodys, system }: UsualCertificates,
): Way {
  const address = proxy?.address;
  return {
    ...way,
    clients,
    isUnusable: proxy !== undefined && address === undefined,
    ...(proxy && { proxyVariable: proxy.variable }),
    route: {
      ...(address !== undefined && { proxy: address }),
      secureContext: contextOf(authorities ?? [...everybodys, ...system]),
    },
  };
}

/** Making one takes long, and there are hardly ever more than two. */
const contexts = new Map<string, SecureContext>();
const CONTEXTS_KEPT = 8;

function contextOf(authorities: Certificates): SecureContext {
  const key = createHash("sha256").update(authorities.join()).digest("hex");
  const known = contexts.get(key);
  if (known) return known;
  if (contexts.size >= CONTEXTS_KEPT) contexts.clear();
  const context = createSecureContext({ ca: [...new Set(authorities)].map(toPem) });
  contexts.set(key, context);
  return context;
}
