import { TOO_LONG } from "../../endpoint/symptoms";
import { INVALID_KEY } from "../../../explain/sameAnswer";
import { symptom } from "../../../explain/symptom";

/** What Codex itself says when it starts, signs in or reads its files. The first that fits counts. */
export const codexSymptoms = [
  symptom(
    // Codex looks for a ChatGPT account's other services too, below /ps/ and /wham/: those tell nothing.
    /\burl:? \(?(?:https|wss):\/\/(?:api\.openai\.com|chatgpt\.com\/backend-api\/codex)\//,
    ["codex/requests-go-to-openai", "codex/thread-pinned"],
    ["codex/chatgpt-login-wins"],
  ),
  symptom(
    /^(?:unexpected status 401 Unauthorized: )?Incorrect API key provided: .{0,300}https:\/\/platform\.openai\.com\/account\/api-keys(?!.{0,20}, url: )/,
    ["codex/requests-go-to-openai", "account/key-invalid"],
  ),
  symptom(/^Your access token could not be refreshed/, "codex/chatgpt-login-wins", [
    "codex/auth-wrong-shape",
  ]),
  symptom(/https:\/\/auth\.openai\.com\/oauth\/token/, "codex/chatgpt-login-wins"),
  symptom(
    /^failed to refresh available models: unexpected status 401 .{0,1000}\/models\?client_version=/,
    "codex/chatgpt-login-wins",
  ),
  symptom(/^ChatGPT login is required, but an API key/, "codex/forced-chatgpt-login"),
  symptom(/failed to deserialize CLI auth from file/, "codex/auth-unreadable", ["codex/auth-duplicate-key"]),
  symptom(/^API key auth is missing a key/, "codex/auth-wrong-shape"),
  symptom(/^Logged in using ChatGPT$/, "codex/auth-wrong-shape", ["codex/chatgpt-login-wins"]),
  symptom(/^API key configured - \*\*\*$/, "codex/key-empty", ["key/malformed"]),
  symptom(/failed to load CLI auth from keyring|^Platform secure storage failure/, "codex/keyring-store"),
  symptom(/^failed to decode agent identity JWT/, "codex/environment-key-overrides"),
  symptom(/^Missing environment variable: /, "codex/env-key-missing"),
  symptom(
    /\bmodel_providers\.\S{1,100}\.(?:model_provider|model|review_model)`? is ignored/,
    "codex/setting-inside-table",
  ),
  symptom(/\b(?:api_key|apiKey|OPENAI_API_KEY|token)`? is ignored/, "codex/key-in-config"),
  symptom(/\bwire_api = "chat"`? is no longer supported/, "codex/wire-api-chat"),
  symptom(/\bmodel_providers contains reserved built-in provider IDs/, "codex/reserved-provider-id"),
  symptom(/^legacy `?profile = /, "codex/legacy-profile"),
  symptom(/(?<!\.cargo[\\/])config\.toml:\d{1,7}:\d{1,7}: duplicate key/, "codex/duplicate-key"),
  symptom(
    /^(?:Error loading config\.toml: )?Failed to read config file .{0,500}invalid utf-8 sequence/,
    "codex/config-encoding",
  ),
  symptom(/^Model provider `.{1,100}` not found/, "codex/provider-not-found"),
  symptom(/^Model provider '.{1,100}' not found/, "codex/thread-pinned", ["codex/provider-not-found"]),
  symptom(
    /^(?:thread\/resume failed: )?This chat uses model provider |^Cannot change this thread['’]s model provider from /,
    "codex/thread-pinned",
  ),
  symptom(
    /^Ignored unsupported project-local config keys|^Untrusted project-local configuration is disabled/,
    "codex/project-config",
  ),
  symptom(/^CODEX_HOME points to /, "codex/home-missing"),
  // The system says the rest in its own language; of a catalogue Codex names not even the file.
  symptom(
    /(?:^Error loading configuration: |\bInvalid configuration; using defaults\. |^failed to read (?:model instructions|experimental compact prompt) file .{1,1000}: )[^:]{1,200}\(os error [23]\)/,
    "client/missing-file",
  ),
  symptom(
    /\bencrypted content\b.{0,200}\bcould not be (?:verified|decrypted|parsed)|"invalid_encrypted_content"/i,
    "codex/thread-pinned",
  ),
  symptom(
    /^Error running remote compact task|remote compaction v2 expected exactly one/,
    "codex/remote-compaction",
  ),
  symptom(/\bran out of room in the model's context window/, "endpoint/request-refused", [], TOO_LONG),
  symptom(/^Meet GPT-\d/, "codex/model-migrated"),
  symptom(/^No sessions yet$/, "codex/history-hidden"),
  symptom(
    /^string values must be quoted, expected literal string|^cannot extend value of type string with a dotted key|^invalid type: [a-z]{1,20} .{1,100}, expected a (?:boolean|string|sequence|map)|\bprovider name must not be empty|^Error loading config\.toml: |^failed to read (?:model instructions|experimental compact prompt) file |[\\/]\.codex[\\/](?:[\w-]{1,60}\.)?config\.toml:\d{1,7}:\d{1,7}:(?: |$)|^invalid transport in `?mcp_servers\.|^failed to (?:re)?load config(?:uration)?: .{0,300}(?:[\\/]\.codex[\\/]|mcp_servers\.|AbsolutePathBuf)|^AbsolutePathBuf deserialized without/,
    "codex/config-invalid",
    ["codex/does-not-start", "codex/setting-inside-table", "codex/duplicate-key"],
  ),
  symptom(
    /\burl: \S{1,500}\/(?:(?:responses|chat\/completions)\/responses|v1\/v1\/responses)\b/,
    "endpoint/too-much-path",
  ),
  symptom(/\/v1%20\/responses\b/, "endpoint/malformed"),
  symptom(/^exceeded retry limit, last status: 429/, "account/rate-limited", ["account/no-quota"]),
  { pattern: /^exceeded retry limit, last status: 401/, meaning: INVALID_KEY },
  symptom(/^exceeded retry limit, last status: 5/, "gateway/unavailable"),
  symptom(/^Quota exceeded\. Check your plan/, "account/no-quota"),
  symptom(
    /^You've (?:hit|reached) your usage limit|^Your workspace (?:is out of credits|has reached its .{0,40}limit)|^To use Codex with your ChatGPT plan, upgrade/,
    ["account/no-quota", "account/rate-limited"],
    ["codex/chatgpt-login-wins", "codex/requests-go-to-openai"],
  ),
  symptom(/\bmodel is not supported when using Codex with a ChatGPT account/, "account/model-unavailable", [
    "codex/chatgpt-login-wins",
    "codex/requests-go-to-openai",
  ]),
  symptom(
    /^We're currently experiencing high demand|^Selected model is at capacity|^Our servers are currently overloaded/,
    "gateway/unavailable",
  ),
];

/** Lines that say little, and go along with the one that says why. */
export const vagueSymptoms = [
  symptom(
    /^stream disconnected before completion/i,
    ["network/stream-cut", "gateway/unavailable"],
    ["endpoint/website", "endpoint/malformed", "endpoint/redirect", "codex/dead-local-proxy"],
  ),
  symptom(
    /^Falling back from WebSockets to HTTPS transport|failed to connect to Responses WebSocket/,
    "codex/websocket-fallback",
  ),
];

/** Lines without consequence, which stand beside the error that matters. */
export const harmlessSymptoms = [
  symptom(
    /^Model metadata for .{1,100} not found|^failed to refresh available models/,
    "codex/harmless-metadata-warning",
  ),
  symptom(
    /^Codex is ignoring \d{1,3} unrecognized configuration|\bdisable_response_storage`? is ignored|unknown configuration field `?disable_response_storage/,
    "codex/ignored-setting",
  ),
];
