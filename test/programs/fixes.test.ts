import assert from "node:assert/strict";
import { diagnose } from "../../src/doctor/diagnose";
import { meaningsOf, rankCodes } from "../../src/doctor/explain/explain";
import { type Gateway, startGateway } from "../gateway/gateway";
import { askCodex, askOpenCode } from "../harness/clientPrograms";
import { codexAuth, Machine } from "../unit/doctor/machine";
import { type BrokenSetup, brokenSetups, workingCodexConfig, workingOpencodeConfig } from "./brokenSetups";

const ANSWER = /Hello from the TokenPool simulator/;

/** Codes do not depend on the gateway, so the tests can be named before it runs. */
const SETUPS = brokenSetups("http://127.0.0.1:1", "");

describe("the real program is the judge: it fails, and works after the fix", function () {
  this.timeout(120_000);
  let gateway: Gateway;

  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  for (const [index, { code, client }] of SETUPS.entries()) {
    it(`${code} (${client})`, async () => {
      const setup = brokenSetups(gateway.url, gateway.key)[index]!;
      const files = filesOf(gateway, setup);
      await Machine.use({ files, apiKey: gateway.key, baseUrl: gateway.url }, (machine) =>
        judge(setup, machine, gateway.url),
      );
    });
  }

  it("judges at least twenty codes", () => {
    assert.ok(new Set(SETUPS.map(({ code }) => code)).size >= 20);
  });
});

async function judge(
  { code, client, symptom }: BrokenSetup,
  machine: Machine,
  baseUrl: string,
): Promise<void> {
  const ask = () => (client === "codex" ? askCodex : askOpenCode)(machine.home, "say hi");
  const broken = await ask();
  assert.doesNotMatch(broken.stdout, ANSWER, "works although it is broken");
  const shown = broken.stdout + broken.stderr;
  assert.match(shown, symptom);
  assert.equal(await explain(shown, machine, baseUrl), code, shown);
  await applyFix(machine, code);
  // A program that failed may have made things worse: Codex deletes auth.json for some settings.
  for (const left of diagnose(await machine.snapshot())) await applyFix(machine, left.code);
  assert.deepEqual(
    diagnose(await machine.snapshot()).map((problem) => problem.code),
    [],
  );
  const fixed = await ask();
  assert.match(fixed.stdout, ANSWER, fixed.stderr);
}

/** The first entry for what the program said. */
async function explain(text: string, machine: Machine, baseUrl: string): Promise<string | undefined> {
  const found = diagnose(await machine.snapshot()).map((problem) => problem.code);
  return rankCodes(meaningsOf(text, baseUrl), new Set(found))[0];
}

async function applyFix(machine: Machine, code: string): Promise<void> {
  const problem = diagnose(await machine.snapshot()).find((found) => found.code === code);
  assert.ok(problem?.fix, `no fix for ${code}`);
  await machine.apply(problem.fix());
}

function filesOf({ url, key }: Gateway, { files }: BrokenSetup): Record<string, string | Uint8Array> {
  const all: Readonly<Record<string, string | Uint8Array | null>> = {
    ".codex/config.toml": workingCodexConfig(url),
    ".codex/auth.json": codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: key }),
    ".config/opencode/opencode.json": workingOpencodeConfig(url),
    ".config/tokenpool/api-key": `${key}\n`,
    ...files,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string | Uint8Array] => entry[1] !== null),
  );
}
