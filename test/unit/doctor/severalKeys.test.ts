import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { diagnose } from "../../../src/doctor/diagnose";
import { notedOf } from "../../../src/doctor/overview/noted";
import { overviewOf } from "../../../src/doctor/overview/overview";
import { findOldKey } from "../../../src/doctor/problems/secrets/oldKeyPlaces";
import { statesIn } from "../../../src/doctor/snapshot/snapshot";
import type { HealthReport } from "../../../src/health/report";
import { isDrift } from "../../../src/doctor/problems/codex/use/drift";
import {
  API_KEY,
  CODEX_FILES,
  codexAuth,
  codexConfig,
  healthReport,
  Machine,
  type MachineState,
  OPENCODE_FILES,
  opencodeConfig,
  OTHER_KEY,
} from "./machine";
import { keptByCcSwitch } from "./problems/files";

const CONFIG = ".codex/config.toml";
const AUTH = ".codex/auth.json";
const OPENCODE = ".config/opencode/opencode.json";

describe("a stored key that is not in use", () => {
  const otherKeys = [OTHER_KEY];

  it("is shown nowhere, whatever place it stands in", () =>
    Machine.use(
      { otherKeys, files: { ...CODEX_FILES, [CONFIG]: codexConfig({ auth: `env_key = "${OTHER_KEY}"` }) } },
      async (machine) => {
        const found = diagnose(await machine.snapshot());
        assert.ok(found.length > 0);
        const shown = JSON.stringify(found.map(({ message, evidence, title }) => [message, evidence, title]));
        assert.ok(!shown.includes(OTHER_KEY));
      },
    ));

  describe("and that a client uses on purpose is named, and not called wrong:", () => {
    const inAuth = { [AUTH]: codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: OTHER_KEY }) };
    const withoutKey = opencodeConfig({}, { apiKey: undefined });
    const opencodeAuth = JSON.stringify({ tokenpool: { type: "api", key: OTHER_KEY } });
    const uses: readonly [code: string, name: string, state: MachineState][] = [
      ["codex/key-differs", "Codex", { files: { ...CODEX_FILES, ...inAuth } }],
      [
        "codex/env-key-stale",
        "Codex",
        {
          files: { ...CODEX_FILES, [CONFIG]: codexConfig({ auth: 'env_key = "SPARE"' }) },
          variables: { SPARE: OTHER_KEY },
        },
      ],
      [
        "opencode/key-differs",
        "OpenCode",
        { files: { ...OPENCODE_FILES, ".config/tokenpool/api-key": OTHER_KEY } },
      ],
      [
        "opencode/key-differs",
        "OpenCode",
        { files: { [OPENCODE]: withoutKey, ".local/share/opencode/auth.json": opencodeAuth } },
      ],
      [
        "opencode/stale-api-key",
        "OpenCode",
        { files: { [OPENCODE]: opencodeConfig({}, { apiKey: OTHER_KEY }) } },
      ],
      ["codex/bearer-token-overrides", "Codex", { files: keptByCcSwitch(OTHER_KEY) }],
    ];
    for (const [code, name, state] of uses) {
      it(`${code}, in ${Object.keys(state.files ?? {}).at(-1)}`, () =>
        Machine.use({ ...state, otherKeys }, async (machine) => {
          const found = diagnose(await machine.snapshot());
          const text = `${name} uses “Spare 1”, another of your stored keys.`;
          assert.deepEqual(
            found.map(({ message, cause, ...each }) => [each.code, each.severity, message, cause]),
            [[code, "information", text, text]],
          );
          assert.deepEqual(found.map(isDrift), [false]);
          const removed = diagnose(await machine.snapshot({ otherKeys: [] }));
          assert.ok(removed.every((each) => each.severity !== "information" && each.message !== text));
        }));
    }
  });

  it("is called wrong as a token in config.toml, which people share, where no ChatGPT login is kept beside it", () => {
    const auth = `experimental_bearer_token = "${OTHER_KEY}"`;
    return Machine.use(
      { otherKeys, files: { ...CODEX_FILES, [CONFIG]: codexConfig({ auth }) } },
      async (machine) =>
        assert.deepEqual(
          diagnose(await machine.snapshot()).map(({ code, severity, apart }) => [code, severity, apart]),
          [["codex/bearer-token-overrides", "warning", true]],
        ),
    );
  });

  it("is found in config.toml, which people share", () =>
    Machine.use(
      { otherKeys, files: { ...CODEX_FILES, [CONFIG]: `${codexConfig()}# ${OTHER_KEY}\n` } },
      async (machine) => {
        const codes = diagnose(await machine.snapshot()).map(({ code }) => code);
        assert.deepEqual(codes, ["codex/key-in-config"]);
      },
    ));

  it("is taken out of a file of a repository together with the one in use", () =>
    Machine.use({ otherKeys, files: { "a.js": `${API_KEY} ${OTHER_KEY} ${API_KEY}` } }, async (machine) => {
      const keyLeaks = [{ path: "a.js", stage: "changed" } as const];
      const [found] = diagnose(await machine.snapshot({ keyLeaks }));
      const fix = found?.fix?.();
      assert.ok(fix);
      await machine.apply(fix);
      const text = await machine.read("a.js");
      assert.ok(!text.includes("sk-"), text);
    }));

  it("makes a file one that Git must not get", () =>
    Machine.use(
      {
        otherKeys,
        files: {
          ".codex/config.toml": codexConfig({ base_url: 'base_url = "https://gateway.example"' }),
          ".codex/auth.json": JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: OTHER_KEY }),
        },
        askGit: () =>
          Promise.resolve({
            workTree: "/",
            exclude: "/none",
            tracked: true,
            committed: true,
            ignored: false,
          }),
      },
      async (machine) => {
        const { git } = await machine.snapshot();
        assert.ok(
          git?.some(({ path }) => path.endsWith("auth.json")),
          JSON.stringify(git),
        );
      },
    ));

  it("is not taken for one that was replaced", () =>
    Machine.use({ files: { "a.txt": API_KEY, "b.txt": OTHER_KEY } }, async (machine) => {
      const snapshot = await machine.snapshot();
      const inGit = ["a.txt", "b.txt"].map((name) => ({
        path: `${machine.home}/${name}`,
        stage: "committed" as const,
      }));
      const { environment } = machine.sources();
      const places = await findOldKey({ ...environment, fs }, statesIn(snapshot), inGit, API_KEY, [
        OTHER_KEY,
      ]);
      assert.deepEqual(places, [{ kind: "commit", path: `${machine.home}/a.txt` }]);
    }));

  const OF_THE_KEY = [
    ["unauthorized", "account/key-invalid"],
    ["unauthorized", "account/key-expired"],
    ["noQuota", "account/no-quota"],
  ] as const;
  for (const [state, code] of OF_THE_KEY) {
    it(`is offered where the one in use is of no use: ${code}`, async () => {
      const health = [healthReport({ state, code })];
      const offered = (others: readonly string[]) =>
        Machine.use({ otherKeys: others, health, files: CODEX_FILES }, async (machine) => {
          const snapshot = await machine.snapshot();
          const problems = diagnose(snapshot);
          const noted = notedOf(snapshot, problems);
          const { next } = overviewOf({ report: health[0], noted });
          return [next?.do, problems.find((found) => found.code === code)?.action];
        });
      assert.deepEqual(await offered(otherKeys), ["selectApiKey", "selectApiKey"]);
      assert.ok(!(await offered([])).includes("selectApiKey"));
    });
  }

  it("is offered where none is in use, and not where the trouble is not the key's", () =>
    Machine.use({ apiKey: null, otherKeys, files: CODEX_FILES }, async (machine) => {
      const next = async (state: HealthReport["state"]) => {
        const health = [healthReport({ state })];
        const snapshot = await machine.snapshot({ health });
        const overview = overviewOf({ report: health[0], noted: notedOf(snapshot, diagnose(snapshot)) });
        return [overview.next?.do, overview.label];
      };
      assert.deepEqual(await next("noKey"), ["selectApiKey", "Choose a Key"]);
      const found = diagnose(await machine.snapshot()).find(({ code }) => code === "key/missing");
      assert.match(found?.message ?? "", /^No API key is in use\. Others are stored/);
      for (const text of [found?.title, found?.cause, found?.help])
        assert.doesNotMatch(text ?? "", /is stored|has no API key|Set API Key/);
      assert.ok(!(await next("gatewayError")).includes("selectApiKey"));
    }));
});
