import { startTunnelProxy, tunnelTo, withLogin } from "../../gateway/boxes/tunnelProxy";
import { alone, type Group } from "../row";
import { certificateFor, PUBLIC } from "../scene";

/** How `HTTPS_PROXY` is written, and who gets through a proxy that wants the login. */
interface Spelling {
  readonly box: string;
  readonly codex: boolean;
  readonly opencode: boolean;
  readonly login?: string;
  /** Where it is another code than that of a value nobody reads. */
  readonly says?: string;
  readonly value: (address: string) => string;
}

const FAR = "gateway.invalid";

/** The gateway is to be had through the proxy only. */
const SPELLINGS: readonly Spelling[] = [
  {
    box: "`http://user:password@host:port`",
    codex: true,
    opencode: true,
    login: "user:pw",
    value: (address) => `http://user:pw@${address}`,
  },
  { box: "`host:port`", codex: true, opencode: true, value: (address) => address },
  {
    box: "`user:password@host:port`",
    codex: true,
    opencode: false,
    login: "user:pw",
    value: (address) => `user:pw@${address}`,
  },
  { box: "`HTTP://` in capitals", codex: true, opencode: false, value: (address) => `HTTP://${address}` },
  {
    box: "`@` as it is in the password",
    codex: false,
    opencode: false,
    login: "user:p@w",
    says: "network/proxy-auth",
    value: (address) => `http://user:p@w@${address}`,
  },
  {
    box: "`%` as it is in the password",
    codex: true,
    opencode: false,
    login: "user:p%w",
    says: "network/proxy-auth",
    value: (address) => `http://user:p%w@${address}`,
  },
];

/** Codex passes over a value that it cannot read, and does without a proxy where that is possible. */
const PASSED_OVER: readonly (readonly [box: string, value: (address: string) => string])[] = [
  ["a blank at the end, where the direct way is open", (address) => `http://${address} `],
  ["quotes around the value, where the direct way is open", (address) => `"http://${address}"`],
];

const far = ({ box, codex, opencode, login, value, says = "network/proxy-value" }: Spelling): Group =>
  alone({ box, codex, opencode, says: codex && opencode ? "ok" : says }, async (scene) => {
    const through = tunnelTo(await scene.secure(certificateFor(FAR, PUBLIC)));
    const answer = login === undefined ? through : withLogin(login, through);
    const { port } = await scene.open(startTunnelProxy(answer));
    const env = { ...(await scene.trust(PUBLIC)), HTTPS_PROXY: value(`127.0.0.1:${port}`) };
    return { endpoint: `https://${FAR}`, env };
  });

const near = ([box, value]: (typeof PASSED_OVER)[number]): Group =>
  alone({ box, codex: true, opencode: false, says: "network/proxy-value" }, async (scene) => {
    const port = await scene.secure(certificateFor("localhost", PUBLIC));
    const proxy = await scene.open(startTunnelProxy(tunnelTo(port)));
    const env = { ...(await scene.trust(PUBLIC)), HTTPS_PROXY: value(`127.0.0.1:${proxy.port}`) };
    return { endpoint: `https://localhost:${port}`, env };
  });

export const PROXY_VALUES: readonly Group[] = [...SPELLINGS.map(far), ...PASSED_OVER.map(near)];
