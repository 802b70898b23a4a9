import { startSocks } from "../../gateway/boxes/socks";
import { startTunnelProxy, tunnelTo } from "../../gateway/boxes/tunnelProxy";
import { alone, type Group } from "../row";
import { certificateFor, PUBLIC, type Scene } from "../scene";

/** What the variables of a row may name. */
interface Proxies {
  /** Leads to the gateway. */
  readonly good: string;
  /** The same for who speaks SOCKS. */
  readonly socks: string;
  /** Nobody listens there. */
  readonly dead: string;
}

type Fates = readonly [codex: boolean, opencode: boolean];

const FAR = "gateway.invalid";

async function proxiesTo(scene: Scene, port: number): Promise<Proxies> {
  const good = await scene.open(startTunnelProxy(tunnelTo(port)));
  const socks = await scene.open(startSocks(port));
  return {
    good: `http://127.0.0.1:${good.port}`,
    socks: `socks5h://127.0.0.1:${socks.port}`,
    dead: await scene.closedProxy(),
  };
}

const variables = (
  box: string,
  [codex, opencode]: Fates,
  says: string,
  choose: (proxies: Proxies) => Readonly<Record<string, string>>,
  isDirectOpen = false,
): Group =>
  alone({ box, codex, opencode, says }, async (scene) => {
    const name = isDirectOpen ? "localhost" : FAR;
    const port = await scene.secure(certificateFor(name, PUBLIC));
    const env = { ...(await scene.trust(PUBLIC)), ...choose(await proxiesTo(scene, port)) };
    return { endpoint: isDirectOpen ? `https://${name}:${port}` : `https://${name}`, env };
  });

export const PROXY_VARIABLES: readonly Group[] = [
  variables("`HTTPS_PROXY=socks5h://…`", [false, false], "network/proxy-value", ({ socks }) => ({
    HTTPS_PROXY: socks,
  })),
  variables(
    "`ALL_PROXY=socks5h://…`, where the direct way is open",
    [false, true],
    "network/proxy-value",
    ({ socks }) => ({ ALL_PROXY: socks }),
    true,
  ),
  variables("`ALL_PROXY=socks5h://…` beside `HTTPS_PROXY=http://…`", [true, true], "ok", (proxies) => ({
    ALL_PROXY: proxies.socks,
    HTTPS_PROXY: proxies.good,
  })),
  variables("`ALL_PROXY=http://…`", [true, false], "network/proxy-mismatch", ({ good }) => ({
    ALL_PROXY: good,
  })),
  variables(
    "`HTTPS_PROXY` is right, `https_proxy` is not",
    [true, false],
    "network/proxy-mismatch",
    (proxies) => ({
      HTTPS_PROXY: proxies.good,
      https_proxy: proxies.dead,
    }),
  ),
  variables(
    "`https_proxy` is right, `HTTPS_PROXY` is not",
    [false, true],
    "network/proxy-mismatch",
    (proxies) => ({
      HTTPS_PROXY: proxies.dead,
      https_proxy: proxies.good,
    }),
  ),
];
