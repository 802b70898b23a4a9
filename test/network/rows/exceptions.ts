import { OWN_ADDRESS } from "../namespace";
import { alone, type Group, type Row } from "../row";
import { certificateFor, PUBLIC } from "../scene";

const NAMES: readonly (readonly [box: string, host: string, works: boolean])[] = [
  ["`NO_PROXY=domain`", "api.one.test", true],
  ["`NO_PROXY=.domain`", "api.two.test", true],
  ["`NO_PROXY=domain`, and a host that only ends like it", "apithree.test", false],
];

type Fates = readonly [codex: boolean, opencode: boolean];

/** The proxy is dead, so that only an exception that counts lets a client through. */
const exception = (box: string, [codex, opencode]: Fates, value: (port: number) => string): Group =>
  alone({ box, codex, opencode, says: saysOf(codex, opencode) }, async (scene) => {
    const port = await scene.secure(certificateFor("localhost", PUBLIC));
    const env = { HTTPS_PROXY: await scene.closedProxy(), NO_PROXY: value(port) };
    return { endpoint: `https://localhost:${port}`, env: { ...(await scene.trust(PUBLIC)), ...env } };
  });

function saysOf(codex: boolean, opencode: boolean): string {
  if (codex && opencode) return "ok";
  return codex || opencode ? "network/proxy-mismatch" : "network/proxy-unreachable";
}

/** Host names with a domain need a file of hosts of their own. */
const DOMAINS: Group = {
  title: "`NO_PROXY` with domains",
  namespace: true,
  environment: async (scene) => {
    const hosts = NAMES.map(([, host]) => `${OWN_ADDRESS} ${host}\n`);
    await scene.cover("/etc/hosts", `127.0.0.1 localhost\n${hosts.join("")}`);
    const env = { HTTPS_PROXY: await scene.closedProxy(), NO_PROXY: "one.test,.two.test,three.test" };
    return { ...(await scene.trust(PUBLIC)), ...env };
  },
  rows: NAMES.map(([box, host, works]): Row => ({
    box,
    codex: works,
    opencode: works,
    says: saysOf(works, works),
    endpoint: async (scene) =>
      `https://${host}:${await scene.secure(certificateFor(host, PUBLIC), OWN_ADDRESS)}`,
  })),
};

export const EXCEPTIONS: readonly Group[] = [
  DOMAINS,
  exception("`NO_PROXY=host`", [true, true], () => "localhost"),
  exception("`NO_PROXY=HOST`, in capitals and after a blank", [true, true], () => "other.invalid, LOCALHOST"),
  exception("`NO_PROXY=*`", [true, true], () => "*"),
  exception("`NO_PROXY=host:port`", [false, true], (port) => `localhost:${port}`),
  exception(
    "`NO_PROXY` with a range, a scheme, a dot at the end, `;` or `*.`",
    [false, false],
    () => "127.0.0.0/8,127.0.0.1-127.0.0.9,https://localhost,localhost.,a.invalid;localhost,*.localhost",
  ),
];
