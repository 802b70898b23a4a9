import { unacceptingPort } from "../../unit/health/loopback";
import {
  dying,
  refused,
  silent,
  startTunnelProxy,
  type TunnelAnswer,
  tunnelTo,
  withLogin,
} from "../../gateway/boxes/tunnelProxy";
import { alone, type Group, type Row } from "../row";
import { certificateFor, PUBLIC, type Scene } from "../scene";

const PAGE = "<!DOCTYPE html><title>Proxy</title><p>Please read the rules of this network first.</p>";

/** Each answer has a host of its own, so that one proxy gives them all. */
const ANSWERS: readonly (readonly [box: string, answer: TunnelAnswer, says: string, more?: Partial<Row>])[] =
  [
    [
      "407, no credentials",
      refused("407 Proxy Authentication Required", 'proxy-authenticate: Basic realm="proxy"\r\n'),
      "network/proxy-auth",
    ],
    [
      "407, Negotiate only",
      refused("407 Proxy Authentication Required", "proxy-authenticate: Negotiate\r\n"),
      "network/proxy-auth",
    ],
    ["403", refused("403 Forbidden", "content-type: text/html\r\n", PAGE), "network/proxy-denied"],
    ["502", refused("502 Bad Gateway"), "network/proxy-unreachable"],
    [
      "503",
      refused("503 Service Unavailable", "content-type: text/html\r\n", PAGE),
      "network/proxy-unreachable",
    ],
    [
      "200 and a page instead of a tunnel",
      refused("200 OK", "content-type: text/html\r\n", PAGE),
      "network/tls-failed",
    ],
    ["silence", silent, "network/proxy-unreachable", { patienceMs: 5_000 }],
    ["200, and then the connection is cut", dying, "network/tls-failed"],
  ];

const hostOf = (index: number) => `answer-${index}.invalid`;
const GOOD = "gateway.invalid";

async function proxyFor(scene: Scene): Promise<string> {
  const port = await scene.secure(certificateFor(GOOD, PUBLIC));
  const byHost = new Map<string, TunnelAnswer>([
    [GOOD, tunnelTo(port)],
    ...ANSWERS.map(([, answer], index) => [hostOf(index), answer] as const),
  ]);
  const proxy = startTunnelProxy((client, request) => {
    const answer = byHost.get((request.url ?? "").split(":")[0] ?? "") ?? refused("404 Not Found");
    answer(client, request);
  });
  return `http://127.0.0.1:${(await scene.open(proxy)).port}`;
}

const failing = (box: string, says: string, more: Partial<Row> = {}) => ({
  box,
  codex: false,
  opencode: false,
  says,
  ...more,
});

/** A proxy that is set in the environment, at an address where none answers. */
const noProxy = (
  box: string,
  says: string,
  address: (scene: Scene) => Promise<string>,
  more?: Partial<Row>,
): Group =>
  alone(failing(box, says, more), async (scene) => ({
    endpoint: `https://${GOOD}`,
    env: { HTTPS_PROXY: await address(scene) },
  }));

export const TUNNELS: readonly Group[] = [
  {
    title: "What a proxy answers to CONNECT",
    environment: async (scene) => ({ ...(await scene.trust(PUBLIC)), HTTPS_PROXY: await proxyFor(scene) }),
    rows: [
      {
        box: "a tunnel",
        codex: true,
        opencode: true,
        says: "ok",
        endpoint: () => Promise.resolve(`https://${GOOD}`),
      },
      ...ANSWERS.map(([box, , says, more], index) => ({
        ...failing(box, says, more),
        endpoint: () => Promise.resolve(`https://${hostOf(index)}`),
      })),
    ],
  },
  alone(failing("407, wrong credentials", "network/proxy-auth"), async (scene) => {
    const { port } = await scene.open(startTunnelProxy(withLogin("user:right", silent)));
    return { endpoint: `https://${GOOD}`, env: { HTTPS_PROXY: `http://user:wrong@127.0.0.1:${port}` } };
  }),
  noProxy("the proxy's name is unknown", "network/proxy-unreachable", () =>
    Promise.resolve("http://proxy.invalid:3128"),
  ),
  noProxy("no proxy listens there", "network/proxy-unreachable", (scene) => scene.closedProxy()),
  noProxy(
    "the proxy does not accept",
    "network/proxy-unreachable",
    async (scene) => `http://127.0.0.1:${(await scene.open(unacceptingPort())).port}`,
    { patienceMs: 5_000 },
  ),
  noProxy("a value that is no address", "network/proxy-value", () => Promise.resolve("http://[")),
];
