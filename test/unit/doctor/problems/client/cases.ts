import type { clientKnowledge } from "../../../../../src/doctor/problems/client/words";
import { API_KEY, CODEX_FILES, codexConfig, OPENCODE_FILES, opencodeConfig } from "../../machine";
import type { ProblemCases } from "../problemCase";

const CODEX = ".codex/config.toml";
const OPENCODE = ".config/opencode/opencode.json";
const codexTop = (setting: string) => ({ ...CODEX_FILES, [CODEX]: setting + codexConfig() });

const NOBODY = { codex: [], opencode: [] };

export const clientProblems = {
  "opencode/version-not-tried": [
    {
      title: "OpenCode 2",
      files: OPENCODE_FILES,
      versions: { codex: ["0.169.0"], opencode: ["2.0.1"] },
    },
  ],
  "client/not-installed": [
    { title: "Codex", files: CODEX_FILES, versions: NOBODY },
    { title: "OpenCode", files: OPENCODE_FILES, versions: NOBODY },
  ],
  "client/managed": [
    {
      title: "a provider that an administrator prescribes",
      files: { ...CODEX_FILES, "etc/codex/requirements.toml": 'model_provider = "company"\n' },
      marked: ["/etc/codex/requirements.toml", ""],
    },
    {
      title: "only a model that an administrator prescribes",
      files: { ...CODEX_FILES, "etc/codex/managed_config.toml": 'model = "o3"\n' },
      marked: ["/etc/codex/managed_config.toml", ""],
      severity: "information",
    },
    {
      title: "a file of an administrator's that cannot be read",
      files: { ...CODEX_FILES, "etc/codex/managed_config.toml": "model = “o3”\n" },
      marked: ["/etc/codex/managed_config.toml", "“o3”"],
      severity: "error",
    },
    {
      title: "a model that an administrator prescribes for OpenCode",
      files: {
        ...OPENCODE_FILES,
        "etc/opencode/opencode.json": '{ "model": "company/large" }',
      },
      marked: ["/etc/opencode/opencode.json", ""],
      severity: "information",
    },
  ],
  "opencode/wrong-home": [
    {
      title: "VS Code as a Flatpak, and an OpenCode outside of it",
      files: {
        ".var/app/com.visualstudio.code/config/opencode/opencode.json": opencodeConfig(),
        ".config/tokenpool/api-key": `${API_KEY}\n`,
        ".config/opencode/opencode.json": '{ "share": "disabled" }',
      },
      variables: { XDG_CONFIG_HOME: "$HOME/.var/app/com.visualstudio.code/config" },
      marked: [".config/opencode", ""],
    },
  ],
  "client/credential-outside-profile": [{ title: "a home for Codex on another drive", ownTest: true }],
  "codex/does-not-start": [
    {
      title: "an MCP server without a command",
      files: {
        ...CODEX_FILES,
        [CODEX]: `${codexConfig()}\n[mcp_servers.app]\nenabled = true\n`,
      },
      startChecks: {
        codex: {
          starts: false,
          words: "invalid transport",
          path: CODEX,
          range: { line: 9, column: 1, endLine: 9, endColumn: 16 },
        },
      },
      marked: [CODEX, "mcp_servers.app"],
    },
  ],
  "opencode/does-not-start": [
    {
      title: "a value that OpenCode does not know",
      files: { ...OPENCODE_FILES, [OPENCODE]: opencodeConfig({ share: "sometimes" }) },
      startChecks: {
        opencode: {
          starts: false,
          words: 'Expected "manual" | "auto" | "disabled" (share)',
          path: OPENCODE,
        },
      },
      marked: [OPENCODE, ""],
    },
  ],
  "client/missing-file": [
    {
      title: "a prompt for Codex",
      files: codexTop('experimental_compact_prompt_file = "gone.md"\n'),
      marked: [CODEX, '"gone.md"'],
      fixed: { [CODEX]: [['experimental_compact_prompt_file = "gone.md"\n', ""]] },
    },
    {
      title: "instructions for Codex, which says the same of the place",
      files: codexTop('model_instructions_file = "gone.md"\n'),
      startChecks: {
        codex: {
          starts: false,
          words:
            "failed to read model instructions file ~/.codex/gone.md: No such file or directory (os error 2)",
          path: CODEX,
          range: { line: 0, column: 26, endLine: 0, endColumn: 35 },
        },
      },
      marked: [CODEX, '"gone.md"'],
      fixed: { [CODEX]: [['model_instructions_file = "gone.md"\n', ""]] },
      // What the client said is known to be old only where it is asked again.
      left: ["codex/does-not-start"],
    },
    {
      title: "a catalogue of models for Codex, which names no place",
      files: codexTop('model_catalog_json = "models.json"\n'),
      startChecks: {
        codex: { starts: false, words: "No such file or directory (os error 2)", path: CODEX },
      },
      marked: [CODEX, '"models.json"'],
      fixed: { [CODEX]: [['model_catalog_json = "models.json"\n', ""]] },
      left: ["codex/does-not-start"],
    },
    {
      title: "instructions for OpenCode, which names the file alone",
      files: {
        ...OPENCODE_FILES,
        [OPENCODE]: opencodeConfig({ instructions: ["{file:./missing.md}"] }),
      },
      startChecks: {
        opencode: {
          starts: false,
          words: 'bad file reference: "{file:./missing.md}" ~/.config/opencode/missing.md does not exist',
          path: OPENCODE,
        },
      },
      marked: [OPENCODE, "{file:./missing.md}"],
    },
    {
      title: "the key of another provider of OpenCode",
      files: {
        ...OPENCODE_FILES,
        [OPENCODE]: JSON.stringify(JSON.parse(opencodeConfig())).replace(
          '"provider":{',
          '"provider":{ "other": { "options": { "apiKey": "{file:~/.other}" } },',
        ),
      },
      marked: [OPENCODE, "{file:~/.other}"],
    },
  ],
  "client/wrong-protocol": [
    {
      title: "in the terminal",
      text: "Error: Function tools are not supported for gpt-5.5 in /v1/chat/completions. Please use /v1/responses instead.",
    },
  ],
} satisfies Record<keyof typeof clientKnowledge, ProblemCases>;
