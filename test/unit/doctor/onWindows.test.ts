import assert from "node:assert/strict";
import { diagnose } from "../../../src/doctor/diagnose";
import { codexConfig, type MachineState, opencodeConfig, OTHER_KEY } from "./machine";
import { inProfile, snapshotOnWindows, WINDOWS_FILES } from "./windowsMachine";

const HOME = "C:\\Users\\ann";
const CONFIG = `${HOME}\\.codex\\config.toml`;
const OPENCODE = `${HOME}\\.config\\opencode\\opencode.json`;
const UNSET = (name: string) => `SetEnvironmentVariable('${name}', $null, 'User')`;

interface SetUp extends MachineState {
  /** `code path evidence` of each problem, as far as they are named. */
  readonly found: readonly string[];
  /** What its words say. */
  readonly says?: readonly string[];
}

/** What only Windows has, or has in another form; the rest of the cases runs there as it is (`test/windows/part.ts`). */
const SET_UPS: Readonly<Record<string, SetUp>> = {
  "both clients at work": { found: [] },
  "a variable in other capitals that Codex prefers to the key": {
    variables: { Codex_Api_Key: OTHER_KEY },
    found: ["codex/environment-key-overrides CODEX_API_KEY"],
    says: [UNSET("CODEX_API_KEY"), "Remove-Item Env:CODEX_API_KEY"],
  },
  "certificates in a file that is gone": {
    variables: { ssl_cert_file: "C:\\certs\\gone.pem" },
    found: ["network/stale-ca-file C:\\certs\\gone.pem SSL_CERT_FILE"],
    says: [UNSET("SSL_CERT_FILE")],
  },
  "certificates in a file that is there": {
    files: { "certs/company.pem": "" },
    variables: { CODEX_CA_CERTIFICATE: "c:/certs/company.pem" },
    found: [],
  },
  "CODEX_HOME that names the usual place in another spelling": {
    variables: { CODEX_HOME: "c:/Users/ann/.codex/" },
    found: [],
  },
  "CODEX_HOME on a drive that is not there": {
    variables: { CODEX_HOME: "Q:\\codex" },
    found: ["codex/home-missing Q:\\codex", "codex/wrong-home Q:\\codex\\config.toml CODEX_HOME"],
  },
  "CODEX_HOME with what no shell has expanded": {
    variables: { CODEX_HOME: "%USERPROFILE%\\.codex" },
    found: ["codex/home-missing %USERPROFILE%\\.codex"],
    says: ["Set the whole path"],
  },
  "CODEX_HOME away from the files that lead to TokenPool": {
    files: { "tools/codex/config.toml": 'model = "o3"\n' },
    variables: { CODEX_HOME: "C:\\tools\\codex" },
    found: ["codex/wrong-home C:\\tools\\codex\\config.toml CODEX_HOME"],
    says: [`${CONFIG} leads to TokenPool`],
  },
  "the setting and CODEX_HOME, one place in two spellings": {
    variables: { CODEX_HOME: "c:\\Users\\ann\\.codex" },
    codexHome: "~\\.codex",
    found: [],
  },
  "a Codex in WSL, which does not answer": {
    wslSilent: true,
    found: [`codex/wrong-home ${HOME}\\.codex`],
    says: ["runs Codex in WSL"],
  },
  "a path of Windows in quotes that take backslashes for their own": {
    files: inProfile({ ".codex/config.toml": codexConfig({ more: '[projects."C:\\Users\\ann"]' }) }),
    found: [`codex/config-invalid ${CONFIG}`],
  },
  "a placeholder with a backslash behind its tilde, which OpenCode does not expand": {
    files: inProfile({
      ".config/opencode/opencode.json": opencodeConfig(
        {},
        { apiKey: "{file:~\\.config\\tokenpool\\api-key}" },
      ),
    }),
    found: [`opencode/file-placeholder-missing ${OPENCODE}`],
  },
  "a placeholder with the whole path": {
    files: inProfile({
      ".config/opencode/opencode.json": opencodeConfig(
        {},
        { apiKey: `{file:C:/Users/ann/.config/tokenpool/api-key}` },
      ),
    }),
    found: [],
  },
  "a placeholder for a variable in other capitals": {
    files: inProfile({
      ".config/opencode/opencode.json": opencodeConfig({}, { apiKey: "{env:tokenpool_key}" }),
    }),
    variables: { TOKENPOOL_KEY: OTHER_KEY },
    found: [`opencode/stale-api-key ${OPENCODE}`],
  },
  "another key in what OpenCode's login has stored": {
    files: inProfile({
      ".config/opencode/opencode.json": opencodeConfig({}, { apiKey: undefined }),
      ".local/share/opencode/auth.json": JSON.stringify({ tokenpool: { type: "api", key: OTHER_KEY } }),
    }),
    found: [`opencode/key-differs ${HOME}\\.local\\share\\opencode\\auth.json`],
  },
};

describe("on Windows", () => {
  for (const [title, { found, says = [], ...state }] of Object.entries(SET_UPS)) {
    it(`is found what is wrong, and nothing else: ${title}`, async () => {
      const problems = diagnose(
        await snapshotOnWindows({ ...state, files: { ...WINDOWS_FILES, ...state.files } }),
      );
      const named = problems.map(({ code, path, evidence }) =>
        [code, path, path?.endsWith(".json") ? undefined : evidence].filter(Boolean).join(" "),
      );
      assert.deepEqual(named, found);
      const words = JSON.stringify(problems);
      for (const each of says)
        assert.ok(words.includes(JSON.stringify(each).slice(1, -1)), `${each}: ${words}`);
    });
  }
});
