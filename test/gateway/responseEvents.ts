import { ANSWER_TEXT, CREATED_SECONDS, SIMULATED_MODEL } from "./bodies";

/** One server-sent event of the Responses API. */
export type ResponseEvent = Readonly<Record<string, unknown>> & { readonly type: string };

/** The members of a Responses API request that the simulator looks at. */
export interface ResponsesRequest {
  readonly model?: string;
  readonly stream?: boolean;
  readonly input?: unknown;
  readonly tools?: readonly { readonly name?: string }[];
}

const RESPONSE_ID = "resp_simulator";
const MESSAGE_ID = "msg_simulator";
const CALL_ID = "call_simulator";
export const TOOL_COMMAND = "echo simulator-tool-call";

const USAGE = {
  input_tokens: 11,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 18,
};

/** The response object as the events and the answer without streaming carry it. */
export function responseBody(request: ResponsesRequest, status: string, output: readonly object[]) {
  return {
    id: RESPONSE_ID,
    object: "response",
    created_at: CREATED_SECONDS,
    status,
    model: request.model ?? SIMULATED_MODEL,
    output,
    parallel_tool_calls: true,
    tools: [],
    error: null,
    incomplete_details: null,
    usage: status === "completed" ? USAGE : null,
  };
}

export function messageItem(text: string) {
  return {
    id: MESSAGE_ID,
    type: "message",
    status: "completed",
    role: "assistant",
    content: [{ type: "output_text", text, annotations: [] }],
  };
}

/** A whole answer in text. */
export function textEvents(request: ResponsesRequest): ResponseEvent[] {
  const item = messageItem(ANSWER_TEXT);
  const place = { item_id: MESSAGE_ID, output_index: 0, content_index: 0 };
  const empty = { type: "output_text", text: "", annotations: [] };
  return [
    ...startEvents(request),
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...item, status: "in_progress", content: [] },
    },
    { type: "response.content_part.added", ...place, part: empty },
    ...ANSWER_TEXT.split(/(?<= )/).map((delta) => ({ type: "response.output_text.delta", ...place, delta })),
    { type: "response.output_text.done", ...place, text: ANSWER_TEXT },
    { type: "response.content_part.done", ...place, part: item.content[0] },
    { type: "response.output_item.done", output_index: 0, item },
    { type: "response.completed", response: responseBody(request, "completed", [item]) },
  ];
}

/** Asks the client to run a command once; when its output comes back, answers in text. */
export function toolCallEvents(request: ResponsesRequest): ResponseEvent[] {
  const call = shellCall(request);
  if (!call || hasToolOutput(request)) return textEvents(request);
  const item = { id: "fc_simulator", type: "function_call", status: "completed", call_id: CALL_ID, ...call };
  return [
    ...startEvents(request),
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...item, status: "in_progress", arguments: "" },
    },
    {
      type: "response.function_call_arguments.delta",
      item_id: item.id,
      output_index: 0,
      delta: item.arguments,
    },
    {
      type: "response.function_call_arguments.done",
      item_id: item.id,
      output_index: 0,
      arguments: item.arguments,
    },
    { type: "response.output_item.done", output_index: 0, item },
    { type: "response.completed", response: responseBody(request, "completed", [item]) },
  ];
}

/** How sub2api reports an error after streaming began. */
export function failedEvents(request: ResponsesRequest): ResponseEvent[] {
  const error = { code: "server_error", message: "Upstream service temporarily unavailable" };
  return [
    ...startEvents(request),
    { type: "response.failed", response: { ...responseBody(request, "failed", []), error } },
  ];
}

export function errorEvents(request: ResponsesRequest): ResponseEvent[] {
  return [
    ...startEvents(request),
    { type: "error", code: "server_error", message: "Upstream service temporarily unavailable", param: null },
  ];
}

export function startEvents(request: ResponsesRequest): ResponseEvent[] {
  const response = responseBody(request, "in_progress", []);
  return [
    { type: "response.created", response },
    { type: "response.in_progress", response },
  ];
}

/** Codex calls its shell tool `exec_command`, OpenCode `bash`. */
function shellCall(request: ResponsesRequest): { name: string; arguments: string } | undefined {
  const offered = new Set(request.tools?.map((tool) => tool.name));
  if (offered.has("exec_command")) {
    return { name: "exec_command", arguments: JSON.stringify({ cmd: TOOL_COMMAND }) };
  }
  if (offered.has("bash")) {
    return {
      name: "bash",
      arguments: JSON.stringify({ command: TOOL_COMMAND, description: "Simulated call" }),
    };
  }
  return undefined;
}

function hasToolOutput(request: ResponsesRequest): boolean {
  return (
    Array.isArray(request.input) &&
    request.input.some((item: { type?: string }) => item.type === "function_call_output")
  );
}

/** The events on the wire, numbered as the Responses API numbers them. */
export function encodeEvents(events: readonly ResponseEvent[]): string[] {
  return events.map(
    (event, index) =>
      `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`,
  );
}
