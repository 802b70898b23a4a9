import type { ProblemCode } from "../../../../src/doctor/knowledge/knowledge";

const URL_SHOWN = ", url: https://api.clawto.link/responses";

/** What Codex, OpenCode and the gateway really print, by the entry that must come first. */
export const KNOWN_SYMPTOMS: Partial<Record<ProblemCode, readonly string[]>> = {
  "codex/key-not-sent": [
    "unexpected status 401 Unauthorized: Missing API key",
    "unexpected status 401 Unauthorized: … Missing API key",
    '{"code":"API_KEY_REQUIRED","message":"API key is required in Authorization header (Bearer scheme)"}',
    `ERROR: unexpected status 401 Unauthorized: {"code":"API_KEY_REQUIRED","message":"API key is required in Authorization header"}${URL_SHOWN}`,
    '■ unexpected status 401 Unauthorized: {"code":"API_KEY_REQUIRED","message":"API',
    '{"type":"error","message":"Reconnecting... 1/5 (unexpected status 401 Unauthorized: Missing API key)"}',
    "unexpected status 401 Unauthorized: 未提供令牌 (request id: 2026)",
  ],
  "codex/chatgpt-login-wins": [
    "Your access token could not be refreshed because you have since logged out or signed in to another account. Please sign in again.",
    "error sending request for url (https://auth.openai.com/oauth/token)",
    "2026-11-23T10:00:00.123456Z ERROR codex_models_manager::manager: failed to refresh available models: unexpected status 401 Unauthorized: no, url: https://api.clawto.link/models?client_version=0.169.0",
  ],
  "codex/auth-unreadable": [
    "Error checking login status: failed to deserialize CLI auth from file: trailing comma at line 1 column 24",
  ],
  "codex/auth-wrong-shape": ["Logged in using ChatGPT", "API key auth is missing a key."],
  "codex/key-empty": ["API key configured - ***"],
  "account/key-invalid": [
    "Incorrect API key provided.",
    "unexpected status 401 Unauthorized: Incorrect API key provided: sk-bad*****1234., url: http://127.0.0.1:4100/responses",
    `unexpected status 401 Unauthorized: {"code":"INVALID_API_KEY","message":"Invalid API key"}${URL_SHOWN}`,
    `unexpected status 401 Unauthorized: Incorrect API key provided: sk-ab***. You can find your API key at https://platform.openai.com/account/api-keys.${URL_SHOWN}`,
    "Error: Unauthorized: Invalid API key",
    "Error: Incorrect API key provided: sk-bad*****1234.",
    '{"code":"INVALID_API_KEY","message":"Invalid API key"}',
    "INVALID_API_KEY",
    "401 INVALID_API_KEY",
    "Invalid token",
    '{"error":{"message":"Invalid token (request id: 20260101)","type":"new_api_error","param":null,"code":""}}',
    '{"error":{"message":"无效的令牌 (request id: 20260101)","type":"new_api_error","param":null,"code":""}}',
    "Error: 无效的令牌 (request id: 20260101)",
  ],
  "codex/key-in-config": [
    "`model_providers.tokenpool.api_key` is ignored.",
    "  user (/home/me/.codex/config.toml): `model_providers.OpenAI.apiKey` is ignored.",
  ],
  "codex/env-key-missing": ["ERROR: Missing environment variable: `TOKENPOOL_API_KEY`."],
  "codex/environment-key-overrides": ["failed to decode agent identity JWT"],
  "codex/keyring-store": [
    "failed to load CLI auth from keyring: Platform secure storage failure: no secret service provider or dbus session found",
  ],
  "codex/forced-chatgpt-login": [
    "ChatGPT login is required, but an API key is currently being used. Logging out.",
  ],
  "codex/wire-api-chat": [
    'Error loading config.toml: `wire_api = "chat"` is no longer supported.',
    'Error loading config.toml: wire_api = "chat" is no longer supported. How to fix: set it, see https://github.com/openai/codex/discussions/7782',
  ],
  "codex/provider-not-found": ["Error: Model provider `tokenpol` not found"],
  "codex/reserved-provider-id": [
    "Error loading config.toml: model_providers contains reserved built-in provider IDs: `openai`. Built-in providers cannot be overridden.",
  ],
  "codex/requests-go-to-openai": [
    "Incorrect API key provided: sk-ab***. You can find your API key at https://platform.openai.com/account/api-keys., url: https://api.openai.com/v1/responses",
    "unexpected status 401 Unauthorized: Incorrect API key provided: sk-ab***. You can find your API key at https://platform.openai.com/account/api-keys.",
  ],
  "codex/setting-inside-table": [
    "  user (config.toml): `model_providers.tokenpool.model_provider` is ignored.",
  ],
  "codex/ignored-setting": [
    "`disable_response_storage` is ignored",
    "unknown configuration field `disable_response_storage`",
    "warning: Codex is ignoring 1 unrecognized configuration setting. Check for typos or deprecated settings.",
  ],
  "codex/legacy-profile": [
    'Error: legacy `profile = "work"` config is no longer supported; use `--profile work` with `work.config.toml` instead',
  ],
  "codex/duplicate-key": [
    "config.toml:13:18: duplicate key",
    "Error loading config.toml: /home/me/.codex/config.toml:13:18: duplicate key",
  ],
  "codex/config-invalid": [
    "string values must be quoted, expected literal string",
    "cannot extend value of type string with a dotted key",
    'invalid type: string "true", expected a boolean',
    "Error loading config.toml: invalid type: integer `5`, expected a string in `model`",
    "model_providers.tp: provider name must not be empty",
    "/home/me/.codex/config.toml:3:9: expected `=`",
  ],
  "codex/config-encoding": [
    "Error: Failed to read config file /home/me/.codex/config.toml: invalid utf-8 sequence of 1 bytes from index 0",
  ],
  "codex/project-config": [
    "warning: Ignored unsupported project-local config keys in /work/.codex/config.toml: openai_base_url, model_provider, model_providers.",
    "warning: Untrusted project-local configuration is disabled. Run `codex exec --trust`",
  ],
  "codex/dead-local-proxy": ["error sending request for url (http://127.0.0.1:15721/v1/responses)"],
  "codex/thread-pinned": [
    "This chat uses model provider “x”, which is no longer configured. Restore this provider’s configuration to continue.",
    "thread/resume failed: This chat uses model provider “OpenAI”, which is no longer configured.",
    "Cannot change this thread's model provider from `a` to `b` on resume.",
    "Model provider 'custom' not found",
  ],
  "codex/history-hidden": ["No sessions yet"],
  "codex/home-missing": ['Error: CODEX_HOME points to "/nowhere", but that path does not exist'],
  "codex/websocket-fallback": [
    "warning: Falling back from WebSockets to HTTPS transport. unexpected status 404 Not Found: no, url: wss://api.clawto.link/responses",
  ],
  "codex/remote-compaction": [
    "ERROR: Error running remote compact task: Fatal error: remote compaction v2 expected exactly one compaction output item, got 0 from 1 output items",
    "Error running remote compact task: … expected exactly one compaction output item",
  ],
  "codex/model-migrated": ["Meet GPT-6 Sol"],
  "codex/harmless-metadata-warning": [
    "warning: Model metadata for `gpt-nope` not found. Defaulting to fallback metadata; this can degrade performance.",
    "failed to refresh available models: stream error: failed to decode models response: missing field, url: https://api.clawto.link/models?client_version=0.169.0",
  ],
  "endpoint/website": ["stream disconnected before completion: stream closed before response.completed"],
  "endpoint/redirect": ["stream disconnected before completion: too many redirects"],
  "endpoint/html-response": [
    "unexpected status 405 Method Not Allowed: <html><head><title>405 Not Allowed</title>",
    "404 Not Found: <html>\\r\\n<center>nginx</center>",
  ],
  "endpoint/missing-v1": [
    "unexpected status 404 Not Found: Invalid URL (POST /responses), url: https://…/responses",
    "Error: Invalid URL (POST /chat/completions)",
    "Not Found",
  ],
  "endpoint/too-much-path": [
    "unexpected status 404 Not Found: 404 page not found, url: https://api.clawto.link/responses/responses",
    "unexpected status 404 Not Found: no, url: https://api.clawto.link/v1/chat/completions/responses",
    "Invalid URL (POST /v1/v1/responses)",
  ],
  "endpoint/malformed": [
    "stream disconnected before completion: builder error",
    "unexpected status 404 Not Found: no, url: https://api.clawto.link/v1%20/responses",
  ],
  "network/dns": [
    "Reconnecting... waiting for network",
    "error sending request for url (https://api.clawto.link/responses)",
    "Connection failed: error sending request",
    "Cannot connect to API: Was there a typo in the url or port?",
    "getaddrinfo ENOTFOUND api.clawto.link",
  ],
  "network/unreachable": [
    "Cannot connect to API: Unable to connect. Is the computer able to access the url?",
    "ECONNREFUSED",
  ],
  "network/untrusted-certificate": ["unable to verify the first certificate", "SELF_SIGNED_CERT_IN_CHAIN"],
  "network/stale-ca-file": ["custom CA env var points at an unreadable path"],
  "network/certificate-invalid": ["ERR_TLS_CERT_ALTNAME_INVALID", "CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"],
  "network/blocked": [
    "403 Forbidden: <!DOCTYPE html><title>Just a moment...</title>, cf-ray: 8a1b",
    "unexpected status 403 Forbidden: <!DOCTYPE html><html lang=en><title>Just a moment",
    "Forbidden: request was blocked by a gateway or proxy.",
  ],
  "network/stream-cut": ["stream disconnected before completion: idle timeout waiting for SSE"],
  "account/no-quota": [
    "Quota exceeded. Check your plan and billing details.",
    "402 Payment Required: Insufficient balance",
    "unexpected status 402 Payment Required: Insufficient balance. Please top up., url: https://api.tokenpool.dev/responses",
    "403 Forbidden: user quota is not enough",
    "Error: Forbidden: Insufficient account balance",
    `unexpected status 403 Forbidden: {"code":"INSUFFICIENT_BALANCE","message":"Insufficient account balance"}${URL_SHOWN}, request id: 1`,
    "Error: You exceeded your current quota, please check your plan and billing details.",
    '{"error":{"message":"API key 额度已用完","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}',
    '{"error":{"message":"用户额度不足, 剩余额度: ＄0.00 (request id: 1)","type":"new_api_error","code":"insufficient_user_quota"}}',
    "该令牌额度已用尽",
    "预扣费额度失败, 用户剩余额度: ＄0.01, 需要预扣费额度: ＄0.02",
    "429 USAGE_LIMIT_EXCEEDED",
    'error: code=429 reason="DAILY_LIMIT_EXCEEDED" message="daily usage limit exceeded" metadata=map[]',
  ],
  "account/rate-limited": [
    "exceeded retry limit, last status: 429 Too Many Requests",
    "Error: Concurrency limit exceeded for user, please retry later",
    "您已达到请求数限制：1分钟内最多请求60次",
    "当前分组上游负载已饱和，请稍后再试",
  ],
  "account/model-unavailable": [
    "The model `gpt-x` does not exist or you do not have access to it.",
    "The requested model 'gpt-x' does not exist.",
    "503 … No available channel for model gpt-x under group default (distributor)",
    "当前分组 default 下对于模型 gpt-x 无可用渠道",
    '{"error":{"type":"model_not_found","message":"Model \\"gpt-x\\" is not supported by any configured account in this group"}}',
    "该令牌无权访问模型 gpt-x",
  ],
  "account/key-disabled": [
    '{"code":"API_KEY_DISABLED","message":"API key is disabled"}',
    "401 USER_INACTIVE",
    '{"error":{"message":"该令牌状态不可用 (request id: 1)","type":"new_api_error"}}',
  ],
  "account/key-expired": ['{"code":"API_KEY_EXPIRED","message":"API key 已过期"}', "该令牌已过期"],
  "account/ip-not-allowed": [
    `unexpected status 403 Forbidden: {"code":"ACCESS_DENIED","message":"Access denied. Your IP is 203.0.113.5"}${URL_SHOWN}`,
    '{"code":"ACCESS_DENIED","message":"Access denied. Your IP is 203.0.113.5"}',
    "您的 IP 不在令牌允许访问的列表中",
    "403 ACCESS_DENIED",
  ],
  "account/no-group": [
    '{"type":"error","error":{"type":"permission_error","message":"API Key is not assigned to any group and cannot be used."}}',
    '{"code":"GROUP_DISABLED","message":"API Key 所属分组已停用"}',
    "403 GROUP_NOT_ALLOWED",
    "无权访问 vip 分组",
  ],
  "account/subscription-expired": [
    'error: code=403 reason="SUBSCRIPTION_EXPIRED" message="subscription has expired" metadata=map[]',
    '{"code":"SUBSCRIPTION_NOT_FOUND","message":"No active subscription found for this group"}',
  ],
  "account/client-not-allowed": [
    "Error: Forbidden: This account only allows Codex official clients",
    '{"error":{"type":"forbidden_error","message":"This account only allows Codex official clients"}}',
  ],
  "account/too-many-bad-attempts": [
    '{"code":"INVALID_AUTH_RATE_LIMITED","message":"Too many invalid API key attempts"}',
    `unexpected status 429 Too Many Requests: {"code":"INVALID_AUTH_RATE_LIMITED","message":"wait"}${URL_SHOWN}`,
  ],
  "gateway/unavailable": [
    "We’re currently experiencing high demand, which may cause temporary errors.",
    "unexpected status 502 Bad Gateway",
    "unexpected status 503 Service Unavailable: Service temporarily unavailable",
    "unexpected status 502 Bad Gateway: <html>",
  ],
  "opencode/model-not-found": [
    "ProviderModelNotFoundError: Model not found: tokenpool/gpt-x. Did you mean: gpt-5.5?",
    '{"name":"UnknownError","data":{"message":"Unexpected server error. Check server logs for details."}}',
    "UnknownError … Unexpected server error",
  ],
  "opencode/env-placeholder-unset": ["Error: Unauthorized: API key is required in Authorization header"],
  "opencode/file-placeholder-missing": [
    'Error: Configuration is invalid at /home/me/.config/opencode/opencode.json: bad file reference: "{file:~/.missing}" /home/me/.missing does not exist',
  ],
  "opencode/base-url-invalid": [
    '"undefined/chat/completions" cannot be parsed as a URL.',
    '"host/v1/chat/completions" cannot be parsed as a URL.',
    "Error: fetch() URL is invalid",
  ],
  "opencode/config-invalid": [
    "Error: Config file at /home/me/.config/opencode/opencode.json is not valid JSON(C): CloseBraceExpected at line 1, column 9",
    "Config file at … is not valid JSON(C): … CloseBraceExpected at line 1",
  ],
  "opencode/provider-package-missing": [
    "Provider not found: opencode",
    "Error: Failed to initialize provider: tokenpool",
  ],
  "opencode/silent-retries": ["Too many requests, please slow down [retrying in 2s attempt #3]"],
  "key/missing": [
    "Error: OpenAI API key is missing. Pass it using the 'apiKey' parameter or the OPENAI_API_KEY environment variable.",
  ],
  "client/not-installed": [
    "bash: codex: command not found",
    "zsh: command not found: opencode",
    "'codex' is not recognized as an internal or external command,",
  ],
};

/** Entries whose cause shows itself nowhere in a text: in files, in the environment, or by silence. */
export const WITHOUT_WORDS: readonly ProblemCode[] = [
  "key/malformed",
  "codex/app-login-page",
  "codex/bearer-token-overrides",
  "codex/env-key-stale",
  "codex/key-differs",
  "codex/other-tool-rewrites",
  "codex/restart-needed",
  "codex/wrong-home",
  "ccswitch/manages-codex",
  "endpoint/insecure",
  "endpoint/unexpected-response",
  "network/captive-portal",
  "network/offline",
  "network/proxy-mismatch",
  "network/slow",
  "opencode/auth-wrong-shape",
  "opencode/documented-openai-override",
  "opencode/hangs",
  "opencode/key-differs",
  "opencode/openai-key-fallback",
  "opencode/project-overrides",
  "opencode/provider-disabled",
  "opencode/stale-api-key",
  "opencode/two-global-files",
  "secrets/file-not-ignored",
  "secrets/key-committed",
  "secrets/key-in-changes",
];
