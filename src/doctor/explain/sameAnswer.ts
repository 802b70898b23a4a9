import type { ProblemCode } from "../problems/knowledge";
import type { Meaning } from "./symptom";

/** A key that the gateway refuses can come from many places. */
export const INVALID_KEY: Meaning = {
  codes: ["account/key-invalid", "key/malformed"],
  ifFound: [
    "codex/chatgpt-login-wins",
    "codex/environment-key-overrides",
    "codex/bearer-token-overrides",
    "codex/env-key-stale",
    "codex/key-differs",
    "opencode/stale-api-key",
    "opencode/key-differs",
  ],
};

/** A request without a key: where Codex has one, but does not use it. */
export const KEY_NOT_USED: readonly ProblemCode[] = [
  "codex/auth-unreadable",
  "codex/auth-duplicate-key",
  "codex/auth-wrong-shape",
  "codex/key-empty",
  "codex/keyring-store",
  "key/malformed",
];

/** The gateway's answer is the same for several causes on this machine. */
const SAME_ANSWER: Partial<Record<ProblemCode, Meaning>> = {
  "account/key-invalid": INVALID_KEY,
  "key/missing": {
    codes: ["codex/key-not-sent", "key/missing"],
    ifFound: KEY_NOT_USED,
  },
  "network/blocked": {
    codes: ["network/blocked"],
    ifFound: ["network/filtered", "network/captive-portal", "network/proxy-denied"],
  },
  "account/model-unavailable": {
    codes: ["account/model-unavailable"],
    ifFound: ["codex/model-migrated", "codex/project-config"],
  },
};

/** What an answer of the gateway can mean that has been judged to be `code`. */
export function meaningOf(code: ProblemCode): Meaning {
  return SAME_ANSWER[code] ?? { codes: [code] };
}
