import assert from "node:assert/strict";
import { isDrift } from "../../../../../../src/doctor/problems/codex/use/drift";
import { problem } from "../../../../../../src/doctor/problem";
import { KNOWLEDGE, type ProblemCode } from "../../../../../../src/doctor/problems/knowledge";

it("what others made of our files is drift, and no other problem is", () => {
  const codes = Object.keys(KNOWLEDGE) as ProblemCode[];
  assert.deepEqual(codes.filter((code) => isDrift(problem(code))).sort(), [
    "ccswitch/manages-codex",
    "codex/chatgpt-login-wins",
    "codex/key-differs",
    "codex/model-migrated",
    "codex/other-tool-rewrites",
    "opencode/base-url-invalid",
    "opencode/key-differs",
    "opencode/other-tool-rewrites",
  ]);
});
