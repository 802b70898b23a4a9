import assert from "node:assert/strict";
import { KNOWLEDGE } from "../../src/doctor/problems/knowledge";
import { Command } from "../../src/ids";

/** The codes of a refusal that stand in no knowledge base (design.md section 3). */
const REFUSAL_CODES = [
  "key/missing",
  ...[
    "invalid-syntax",
    "conflict",
    "encoding",
    "not-a-file",
    "hard-linked",
    "too-large",
    "no-permission",
  ].map((name) => `change/${name}`),
  ...["changed-meanwhile", "write-failed", "check-failed", "path-not-possible"].map(
    (name) => `change/${name}`,
  ),
];

type Check = (value: unknown) => void;

const text: Check = (value) => assert.equal(typeof value, "string");
const whole: Check = (value) => assert.ok(Number.isInteger(value) && Number(value) >= 0, String(value));
const flag: Check = (value) => assert.equal(typeof value, "boolean");
const none: Check = (value) => assert.ok(value === undefined || value === null, String(value));
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    assert.ok(values.includes(String(value)), `${String(value)} is none of ${values.join(", ")}`);
const listOf =
  (check: Check): Check =>
  (value) => {
    assert.ok(Array.isArray(value));
    value.forEach(check);
  };
const anything: Check = () => undefined;

/** Members with a question mark may be absent; there are no others. */
function object(members: Readonly<Record<string, Check>>): Check {
  return (value) => {
    assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), String(value));
    const known = Object.keys(members).map((name) => name.replace("?", ""));
    assert.deepEqual(
      Object.keys(value).filter((name) => !known.includes(name)),
      [],
      "members beyond the contract",
    );
    for (const [name, check] of Object.entries(members)) {
      const member: unknown = Reflect.get(value, name.replace("?", ""));
      if (member !== undefined || !name.endsWith("?")) check(member);
    }
  };
}

const place = { "path?": text, "line?": whole, "column?": whole };
const client = oneOf("codex", "opencode");
const finding = object({
  code: (value) => assert.ok(Object.hasOwn(KNOWLEDGE, String(value)), String(value)),
  severity: oneOf("error", "warning", "information"),
  message: text,
  "path?": text,
  "range?": object({ line: whole, column: whole, endLine: whole, endColumn: whole }),
  fixable: flag,
});
const change: Check = (value) => {
  object({
    "client?": client,
    outcome: oneOf("applied", "unchanged", "refused"),
    files: listOf(
      object({ path: text, change: oneOf("created", "updated", "unchanged", "deleted"), "backup?": text }),
    ),
    "refusal?": object({
      code: (code) =>
        assert.ok(
          REFUSAL_CODES.includes(String(code)) || Object.hasOwn(KNOWLEDGE, String(code)),
          String(code),
        ),
      message: text,
      ...place,
      // For a report to us, where the error may be ours.
      "report?": text,
    }),
    findings: listOf(finding),
  })(value);
  const { outcome, refusal } = value as { outcome: string; refusal?: object };
  assert.equal(refusal !== undefined, outcome === "refused", "a refusal says why, nothing else does");
};
const health = object({
  state: text,
  "code?": text,
  endpoint: text,
  "httpStatus?": whole,
  "retryAfterMs?": whole,
  checkedAt: text,
  via: oneOf("direct", "proxy", "editor"),
  "failing?": listOf(client),
  phases: anything,
});

/** What each command answers by the public contract (design.md section 3) when it asks nobody: never "cancelled". */
export const ANSWERS: Readonly<Record<Command, Check>> = {
  [Command.setUp]: none,
  [Command.setApiKey]: flag,
  [Command.selectApiKey]: none,
  [Command.removeApiKey]: none,
  [Command.configureCodex]: change,
  [Command.configureOpenCode]: change,
  [Command.addToCcSwitch]: object({ outcome: oneOf("unchanged", "refused") }),
  [Command.openCodex]: none,
  [Command.openOpenCode]: none,
  [Command.selectEndpoint]: flag,
  [Command.selectModel]: anything,
  [Command.troubleshoot]: none,
  [Command.diagnose]: object({
    version: text,
    generatedAt: text,
    host: object({ vscode: text, platform: text, "remote?": text, node: text }),
    settings: anything,
    health: listOf(health),
    clients: listOf(
      object({
        client: text,
        installed: flag,
        "version?": text,
        usesTokenPool: flag,
        files: listOf(text),
        overriddenBy: listOf(text),
      }),
    ),
    findings: listOf(finding),
  }),
  [Command.applyFix]: change,
  [Command.fixAll]: change,
  [Command.copyReport]: text,
  [Command.explainError]: listOf(object({ code: text, title: text, cause: text, fix: text, fixable: flag })),
  [Command.sendTestRequest]: object({
    outcome: oneOf("ok", "failed", "refused"),
    "code?": text,
    "httpStatus?": whole,
    "firstTokenMs?": whole,
    "totalMs?": whole,
    "inputTokens?": whole,
    "outputTokens?": whole,
  }),
  [Command.checkHealth]: health,
  [Command.removeConfiguration]: change,
  [Command.restoreConfiguration]: change,
  [Command.getStarted]: none,
  [Command.openConsole]: anything,
  [Command.showLog]: none,
  [Command.showActions]: none,
  [Command.applyPreview]: none,
  [Command.cancelPreview]: none,
  [Command.changePreview]: none,
  [Command.unstageKey]: none,
  [Command.replaceApiKey]: none,
};
