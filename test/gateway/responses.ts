import type { ServerResponse } from "node:http";
import { ANSWER_TEXT, chatCompletionBody, CREATED_SECONDS, SIMULATED_MODEL } from "./bodies";
import type { GatewayMode } from "./modes";
import {
  encodeEvents,
  errorEvents,
  failedEvents,
  messageItem,
  responseBody,
  type ResponseEvent,
  type ResponsesRequest,
  textEvents,
  toolCallEvents,
} from "./responseEvents";
import { sendJson } from "./send";

/** Serves one model request of the Responses API. */
export function serveResponses(request: ResponsesRequest, mode: GatewayMode, response: ServerResponse): void {
  if (request.stream !== true) {
    sendJson(response, 200, responseBody(request, "completed", [messageItem(ANSWER_TEXT)]));
    return;
  }
  serveStream(encodeEvents(eventsFor(request, mode)), mode, response);
}

/** Serves one model request of the older chat API. */
export function serveChat(request: ResponsesRequest, mode: GatewayMode, response: ServerResponse): void {
  const model = request.model ?? SIMULATED_MODEL;
  if (request.stream !== true) {
    sendJson(response, 200, chatCompletionBody(model));
    return;
  }
  serveStream(chatChunks(model), mode, response);
}

function eventsFor(request: ResponsesRequest, mode: GatewayMode): ResponseEvent[] {
  switch (mode) {
    case "tool-call":
      return toolCallEvents(request);
    case "sse-failed":
      return failedEvents(request);
    case "sse-error":
      return errorEvents(request);
    default:
      return textEvents(request);
  }
}

function serveStream(frames: readonly string[], mode: GatewayMode, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  const firstHalf = frames.slice(0, Math.ceil(frames.length / 2)).join("");
  if (mode === "hang-stream") {
    response.write(firstHalf);
    return;
  }
  if (mode === "cut-stream") {
    response.write(firstHalf, () => response.socket?.destroy());
    return;
  }
  response.end(frames.join(""));
}

function chatChunks(model: string): string[] {
  const chunk = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({
      id: "chatcmpl-simulator",
      object: "chat.completion.chunk",
      created: CREATED_SECONDS,
      model,
      choices: [{ index: 0, delta, finish_reason }],
    })}\n\n`;
  return [chunk({ role: "assistant", content: ANSWER_TEXT }, null), chunk({}, "stop"), "data: [DONE]\n\n"];
}
