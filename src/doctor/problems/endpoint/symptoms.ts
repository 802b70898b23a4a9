import { INVALID_KEY } from "../../explain/sameAnswer";
import { symptom } from "../../explain/symptom";

/**
 * How sub2api, new-api and OpenAI begin their messages, for texts in which the HTTP status is lost: OpenCode
 * shows the message alone. With the status errorBodies.ts judges the whole answer.
 */
export const gatewaySymptoms = [
  { pattern: /^Incorrect API key provided\b|^Unauthorized: Invalid API key/, meaning: INVALID_KEY },
  { pattern: /^(?:Unauthorized: )?Invalid token \(request id/, meaning: INVALID_KEY },
  { pattern: /^无效的令牌|^令牌验证失败/, meaning: INVALID_KEY },
  symptom(/^未提供令牌/, ["codex/key-not-sent", "key/missing"], ["opencode/env-placeholder-unset"]),
  symptom(/^该令牌状态不可用|^用户已被封禁/, "account/key-disabled"),
  symptom(/^API key 已过期|^该令牌已过期/i, "account/key-expired"),
  symptom(/^Access denied\. Your IP is |^您的 ?IP 不在令牌允许访问的列表中/, "account/ip-not-allowed"),
  symptom(
    /^API Key is not assigned to any group|^无权访问 .{1,60} ?分组|^分组 .{1,60} 已被弃用/,
    "account/no-group",
  ),
  symptom(/\breason="SUBSCRIPTION_|^No active subscription\b/, "account/subscription-expired"),
  symptom(/\bonly allows Codex official clients|^This group is restricted to /, "account/client-not-allowed"),
  symptom(/\breason="(?:DAILY|WEEKLY|MONTHLY)_LIMIT_EXCEEDED"/, "account/no-quota"),
  symptom(
    /^API key (?:(?:5小时|日|7天)限额|额度)已用完|^该令牌额度已用尽|^用户额度不足|^预扣费额度失败/i,
    "account/no-quota",
  ),
  symptom(
    /^(?:402 Payment Required: )?Insufficient (?:account )?balance\b(?! for\b)|^(?:user|token) quota is not enough/,
    "account/no-quota",
  ),
  symptom(/^You exceeded your current quota\b/, "account/no-quota"),
  symptom(
    /^The model .{1,100} does not exist(?: or\b|$)|^The requested model .{1,100} does not exist|^Model ".{1,100}" is not supported by any configured account|\bNo available channel for model |分组 .{1,60}模型 .{1,100}无可用渠道|^该令牌无权访问(?:任何)?模型/,
    "account/model-unavailable",
    ["codex/model-migrated", "codex/project-config"],
  ),
  symptom(
    /^Concurrency limit exceeded for (?:user|account|api key)|^Too many pending requests, |^All available accounts are currently rate-limited|^Upstream rate limit exceeded|^您已达到总?请求数限制|^当前分组(?:上游)?负载已饱和/,
    "account/rate-limited",
  ),
  symptom(/^Invalid URL \([A-Z]{3,7} \/v1\/(?:v1|responses|chat)\//, "endpoint/too-much-path"),
  symptom(/^Invalid URL \([A-Z]{3,7} \//, "endpoint/missing-v1"),
  symptom(
    /^Service temporarily unavailable$|^Upstream (?:authentication failed|access forbidden|service temporarily unavailable)\b/,
    "gateway/unavailable",
  ),
];
