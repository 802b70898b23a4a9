import type { ClientEnvironment } from "../client";
import type { ClientId } from "../clientId";
import type { Variables } from "../machine/joinVariables";
import { userPath } from "../machine/userPath";
import { certificatesIn, type Certificates, type UsualCertificates } from "./certificates";
import type { CertificateFile, ClientNetwork, ClientProxy, ClientTrust } from "./clientNetwork";

type Machine = Pick<ClientEnvironment, "fs" | "homeDirectory" | "platform" | "variables">;

/** A client with the variables that it sees. */
export interface Traveller {
  readonly id: ClientId;
  readonly network: ClientNetwork;
  readonly variables: Variables;
}

/** A way to an address that one or several clients take. */
export interface ClientWay {
  readonly clients: readonly ClientId[];
  readonly proxy?: ClientProxy;
  /** All the authorities that count; absent: the usual ones, those of everybody and of the system. */
  readonly authorities?: Certificates;
  /** Variables that bring authorities beside the usual ones. */
  readonly trustVariables: readonly string[];
  /** Of `clients` those that cannot use a name which answers with an error for IPv6. */
  readonly strictResolvers: readonly ClientId[];
}

/**
 * The ways of the clients to an address, equal ones once, in the order of the clients.
 */
export async function clientWays(
  environment: Machine,
  url: URL,
  travellers: readonly Traveller[],
  usual: UsualCertificates,
): Promise<ClientWay[]> {
  const ways = new Map<string, ClientWay>();
  for (const { id, network, variables } of travellers) {
    const proxy = network.proxyFor(url, variables);
    const trust = await authoritiesOf(environment, network.trust(variables, environment.platform), usual);
    const isStrict = network.isStrictResolver(environment.platform);
    const key = JSON.stringify([proxy && (proxy.address ?? ""), trust.authorities]);
    const same = ways.get(key);
    ways.set(key, {
      ...(proxy && { proxy }),
      ...trust,
      ...same,
      clients: [...(same?.clients ?? []), id],
      strictResolvers: [...(same?.strictResolvers ?? []), ...(isStrict ? [id] : [])],
    });
  }
  return [...ways.values()];
}

async function authoritiesOf(
  environment: Machine,
  { instead, added, folders = [], foldersHideSystem = false }: ClientTrust,
  { everybodys, system }: UsualCertificates,
): Promise<Pick<ClientWay, "authorities" | "trustVariables">> {
  const usual = new Set([...everybodys, ...system]);
  const [replacing] = instead ? [await read(environment, instead)] : [];
  const inFolders = await authoritiesIn(environment, folders);
  // Where they stand for the system's, they mostly are the system's.
  const files = foldersHideSystem ? added : [...added, ...inFolders];
  const more = await Promise.all(files.map((file) => read(environment, file)));
  const given = new Set(replacing?.certificates);
  // A variable may name the system's own file.
  const isReplaced = given.size > 0 && (system.length === 0 || !system.every((each) => given.has(each)));
  const isHidden = foldersHideSystem && inFolders.length === 0;
  const base = isReplaced ? given : isHidden ? new Set(everybodys) : usual;
  const all = new Set([...base, ...given, ...more.flatMap(({ certificates }) => certificates)]);
  const isUsual = all.size === usual.size && [...all].every((each) => usual.has(each));
  const bringing = [...(replacing ? [replacing] : []), ...more];
  return {
    ...(!isUsual && { authorities: [...all].sort() }),
    trustVariables: [
      ...new Set(
        bringing
          .filter(({ certificates }) => certificates.some((each) => !usual.has(each)))
          .map(({ variable }) => variable),
      ),
    ],
  };
}

async function read(environment: Machine, { variable, path }: CertificateFile) {
  return { variable, certificates: await certificatesIn(environment, userPath(environment, path)) };
}

/** OpenSSL finds an authority by a file whose name is its hash. */
async function authoritiesIn(environment: Machine, folders: readonly string[]): Promise<CertificateFile[]> {
  const found = folders.map(async (named) => {
    const folder = userPath(environment, named);
    const names = await environment.fs.readdir(folder).catch(() => []);
    const hashed = names.filter((name) => /^[0-9a-f]{8}\.\d+$/.test(name));
    return hashed.map((name) => ({ variable: "SSL_CERT_DIR", path: `${folder}/${name}` }));
  });
  return (await Promise.all(found)).flat();
}
