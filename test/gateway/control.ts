import type { ServerResponse } from "node:http";
import { GATEWAY_MODES, GATEWAY_SCOPES, type GatewayMode, type GatewayScope } from "./modes";
import { sendJson } from "./send";

export const MODE_PATH = "/__simulator/mode";

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

function readJson(body: string): { mode?: unknown; scope?: unknown } {
  try {
    return (JSON.parse(body) ?? {}) as { mode?: unknown; scope?: unknown };
  } catch {
    return {};
  }
}
