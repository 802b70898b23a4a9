import type { ServerResponse } from "node:http";
import { GATEWAY_MODES, GATEWAY_SCOPES, type GatewayMode, type GatewayScope } from "./modes";
import type { Gateway } from "./gateway";
import type { LoggedRequest } from "./requestLog";
import { sendJson } from "./send";

export const MODE_PATH = "/__simulator/mode";
export const RECORDED_PATH = "/__simulator/recorded";

/** `POST /__simulator/mode` with `{"mode": "429", "scope": "models"}`; the scope may be left out. */
export function serveModeChange(
  body: string,
  setMode: (mode: GatewayMode, scope: GatewayScope) => void,
  response: ServerResponse,
): void {
  const { mode, scope } = readJson(body);
  const knownMode = GATEWAY_MODES.find((known) => known === mode);
  const knownScope = GATEWAY_SCOPES.find((known) => known === (scope ?? "all"));
  if (!knownMode || !knownScope) {
    sendJson(response, 400, { modes: GATEWAY_MODES, scopes: GATEWAY_SCOPES });
    return;
  }
  setMode(knownMode, knownScope);
  sendJson(response, 200, { mode: knownMode, scope: knownScope });
}

/**
 * `POST /__simulator/recorded` with `{"gateway": "sub2api", "state": "balance-0"}` replays that state; with an empty
 * body it tells what has been asked since.
 */
export function serveReplay(
  body: string,
  replay: Gateway["replay"],
  requests: readonly LoggedRequest[],
  response: ServerResponse,
): void {
  if (body === "") {
    sendJson(response, 200, requests);
    return;
  }
  const { gateway, state, mapsResponses } = readJson(body);
  if ((gateway !== "sub2api" && gateway !== "new-api") || typeof state !== "string") {
    sendJson(response, 400, {});
    return;
  }
  replay(gateway, state, { mapsResponses: mapsResponses !== false });
  sendJson(response, 200, { gateway, state });
}

function readJson(body: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
