import assert from "node:assert/strict";
import { meaningsOf, rankCodes } from "../../../../src/doctor/explain/explain";
import type { ProblemCode } from "../../../../src/doctor/problems/knowledge";

const ENDPOINT = "https://api.clawto.link";
const EMPTY_WALLET = '{"code":"INSUFFICIENT_BALANCE","message":"Insufficient account balance"}';

function codesFor(text: string, found: readonly string[] = [], chosen = ENDPOINT): ProblemCode[] {
  return rankCodes(meaningsOf(text, chosen), new Set(found));
}

/** One sentence of Codex, by what stands behind it. */
const REASONS: Readonly<Record<string, ProblemCode>> = {
  "Insufficient account balance": "account/no-quota",
  "insufficient balance": "account/no-quota",
  "用户额度不足, 剩余额度: ＄0.00 (request id: 1)": "account/no-quota",
  "No active subscription found for this group": "account/subscription-expired",
  "Concurrency limit exceeded for user, please retry later": "account/rate-limited",
  "Upstream request failed": "gateway/unavailable",
  "An error occurred while processing your request. You can retry it": "gateway/unavailable",
  "Our servers are currently overloaded. Please try again later.": "gateway/unavailable",
  "UTF8 error: invalid utf-8 sequence of 1 bytes from index 0": "network/stream-cut",
  "No connection could be made because the target machine refused it. (os error 10061)":
    "network/unreachable",
  "由于目标计算机积极拒绝，无法连接。 (os error 10061)": "network/unreachable",
  "Es konnte keine Verbindung hergestellt werden. (os error 10061)": "network/unreachable",
  "Connection refused (os error 111)": "network/unreachable",
  "tls handshake eof": "network/tls-failed",
  "invalid peer certificate: UnknownIssuer": "network/untrusted-certificate",
  "invalid peer certificate: Expired": "network/certificate-expired",
  "invalid peer certificate: certificate not valid yet: verification time 1 (UNIX)":
    "network/certificate-expired",
  'invalid peer certificate: certificate not valid for name "x"': "network/certificate-wrong-host",
  "failed to lookup address information: Name or service not known": "network/dns",
  "Connection reset by peer (os error 104)": "network/stream-cut",
  "An existing connection was closed. (os error 10054)": "network/stream-cut",
  "error decoding response body": "network/stream-cut",
  "websocket closed by server before response.completed": "codex/websocket-fallback",
  "builder error": "endpoint/malformed",
  "too many redirects": "endpoint/redirect",
  "stream closed before response.completed": "endpoint/website",
  "something nobody knows": "network/stream-cut",
};

/** A message, and what people, logs, terminals and other programs make of it. */
const SPELLINGS: Readonly<Record<string, readonly [ProblemCode, ...string[]]>> = {
  "words in front": [
    "codex/home-missing",
    'Error finding codex home: CODEX_HOME points to "~/.codex", but that path does not exist',
    'Codex could not start. CODEX_HOME points to "/nowhere", but that path does not exist',
    'Error: failed to initialize\n\nCaused by:\n    CODEX_HOME points to "/nowhere", but',
    'Error: x\n\nCaused by:\n    0: reading\n    1: CODEX_HOME points to "/nowhere"',
  ],
  "a file that Codex rejects, as CLI, IDE and App say it": [
    "codex/config-invalid",
    "Error loading configuration: /home/me/.codex/config.toml:3:9: expected `=`",
    "failed to load configuration: /Users/me/.codex/config.toml:228:1: invalid type: map, expected a sequence",
    "failed to reload config: C:\\Users\\me\\.codex\\config.toml:150:77:\nmissing escaped value",
    "创建聊天时出错failed to load configuration: invalid transport in `mcp_servers.codex_app`",
    "无法加载 config.toml。请修复 config.toml:invalid transport in `mcp_servers.codex_app`。",
  ],
  "a file that OpenCode rejects": [
    "opencode/config-invalid",
    "[STDERR] Error: Configuration is invalid at C:\\Users\\me\\.config\\opencode\\opencode.json",
    "Error: 4 of 6 requests failed: Unexpected server error. Check server logs for details.",
    "Error: ConfigInvalidError",
  ],
  "marks, times, boxes, colours, wraps, cuts, quotes around an empty wallet": [
    "account/no-quota",
    `2026-11-28 12:00:00.123 [error] [codex] unexpected status 403 Forbidden: ${EMPTY_WALLET}, url: ${ENDPOINT}/responses`,
    `[12:00:00] ERROR codex_core::turn: unexpected status 403 Forbidden: ${EMPTY_WALLET}`,
    `Nov 28 12:00:00 host codex[12]: unexpected status 403 Forbidden: ${EMPTY_WALLET}`,
    "│ Error: Forbidden: Insufficient account balance            │",
    "╭──────╮\n│ ■ Forbidden: Insufficient account balance │\n╰──────╯",
    `\u001b[1;31m■ unexpected status 403 Forbidden: {"code":"INSUFFICIENT_\u001b[0m\nBALANCE","message":"Insuff`,
    "■ unexpected status 403 Forbidden:\n  Insufficient account\n  balance, url: https://api.clawto.link/responses",
    '■ unexpected status 403 Forbidden: {"code":"INSUFFICIENT_BALANCE","mess',
    `the request failed with ${EMPTY_WALLET} again and again`,
    "ERROR: {“code”:“INSUFFICIENT_BALANCE”,“message”:“Insufficient account balance”}",
    `${EMPTY_WALLET}data: {"type":"response.failed","response":{}}`,
    `{"type":"item.completed"}\n{"type":"turn.failed","error":{"message":"stream disconnected before completion: insufficient balance"}}`,
    "Falling back from WebSockets to HTTPS transport. unexpected status 403 Forbidden: " + EMPTY_WALLET,
    "Error: 余额不足",
    "Error: 您的账户余额不足，请充值",
    "Error: 額度不足，請儲值",
    "Error: 配額已用完",
    "Error: Payment Required: insufficient credits",
    'unexpected status 403 Forbidden: {"error":"INSUFFICIENT_BALANCE"}',
    "unexpected status 403 Forbidden: 残高が不足しています",
    "unexpected status 403 Forbidden: 잔액이 부족합니다",
    "unexpected status 403 Forbidden: Guthaben aufgebraucht",
  ],
  "traditional Chinese": ["account/key-expired", "Error: 該令牌已過期 (request id: 1)", "该令牌已过期"],
  "a key that is off": [
    "account/key-disabled",
    "Error: Unauthorized: 令牌已被禁用",
    "unexpected status 403 Forbidden: Your account has been suspended",
  ],
  "the end of a subscription": [
    "account/subscription-expired",
    "Error: 您的订阅已过期",
    "unexpected status 402 Payment Required: Your plan has expired",
  ],
  "an event of a stream": [
    "account/rate-limited",
    'event: error\ndata: {"type":"error","error":{"type":"rate_limit_error","message":"Concurrency limit exceeded for user"}}',
  ],
  "a refused key, tried again in vain": [
    "account/key-invalid",
    "ERROR: exceeded retry limit, last status: 401 Unauthorized, request id: x",
  ],
  "a model in the words of one-api": ["account/model-unavailable", "Error: 该令牌无权使用模型：gpt-x"],
  "a group in traditional Chinese": ["account/no-group", "Error: 無權存取該分組"],
  "a model in traditional Chinese": ["account/model-unavailable", "Error: 分組 a 下模型 gpt-x 無可用管道"],
  "statuses without a name": [
    "gateway/unavailable",
    ...[520, 521, 522, 523, 524, 525, 526, 527, 529, 530].map(
      (status) =>
        `ERROR: unexpected status ${status} <unknown status code>: error code: ${status}, url: ${ENDPOINT}/responses`,
    ),
    "■ unexpected status 524 <unkn",
    "unexpected status 529: overloaded",
    `unexpected status 503, url: ${ENDPOINT}/responses`,
    "ERROR: exceeded retry limit, last status: 524 <unknown status code>",
  ],
  "a request without a key": [
    "codex/key-not-sent",
    `ERROR: unexpected status 401 Unauthorized: Missing bearer or basic authentication in header, url: ${ENDPOINT}/responses`,
    "unexpected status 401 Unauthorized: You didn’t provide an API key.",
    "unexpected status 401 Unauthorized: 未提供 Authorization 请求头",
    "Error: Token not provided (request id: 1)",
  ],
  "a limit of the account behind the gateway": [
    "account/no-quota",
    "ERROR: You’ve hit your usage limit. To get more access now, send a request to your admin.",
    "■ You've hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro), visit\nhttps://chatgpt.com/codex",
    "Your workspace is out of credits. Add credits to continue.",
  ],
  "a model of a ChatGPT account": [
    "account/model-unavailable",
    `ERROR: {"detail":"The 'gpt-x' model is not supported when using Codex with a ChatGPT account."}`,
  ],
  "a conversation of another account": [
    "codex/thread-pinned",
    "The encrypted content gAAA could not be verified. Reason: it could not be decrypted or parsed.",
  ],
  "the supplier's refusal, its addresses masked": [
    "gateway/unavailable",
    "Error: Incorrect API key provided: sk-proj-****abcd. You can find your API key at https://***.com/***",
    "Error: You exceeded your current quota. For more information read https://***.com/***",
  ],
};

describe("pasted texts", () => {
  describe("“stream disconnected before completion” is judged by its reason", () => {
    for (const [reason, code] of Object.entries(REASONS)) {
      it(`${reason} → ${code}`, () => {
        for (const start of ["ERROR: stream", "  └ Stream", "⚠ Reconnecting... 3/5 (stream"])
          assert.equal(codesFor(`${start} disconnected before completion: ${reason}`)[0], code, start);
      });
    }
  });

  for (const [title, [code, ...texts]] of Object.entries(SPELLINGS)) {
    it(`${title} → ${code}`, () => {
      for (const text of texts) assert.equal(codesFor(text)[0], code, text);
    });
  }

  it("with two errors name both, the special one first", () => {
    const text = `ERROR: exceeded retry limit, last status: 429 Too Many Requests\nError: Model provider \`a\` not found`;
    assert.deepEqual(codesFor(text), ["codex/provider-not-found", "account/rate-limited"]);
  });

  it("look at usage first where Codex lost the words", () => {
    const text = "ERROR: exceeded retry limit, last status: 429 Too Many Requests";
    assert.equal(codesFor(text)[0], "account/rate-limited");
    assert.equal(codesFor(text, ["account/no-quota"])[0], "account/no-quota");
  });

  it("name a harmless warning last, whatever stands beside it", () => {
    const warning =
      "warning: Codex is ignoring 1 unrecognized configuration setting.\n  user (/home/me/.codex/config.toml): `disable_response_storage` is ignored.";
    for (const error of [
      "ERROR: unexpected status 502 Bad Gateway",
      "stream disconnected before completion: x",
    ]) {
      const codes = codesFor(`${warning}\n${error}`);
      assert.ok(codes.length > 1, error);
      assert.equal(codes.at(-1), "codex/ignored-setting", error);
    }
  });

  it("blame the program on this machine that answered, unless it is the chosen gateway", () => {
    const text = `unexpected status 403 Forbidden: ${EMPTY_WALLET}, url: http://127.0.0.1:15721/v1/responses`;
    assert.equal(codesFor(text)[0], "ccswitch/manages-codex");
    assert.equal(codesFor(text.replace("15721", "8080"))[0], "codex/other-tool-rewrites");
    assert.equal(codesFor(text, [], "http://127.0.0.1:15721")[0], "account/no-quota");
  });

  it("of another provider stay without an answer, its address on the next line included", () => {
    for (const text of [
      "error sending request for url\n(https://llm.corp.local/v1/responses)",
      `unexpected status 403 Forbidden: ${EMPTY_WALLET},\n  url: https://llm.corp.local/v1/responses`,
    ])
      assert.deepEqual(codesFor(text), [], text);
  });
});
