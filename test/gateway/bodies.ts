/** Bodies in the shapes of sub2api, new-api and OpenAI. */

export const SIMULATED_MODEL = "gpt-5.5";
export const SIMULATED_MODELS = [SIMULATED_MODEL, "gpt-5.4", "gpt-5.4-mini"] as const;
export const ANSWER_TEXT = "Hello from the TokenPool simulator";

/** 2026-01-01: a fixed time makes answers comparable. */
export const CREATED_SECONDS = 1_767_225_600;

export const WEBSITE_PAGE = `<!DOCTYPE html>
<html lang="en"><head><title>TokenPool</title></head>
<body><div id="app"></div><script type="module" src="/assets/index.js"></script></body></html>
`;

export const NGINX_ERROR_PAGE = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

/** What sub2api's authentication layer sends. */
export function flatErrorBody(code: string, message: string) {
  return { code, message };
}

/** What sub2api's request handlers send. */
export function typedErrorBody(type: string, message: string) {
  return { error: { type, message } };
}

/** OpenAI's own shape, used by most gateways. */
export function errorBody(message: string, type: string, code: string | null) {
  return { error: { message, type, param: null, code } };
}

/** new-api's shape, which carries the request id in the message. */
export function newApiErrorBody(message: string) {
  return errorBody(`${message} (request id: 20260101000000simulator)`, "new_api_error", "");
}

export function modelListBody() {
  return {
    object: "list",
    data: SIMULATED_MODELS.map((id) => ({
      id,
      object: "model",
      created: CREATED_SECONDS,
      owned_by: "openai",
      type: "model",
      display_name: id.toUpperCase(),
    })),
  };
}

/** sub2api's answer for a key without limits of its own, paid from the wallet. */
export function usageBody() {
  return {
    mode: "unrestricted",
    isValid: true,
    planName: "钱包余额",
    remaining: 12.5,
    balance: 12.5,
    unit: "USD",
    usage: { today: { requests: 3, actual_cost: 0.1 }, total: { requests: 40, actual_cost: 2.5 } },
  };
}

export function chatCompletionBody(model: string) {
  return {
    id: "chatcmpl-simulator",
    object: "chat.completion",
    created: CREATED_SECONDS,
    model,
    choices: [{ index: 0, message: { role: "assistant", content: ANSWER_TEXT }, finish_reason: "stop" }],
    usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
  };
}
