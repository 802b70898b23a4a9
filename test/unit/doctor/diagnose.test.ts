import assert from "node:assert/strict";
import * as path from "node:path";
import { withContents } from "../../../src/changes/disk/withContents";
import { diagnose } from "../../../src/doctor/diagnose";
import { takeSnapshot } from "../../../src/doctor/snapshot/snapshot";
import {
  API_KEY,
  codexAuth,
  codexConfig,
  CODEX_FILES,
  healthReport,
  Machine,
  opencodeConfig,
  OPENCODE_FILES,
} from "./machine";

const CONFIG = ".codex/config.toml";
const AUTH = ".codex/auth.json";
const OPENCODE = ".config/opencode/opencode.json";

describe("diagnosis", () => {
  it("names what would send the key elsewhere before anything else, with its host", () =>
    Machine.use(
      {
        files: {
          ...OPENCODE_FILES,
          [CONFIG]: "model = ",
          "project/opencode.json": opencodeConfig(
            {},
            { baseURL: "https://me:secret@elsewhere.example:8443/v1?q=1" },
          ),
        },
        folders: ["project"],
        health: [healthReport({ state: "noQuota", code: "account/no-quota", httpStatus: 402 })],
      },
      async (machine) => {
        const found = diagnose(await machine.snapshot());
        assert.deepEqual(
          found.map(({ code, severity, evidence }) => [code, severity, evidence]),
          [
            ["opencode/project-overrides", "error", "elsewhere.example:8443"],
            ["codex/config-invalid", "error", undefined],
            ["account/no-quota", "error", "api.clawto.link, HTTP 402"],
          ],
        );
      },
    ));

  for (const [baseURL, seen] of [
    ["me:secret@elsewhere.example/v1", ""],
    ["//me:secret@elsewhere.example/v1", ""],
    ["https://me:secret@{env:HOST}/v1", "{env:HOST}"],
  ] as const) {
    it(`shows no password of an address without a host: ${baseURL}`, () =>
      Machine.use(
        {
          files: { ...OPENCODE_FILES, "project/opencode.json": opencodeConfig({}, { baseURL }) },
          folders: ["project"],
        },
        async (machine) => {
          const found = diagnose(await machine.snapshot());
          assert.ok(!JSON.stringify(found).includes("secret"));
          const [first] = found.filter(({ code }) => code === "opencode/project-overrides");
          assert.equal(first?.evidence, seen);
        },
      ));
  }

  const misplaced = {
    "the variable of env_key": { [CONFIG]: codexConfig({ auth: `env_key = "${API_KEY}"` }) },
    "the model": { [CONFIG]: codexConfig({ model: `model = "${API_KEY}"` }) },
    "the provider": { [CONFIG]: codexConfig({ provider: `model_provider = "${API_KEY}"` }) },
    "the name of a table": { [CONFIG]: codexConfig({ more: `[model_providers.${API_KEY}]` }) },
    "the variable of a placeholder": { [OPENCODE]: opencodeConfig({}, { apiKey: `{env:${API_KEY}}` }) },
    "the file of a placeholder": { [OPENCODE]: opencodeConfig({}, { apiKey: `{file:${API_KEY}}` }) },
  };
  for (const [place, files] of Object.entries(misplaced)) {
    it(`shows no key that stands in the place of ${place}`, () =>
      Machine.use(
        { files: { ...CODEX_FILES, ...OPENCODE_FILES, ...files }, offeredModels: ["gpt-5.5"] },
        async (machine) => {
          const found = diagnose(await machine.snapshot());
          assert.ok(found.length > 0);
          assert.ok(!JSON.stringify(found).includes(API_KEY.slice(0, 12)));
        },
      ));
  }

  it("shows no part of the key that a client has instead of the stored one, whatever it looks like", () => {
    const foreign = "relay_" + "ef56".repeat(8);
    const files = {
      [CONFIG]: codexConfig({ model: `model = "${foreign}"` }),
      [AUTH]: codexAuth({ OPENAI_API_KEY: foreign }),
    };
    return Machine.use({ files, offeredModels: ["gpt-5.5"] }, async (machine) => {
      const found = diagnose(await machine.snapshot());
      assert.ok(found.some(({ range }) => range?.line === 1));
      assert.ok(!JSON.stringify(found).includes(foreign.slice(0, 16)));
    });
  });

  it("works on text that is not saved yet", () =>
    Machine.use({ files: CODEX_FILES }, async (machine) => {
      const { environment, ...sources } = machine.sources();
      const edited = path.join(machine.home, CONFIG);
      const fs = withContents(environment.fs, (file) =>
        file === edited ? Buffer.from(codexConfig({ wire_api: 'wire_api = "chat"' })) : undefined,
      );
      const found = diagnose(await takeSnapshot({ ...sources, environment: { ...environment, fs } }));
      assert.deepEqual(
        found.map(({ code, range }) => [code, range?.line]),
        [["codex/wire-api-chat", 6]],
      );
      assert.deepEqual(diagnose(await machine.snapshot()), []);
    }));
});
