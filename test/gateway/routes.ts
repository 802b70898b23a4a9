import type { IncomingMessage, ServerResponse } from "node:http";
import { flatErrorBody, modelListBody, usageBody, WEBSITE_PAGE } from "./bodies";
import { cannedAnswer, type GatewayMode, type GatewayScope } from "./modes";
import { serveChat, serveResponses } from "./responses";
import type { ResponsesRequest } from "./responseEvents";
import { send, sendJson } from "./send";

interface Route {
  readonly scope: Exclude<GatewayScope, "all">;
  readonly serve: (body: string, mode: GatewayMode, response: ServerResponse) => void;
}

const models: Route = {
  scope: "models",
  serve: (_body, _mode, response) => sendJson(response, 200, modelListBody()),
};
const usage: Route = {
  scope: "usage",
  serve: (_body, _mode, response) => sendJson(response, 200, usageBody()),
};
const responses: Route = {
  scope: "responses",
  serve: (body, mode, response) =>
    withJson(body, response, (request) => serveResponses(request, mode, response)),
};
const chat: Route = {
  scope: "chat",
  serve: (body, mode, response) => withJson(body, response, (request) => serveChat(request, mode, response)),
};

/** As sub2api: models and responses also without `/v1`, chat and usage only with it. */
const ROUTES: Readonly<Record<string, Route>> = {
  "GET /models": models,
  "GET /v1/models": models,
  "GET /v1/usage": usage,
  "POST /responses": responses,
  "POST /v1/responses": responses,
  "POST /v1/chat/completions": chat,
};

/** Answers one request that was read to its end. */
export function serveRequest(
  request: IncomingMessage,
  path: string,
  body: string,
  key: string,
  modeOf: (scope: GatewayScope) => GatewayMode,
  response: ServerResponse,
): void {
  const name = `${request.method ?? ""} ${path}`;
  if (name === "GET /health") {
    sendJson(response, 200, { status: "ok" });
    return;
  }
  const route = ROUTES[name];
  if (!route) {
    serveUnknownPath(path, response);
    return;
  }
  const mode = modeOf(route.scope);
  if (mode === "hang-headers") return;
  const answer = cannedAnswer(mode) ?? refuseKey(request.headers.authorization, key);
  if (answer) send(response, answer);
  else route.serve(body, mode, response);
}

/** sub2api's web server takes every path outside the API for a page of its website. */
function serveUnknownPath(path: string, response: ServerResponse): void {
  if (path.startsWith("/v1/")) send(response, { status: 404, body: "404 page not found" });
  else
    send(response, {
      status: 200,
      headers: { "content-type": "text/html; charset=utf-8" },
      body: WEBSITE_PAGE,
    });
}

function refuseKey(authorization: string | undefined, key: string) {
  if (authorization === `Bearer ${key}`) return undefined;
  const sent = /^Bearer\s+\S/i.test(authorization ?? "");
  return {
    status: 401,
    body: sent
      ? flatErrorBody("INVALID_API_KEY", "Invalid API key")
      : flatErrorBody("API_KEY_REQUIRED", "API key is required in Authorization header (Bearer scheme)"),
  };
}

function withJson(body: string, response: ServerResponse, serve: (request: ResponsesRequest) => void): void {
  let request: ResponsesRequest;
  try {
    request = JSON.parse(body) as ResponsesRequest;
  } catch {
    sendJson(response, 400, {
      error: { type: "invalid_request_error", message: "Failed to parse request body" },
    });
    return;
  }
  serve(request);
}
