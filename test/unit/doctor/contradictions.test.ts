import assert from "node:assert/strict";
import { diagnose } from "../../../src/doctor/diagnose";
import { COMMON_MISTAKES } from "../../../src/doctor/mistakes";
import { notedOf } from "../../../src/doctor/overview/noted";
import { overviewOf } from "../../../src/doctor/overview/overview";
import { endpointFor } from "../../../src/doctor/problems/endpoint/wrongAddress";
import type { HealthReport } from "../../../src/health/report";
import {
  CODEX_FILES,
  codexConfig,
  healthReport,
  Machine,
  type MachineState,
  OPENCODE_FILES,
  OTHER_KEY,
} from "./machine";

const CONFIG = ".codex/config.toml";

/** What each surface makes of one machine. */
function seen(state: MachineState) {
  return Machine.use(state, async (machine) => {
    const snapshot = await machine.snapshot();
    const problems = diagnose(snapshot);
    const noted = notedOf(snapshot, problems);
    const [report] = state.health ?? [healthReport({})];
    const mistakes = COMMON_MISTAKES.filter(({ codes }) => problems.some(({ code }) => codes.includes(code)));
    return { snapshot, problems, noted, overview: overviewOf({ report, noted }), mistakes };
  });
}

describe("what contradicts itself nowhere", () => {
  it("a client that a variable keeps from TokenPool works neither in the bar nor in its own line", async () => {
    const { noted, overview } = await seen({ files: CODEX_FILES, variables: { CODEX_API_KEY: OTHER_KEY } });
    assert.equal(noted.clients.find(({ id }) => id === "codex")?.use, "broken");
    assert.deepEqual([overview.kind, overview.blocks], ["problems", true]);
  });

  it("an error of one client leaves the other one working", async () => {
    const files = { ...CODEX_FILES, ...OPENCODE_FILES };
    const { noted } = await seen({ files, variables: { CODEX_API_KEY: OTHER_KEY } });
    assert.equal(noted.clients.find(({ id }) => id === "opencode")?.use, "works");
  });

  for (const chosen of ["https://api.tokenpool.dev", "https://gateway.example"]) {
    for (const address of ["https://tokenpool.dev", "http://api.clawto.link"]) {
      it(`${address} is to be replaced by the address that the fix writes: ${chosen}`, async () => {
        const files = { ...CODEX_FILES, [CONFIG]: codexConfig({ base_url: `base_url = "${address}"` }) };
        await Machine.use({ files, baseUrl: chosen }, async (machine) => {
          const snapshot = await machine.snapshot();
          const found = diagnose(snapshot).find(({ path }) => path?.endsWith("config.toml"));
          assert.ok(found?.fix);
          const recommended = [...found.message.matchAll(/Use (\S+?)[.,]?(?= |$)/g)].map(([, use]) => use);
          assert.deepEqual(recommended, [endpointFor(snapshot)], found.message);
          await machine.apply(found.fix());
          assert.ok((await machine.read(CONFIG)).includes(`base_url = "${chosen}"`));
        });
      });
    }
  }

  const subscription: Partial<HealthReport> = {
    state: "noQuota",
    code: "account/subscription-expired",
    httpStatus: 403,
  };
  it("an ended subscription is no used-up quota in the bar, and no check mark at “No quota”", async () => {
    const { overview, mistakes } = await seen({ files: CODEX_FILES, health: [healthReport(subscription)] });
    assert.doesNotMatch(`${overview.label} ${overview.sentence}`, /quota/i);
    assert.ok(mistakes.some(({ id }) => id === "noQuota"));
  });

  it("a hand edit is blamed on nobody in particular", async () => {
    await Machine.use({ files: CODEX_FILES }, async (machine) => {
      const { codex } = await machine.snapshot();
      const key = ["model_provider"];
      const { hashValue } = await import("../../../src/changes/store");
      const hash = hashValue("OpenAI");
      const file = codex.config.path;
      const written = [{ file, spellings: [file], key, valueHash: hash, allHashes: [hash] }];
      const fs = await import("node:fs/promises");
      await fs.writeFile(
        file,
        'model_provider = "mine"\n[model_providers.mine]\nname = "m"\nbase_url = "https://m.example"\n',
      );
      const [found] = diagnose(await machine.snapshot({ written })).filter(
        ({ client }) => client === "codex",
      );
      assert.ok(found);
      const said = `${found.title} ${found.message} ${found.cause}`;
      assert.doesNotMatch(said, /another (?:tool|program) (?:rewrites|has changed)/i, said);
    });
    const files = { ...CODEX_FILES, [CONFIG]: codexConfig({ model: 'model = "gpt-6-sol"' }) };
    const { problems } = await seen({ files, offeredModels: ["gpt-5.5"] });
    const model = problems.find(({ code }) => code === "codex/model-migrated");
    assert.match(`${model?.title} ${model?.message}`, /^(?!.*by itself).*You have chosen it, or/);
  });
});
