import { INVALID_KEY } from "../../explain/sameAnswer";
import { symptom } from "../../explain/symptom";
import { TOO_LARGE } from "../network/finerWords";

/** What OpenCode itself says; an answer of the gateway it repeats as `Error: <message>`. */
export const opencodeSymptoms = [
  symptom(/\bProviderModelNotFoundError\b|^Model not found: tokenpool\//, "opencode/model-not-found", [
    "opencode/provider-disabled",
  ]),
  symptom(
    /^\d{1,2} of \d{1,2} requests failed: .{0,500}(?:Unexpected server error|config\.get|ConfigInvalidError)|\bConfigInvalidError\b|^Could not reach Local Server/,
    "opencode/config-invalid",
    ["opencode/does-not-start"],
  ),
  symptom(/\bUnexpected server error\. Check server logs/, [
    "opencode/model-not-found",
    "opencode/provider-disabled",
  ]),
  symptom(/^UnknownError\b.{0,40}Unexpected server error/, [
    "opencode/model-not-found",
    "opencode/provider-disabled",
  ]),
  symptom(
    /\bbad file reference: "\{file:[^}]{0,500}\btokenpool[\\/]api-key\}/,
    "opencode/file-placeholder-missing",
  ),
  // No key is kept in one.
  symptom(/\bbad file reference: "\{file:[^}]{0,500}\.(?:md|mdx|json)\}/i, "client/missing-file"),
  symptom(/\bbad file reference: "\{file:/, ["opencode/file-placeholder-missing", "client/missing-file"]),
  symptom(
    /^Config file at .{1,500} is not valid JSON\(C\)|^(?:Config file at|Configuration is invalid at) .{0,500}opencode\.jsonc?\b/,
    "opencode/config-invalid",
    ["opencode/does-not-start"],
  ),
  symptom(
    /\/(?:chat\/completions|responses)"? cannot be parsed as a URL|^fetch\(\) URL is invalid/,
    "opencode/base-url-invalid",
  ),
  symptom(/^OpenAI API key is missing\. Pass it using/, "key/missing", ["opencode/auth-wrong-shape"]),
  symptom(
    /^Unauthorized: .{0,100}(?:missing API key|API key is required)/i,
    ["opencode/env-placeholder-unset", "key/missing"],
    ["opencode/auth-wrong-shape"],
  ),
  symptom(
    /^Provider not found: (?:opencode|openai|tokenpool)\b|^Failed to initialize provider: \S/,
    "opencode/provider-package-missing",
  ),
  // Too common within JSON to be the gateway's there.
  { pattern: /^(?:Unauthorized: )?Invalid token\.?$/, meaning: INVALID_KEY },
  symptom(
    /^Forbidden: request was blocked by a gateway or proxy/,
    ["network/blocked", "network/filtered"],
    ["network/captive-portal", "network/proxy-denied"],
  ),
  // A page with 401: it comes from a server in between, and OpenCode's advice to sign in again does not help.
  symptom(
    /^Unauthorized: request was blocked by a gateway or proxy/,
    ["network/filtered", "endpoint/html-response"],
    ["network/captive-portal", "network/blocked"],
  ),
  symptom(/^(?:451 )?Unavailable For Legal Reasons$/, ["network/filtered", "network/blocked"]),
  symptom(/^(?:Request Entity|Payload|Content) Too Large$/, "endpoint/request-refused", [], TOO_LARGE),
  symptom(
    /^(?:Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)$/i,
    "gateway/unavailable",
    ["network/proxy-unreachable"],
  ),
  symptom(/^(?:Cannot connect to API: )?Was there a typo in the url or port\?/, "network/dns", [
    "network/dns-blocked",
  ]),
  symptom(
    /^(?:Cannot connect to API: )?Unable to connect\. Is the computer able to access the url\?/,
    ["network/unreachable", "network/proxy-unreachable"],
    ["network/dns", "network/dns-blocked", "network/proxy-mismatch", "network/proxy-value"],
  ),
  symptom(
    /^(?:Cannot connect to API: )?The socket connection was closed unexpectedly/,
    ["network/tls-failed", "gateway/no-answer"],
    ["network/proxy-unreachable", "network/stream-cut"],
  ),
  symptom(/^Not Found$/, ["endpoint/missing-v1", "endpoint/html-response"]),
  symptom(
    /^(?:\S{1,40}: )?(?:(?:line )?\d{1,6}: )?(?:codex|opencode): (?:command )?not found$|^(?:zsh: )?command not found: (?:codex|opencode)$|^'(?:codex|opencode)' (?:is not recognized as |不是内部或外部命令|不是內部或外部命令|は、内部コマンドまたは|은\(는\) 내부 또는)|^(?:(?:codex|opencode) : )?(?:The term '(?:codex|opencode)' is not recognized|[无無]法[将將][“"'「](?:codex|opencode)|用語 '(?:codex|opencode)'|Die Benennung ["„](?:codex|opencode))|^(?:\S{1,40}: )?(?:codex|opencode): (?:未找到命令|找不到命令|コマンドが見つかりません|명령어를 찾을 수 없음|Befehl nicht gefunden|Kommando nicht gefunden)|^Der Befehl ["„](?:codex|opencode)["“] ist entweder falsch/,
    "client/not-installed",
  ),
  symptom(/\[retrying in \d{1,5}m?s attempt #\d{1,4}\]/, "opencode/silent-retries"),
];
