import type { codexUseKnowledge } from "../../../../../../src/doctor/problems/codex/use/words";
import { CONFIG, codexWith } from "../../files";
import type { ProblemCases } from "../../problemCase";

export const codexUseProblems = {
  "codex/app-login-page": [
    {
      title: "nothing but the App shows it",
      text: "The Codex App shows a login page instead of my conversation",
    },
  ],
  "codex/restart-needed": [{ title: "asked for", text: "I changed config.toml and nothing happens" }],
  "codex/thread-pinned": [
    {
      title: "a conversation whose provider is gone",
      text: "thread/resume failed: This chat uses model provider “tokenpool”, which is no longer configured. Restore this provider’s configuration to continue. (code -32600)",
    },
  ],
  "codex/history-hidden": [
    { title: "the list of sessions after a switch of the provider", text: "No sessions yet" },
  ],
  "codex/remote-compaction": [
    {
      title: "a long conversation",
      text: "ERROR: Error running remote compact task: Fatal error: remote compaction v2 expected exactly one compaction output item, got 0 from 1 output items",
      fixable: true,
    },
  ],
  "codex/model-migrated": [
    {
      title: "a model from Codex's start screen",
      files: codexWith({ model: 'model = "gpt-6-sol"' }),
      offeredModels: ["gpt-5.5"],
      marked: [CONFIG, '"gpt-6-sol"'],
      fixed: {
        [CONFIG]: [
          ['"gpt-6-sol"', '"gpt-5.5"'],
          [
            "requires_openai_auth = true\n",
            'requires_openai_auth = true\n\n[notice.model_migrations]\n"gpt-5.5" = "gpt-6-sol"\n',
          ],
        ],
      },
    },
  ],
  "codex/harmless-metadata-warning": [
    {
      title: "a model that Codex does not know",
      text: "warning: Model metadata for `gpt-5.5` not found. Defaulting to fallback metadata",
    },
  ],
  "codex/other-tool-rewrites": [{ title: "our values were changed", ownTest: true }],
  "ccswitch/manages-codex": [
    {
      title: "CC Switch uses another card",
      files: {
        ...codexWith({}),
        ".cc-switch/settings.json": '{"currentProviderCodex":"my-relay-1764000000001"}',
      },
      marked: [CONFIG, 'model_provider = «"OpenAI"»'],
    },
    { title: "CC Switch has written another provider", ownTest: true },
  ],
} satisfies Record<keyof typeof codexUseKnowledge, ProblemCases>;
