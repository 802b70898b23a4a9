import * as net from "node:net";

const ANSWER_LIMIT_MS = 1_000;

/** True unless a connection to this machine is refused: a program that answers slowly is there all the same. */
export function isListening(hostname: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = net.connect({ host, port, timeout: ANSWER_LIMIT_MS });
    const answer = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => answer(true));
    socket.once("timeout", () => answer(true));
    socket.once("error", (error) => answer(!("code" in error) || error.code !== "ECONNREFUSED"));
  });
}
