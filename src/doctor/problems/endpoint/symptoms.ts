import { INVALID_KEY, KEY_NOT_USED } from "../../explain/sameAnswer";
import * as l10n from "@vscode/l10n";
import { symptom, type Words } from "../../explain/symptom";

/** The code is that of every refused request; these words tell which fault it is. */
export const TOO_LONG: Words = {
  cause: () => l10n.t("The conversation is longer than the model can take in. Address and key are right."),
  fix: () => l10n.t("Start a new conversation, or shorten this one with /compact."),
};

/**
 * How sub2api, new-api and OpenAI begin their messages, for texts in which the HTTP status is lost: OpenCode
 * shows the message alone. With the status errorBodies.ts judges the whole answer, and these are asked where
 * it knows no more than the status. Chinese as in mainland China and in Taiwan.
 */
export const gatewaySymptoms = [
  symptom(
    /\bexceeds? the (?:model's )?(?:maximum )?context (?:window|length|limit)|\b(?:maximum|max) context length (?:is|of) \d|\bcontext_length_exceeded\b|^(?:the )?prompt is too long: \d|^input is too long for requested model|^input (?:token count|length) .{0,60}exceeds|(?:超[过過出]|大于|大於).{0,30}(?:上下文|context)|上下文(?:[长長]度|窗口|視窗).{0,30}(?:超|[过過][长長])/i,
    "endpoint/request-refused",
    [],
    TOO_LONG,
  ),
  symptom(
    /\bv1\/chat\/completions\b.{0,100}\b(?:[Uu]se|only supported in|[Ss]witch to) \/?v1\/responses\b|\bonly supported in \/?v1\/responses\b|^Unsupported legacy protocol|^This group does not allow \/v1\//,
    "client/wrong-protocol",
  ),
  symptom(
    /^(?:(?:unexpected status )?401 Unauthorized: .{0,300})?(?:missing API key|API_KEY_REQUIRED|API key is required|(?:missing|no) (?:bearer|authorization|authentication)\b|(?:you )?didn't provide an API key|no API key (?:was )?provided|authorization header (?:is )?(?:missing|required|not found)|token not provided|未提供(?:令牌| ?Authorization|.{0,4}API))/i,
    ["codex/key-not-sent", "key/missing"],
    [...KEY_NOT_USED, "opencode/env-placeholder-unset"],
  ),
  // new-api masks the addresses in what its supplier says: the operator's key and money, not the user's.
  symptom(
    /^(?:Incorrect API key provided|You exceeded your current quota)\b.{0,300}https?:\/\/\*\*\*/,
    "gateway/unavailable",
  ),
  { pattern: /^Incorrect API key provided\b|^Unauthorized: Invalid API key/, meaning: INVALID_KEY },
  { pattern: /^(?:Unauthorized: )?Invalid token \(request id/, meaning: INVALID_KEY },
  {
    pattern:
      /^[无無]效的令牌|^令牌[验驗][证證]失[败敗]|^APIキーが無効|^(?:잘못된|유효하지 않은) API ?키|^Ungültiger API-Schlüssel/,
    meaning: INVALID_KEY,
  },
  symptom(
    /^该令牌状态不可用|^該令牌狀態不可用|^This token status is unavailable|^(?:该|該)?(?:用户|使用者)已被(?:封禁|禁用)|^User has been banned|^This user has been disabled|^API key is disabled\b|^User account is not active/,
    "account/key-disabled",
  ),
  symptom(
    /^API key (?:已[过過]期|has expired|is expired)|^[该該]令牌已[过過]期|^This token has expired/i,
    "account/key-expired",
  ),
  symptom(/^Access denied\. Your IP is |^您的 ?IP 不在令牌允[许許]/, "account/ip-not-allowed"),
  symptom(
    /^API Key is not assigned to any group|^API Key 所[属屬](?:专属|專屬)?分[组組]|^[无無][权權](?:访问|訪問|存取)(?:.{1,60} ?|该|該)分[组組]|^分[组組] .{1,60} 已被[弃棄]用|^No permission to access this group/i,
    "account/no-group",
  ),
  symptom(
    /\breason="SUBSCRIPTION_|^No active subscription\b|^subscription has (?:expired|ended|been suspended)|^(?:您的)?[订訂][阅閱](?:套餐)?已?(?:[过過]期|到期|[暂暫]停)/i,
    "account/subscription-expired",
  ),
  symptom(/\bonly allows Codex official clients|^This group is restricted to /, "account/client-not-allowed"),
  symptom(
    /\breason="(?:DAILY|WEEKLY|MONTHLY)_LIMIT_EXCEEDED"|^(?:daily|weekly|monthly) usage (?:limit exceeded|quota exhausted)/i,
    "account/no-quota",
  ),
  symptom(
    /^API key ?(?:\d{0,3} ?(?:小[时時]|[天日周週月]))?(?:限[额額]|[额額]度|配[额額])已(?:用完|[用耗][尽盡])|^(?:\[.{1,80}\] )?[该該]令牌[额額]度已用[尽盡]|^(?:用户|使用者)[余额餘額度]{2}不足|^(?:您的)?(?:[账帳][户戶号號])?[余餘][额額]不足(?:$|[,，。!！ ])|^[额額]度不足(?:$|[,，。!！ ])|^配[额額]已[用耗](?:完|[尽盡])|^用[户戶][额額]度不足|^(?:预|預)扣[费費][额額]度失[败敗]|^This token quota is exhausted|^(?:クレジット|クォータ|残高)が不足|^残高不足|^(?:잔액|크레딧|할당량)(?:이|가) (?:부족|초과)|^(?:Guthaben|Kontingent) (?:ist )?(?:aufgebraucht|erschöpft|reicht nicht)/i,
    "account/no-quota",
  ),
  symptom(
    /^[Ii]nsufficient (?:account )?balance\b(?! for\b)|^(?:user|token) quota is not enough/,
    "account/no-quota",
  ),
  symptom(/^You exceeded your current quota\b/, "account/no-quota"),
  symptom(
    /^The model .{1,100} does not exist(?: or\b|$)|^The requested model .{1,100} does not exist|^Model ".{1,100}" is not supported by any configured account|\bNo available channel for model |^Failed to get available channels? for model |分[组組] .{1,60}模型 .{1,100}[无無]可用[渠管通]道|^[该該]令牌[无無][权權](?:访问|訪問|存取|使用)(?:任何)?模型|^This token has no access to (?:any )?model|^模型 .{1,100} (?:的价格|倍率或价格)/,
    "account/model-unavailable",
    ["codex/model-migrated", "codex/project-config"],
  ),
  symptom(
    /^Concurrency limit exceeded for (?:user|account|api key)|^Too many pending requests, |^(?:group|user) requests-per-minute limit exceeded|^All available accounts are currently rate-limited|^Upstream rate limit exceeded|^Rate limit reached for .{1,100}https?:\/\/\*\*\*|^您已[达達]到[总總]?[请請]求[数數]限制|^You have reached the (?:total )?request limit: maximum|^[当當]前分[组組](?:上游)?[负負][载載]已[饱飽]和|^Current group upstream load is saturated/,
    "account/rate-limited",
  ),
  symptom(/^Too many invalid (?:authentication|API key) attempts/, "account/too-many-bad-attempts"),
  symptom(
    /^Invalid URL \([A-Z]{3,7} \/v1\/(?:v1\/|(?:responses|chat\/completions)\/responses)/,
    "endpoint/too-much-path",
  ),
  symptom(/^Invalid URL \([A-Z]{3,7} \/(?!v1\b|api\/)/, "endpoint/missing-v1"),
  symptom(
    /^Service temporarily unavailable(?:$|, please retry later| \(|[,)])|^Upstream (?:authentication failed|access forbidden|request failed|service (?:is )?temporarily (?:unavailable|overloaded))\b|^upstream error: do request failed|^stream_read_error\b|^No available (?:OpenAI )?accounts\b|^Failed to validate API key$|^system (?:cpu|memory|disk) overloaded \(current|^An error occurred while processing your request\. You can retry|^The server had an error while processing your request|^Our servers are currently overloaded|^(?:Database error, please contact the administrator|record not found) \(request id|^error code: 5(?:2\d|30)\b|^上游.{0,20}(?:失[败敗]|[错錯][误誤]|不可用)|^[无無]有效上游|^No valid upstream channel/,
    "gateway/unavailable",
  ),
  symptom(
    /^Unsupported (?:parameter|value): '|^Unknown parameter: '|^(?:\{"error":\{.{0,300})?"code":"unsupported_(?:parameter|value)"/,
    "endpoint/request-refused",
  ),
];
