import type { accountKnowledge } from "../../../../../src/doctor/problems/account/words";
import type { HealthReport } from "../../../../../src/health/report";
import { healthReport, opencodeConfig, OPENCODE_FILES } from "../../machine";
import { CONFIG, codexWith, entryText, MODEL_ENTRY, OPENCODE } from "../files";
import type { MachineCase, ProblemCases } from "../problemCase";

const seen = (state: HealthReport["state"], code: string, httpStatus: number): MachineCase => ({
  title: "seen by the check of the endpoint",
  health: [healthReport({ state, code, httpStatus })],
});

export const accountProblems = {
  "account/key-invalid": [seen("unauthorized", "account/key-invalid", 401)],
  "account/key-disabled": [seen("unauthorized", "account/key-disabled", 401)],
  "account/key-expired": [seen("unauthorized", "account/key-expired", 403)],
  "account/ip-not-allowed": [seen("blocked", "account/ip-not-allowed", 403)],
  "account/no-group": [seen("blocked", "account/no-group", 403)],
  "account/subscription-expired": [seen("noQuota", "account/subscription-expired", 403)],
  "account/no-quota": [seen("noQuota", "account/no-quota", 402)],
  "account/rate-limited": [seen("rateLimited", "account/rate-limited", 429)],
  "account/client-not-allowed": [seen("blocked", "account/client-not-allowed", 403)],
  "account/too-many-bad-attempts": [seen("rateLimited", "account/too-many-bad-attempts", 429)],
  "account/model-unavailable": [
    {
      title: "a model in the settings that the gateway does not offer",
      health: [healthReport({ state: "degraded", code: "account/model-unavailable", httpStatus: 200 })],
    },
    {
      title: "Codex's review model",
      files: codexWith({ top: 'review_model = "gpt-9"' }),
      offeredModels: ["gpt-5.5"],
      marked: [CONFIG, '"gpt-9"'],
      fixed: { [CONFIG]: [['"gpt-9"', '"gpt-5.5"']] },
    },
    {
      title: "a model in Codex that no start screen wrote",
      files: codexWith({ model: 'model = "claude-9"' }),
      offeredModels: ["gpt-5.5"],
      marked: [CONFIG, '"claude-9"'],
      fixed: { [CONFIG]: [['"claude-9"', '"gpt-5.5"']] },
    },
    {
      title: "OpenCode's default model",
      files: {
        ...OPENCODE_FILES,
        [OPENCODE]: opencodeConfig({ model: "tokenpool/gpt-9" }).replace('"gpt-5.5":', '"gpt-9":'),
      },
      offeredModels: ["gpt-5.5"],
      marked: [OPENCODE, '"tokenpool/gpt-9"'],
      fixed: {
        [OPENCODE]: [
          ['"tokenpool/gpt-9"', '"tokenpool/gpt-5.5"'],
          [
            '"name": "GPT-5.5"\n        }',
            `"name": "GPT-5.5"\n        },\n        "gpt-5.5": ${entryText(MODEL_ENTRY)}`,
          ],
        ],
      },
    },
  ],
} satisfies Record<keyof typeof accountKnowledge, ProblemCases>;
