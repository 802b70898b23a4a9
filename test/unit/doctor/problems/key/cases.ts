import type { keyKnowledge } from "../../../../../src/doctor/problems/key/words";
import { API_KEY, codexAuth, CODEX_FILES, opencodeConfig, OPENCODE_FILES } from "../../machine";
import {
  AUTH,
  codexWith,
  KEY_FILE,
  KEY_FILE_TEXT,
  KEY_REFERENCE,
  OPENCODE,
  OPENCODE_AUTH,
  opencodeWith,
} from "../files";
import type { MachineCase, ProblemCases } from "../problemCase";

const MANGLED: readonly (readonly [how: string, key: string])[] = [
  ["masked", `${API_KEY.slice(0, 6)}…${API_KEY.slice(-4)}`],
  ["with stars", `${API_KEY.slice(0, 6)}****`],
  ["cut off", API_KEY.slice(0, 40)],
  ["without its beginning", API_KEY.slice(10)],
  ["with Bearer", `Bearer ${API_KEY}`],
  ["with a line break", `${API_KEY.slice(0, 30)}\n${API_KEY.slice(30)}`],
  ["in quotes", `“${API_KEY}”`],
];

const mangledKeys = MANGLED.flatMap(([how, key]): MachineCase[] => [
  {
    title: `Codex's key ${how}`,
    files: codexWith({}, { auth_mode: "apikey", OPENAI_API_KEY: key }),
    marked: [AUTH, JSON.stringify(key)],
    fixed: { [AUTH]: codexAuth() },
  },
  {
    title: `OpenCode's key ${how}`,
    files: { ...OPENCODE_FILES, [KEY_FILE]: key },
    marked: [KEY_FILE, ""],
    fixed: { [KEY_FILE]: KEY_FILE_TEXT },
  },
]);

export const keyProblems = {
  "key/missing": [{ title: "Codex without a stored key", apiKey: null, files: CODEX_FILES }],
  "key/malformed": [
    {
      title: "an empty key file",
      files: { ...OPENCODE_FILES, [KEY_FILE]: "\n" },
      marked: [KEY_FILE, ""],
      fixed: { [KEY_FILE]: KEY_FILE_TEXT },
    },
    {
      title: "a mangled key in opencode.json itself",
      files: opencodeWith({}, { apiKey: "Bearer abc" }),
      marked: [OPENCODE, '"Bearer abc"'],
      fixed: { [OPENCODE]: [['"Bearer abc"', `"${KEY_REFERENCE}"`]] },
    },
    {
      title: "a mangled key in OpenCode's auth.json",
      files: {
        [OPENCODE]: opencodeConfig({}, { apiKey: undefined }),
        [OPENCODE_AUTH]: '{"tokenpool":{"type":"api","key":"Bearer abc"}}',
      },
      marked: [OPENCODE_AUTH, '"Bearer abc"'],
      fixed: {
        [KEY_FILE]: KEY_FILE_TEXT,
        [OPENCODE]: [['/v1"', `/v1",\n        "apiKey": "${KEY_REFERENCE}"`]],
      },
    },
    ...mangledKeys,
  ],
} satisfies Record<keyof typeof keyKnowledge, ProblemCases>;
