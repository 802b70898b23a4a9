import { alone, type Group } from "../row";
import { certificateFor, PUBLIC } from "../scene";

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

export const EXCEPTIONS: readonly Group[] = [
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
