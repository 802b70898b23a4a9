import type { ServerResponse } from "node:http";
import type { CannedAnswer } from "./modes";

export function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, { status, body });
}

export function send(response: ServerResponse, { status, headers, body }: CannedAnswer): void {
  const type = typeof body === "string" ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
