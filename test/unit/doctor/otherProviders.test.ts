import assert from "node:assert/strict";
import { diagnose } from "../../../src/doctor/diagnose";
import { notedOf } from "../../../src/doctor/overview/noted";
import { overviewOf } from "../../../src/doctor/overview/overview";
import { API_KEY, healthReport, Machine } from "./machine";

/** `provider` of opencode.json, without ours. */
const configOf = (id: string, baseURL: string, apiKey?: string) =>
  JSON.stringify({ provider: { [id]: { options: { baseURL, apiKey } } } });

describe("an OpenCode that was set up by hand under another name", () => {
  const OFFICIAL = "https://api.clawto.link/v1";
  const OWN = "http://127.0.0.1:9";

  async function told(config: string, baseUrl?: string) {
    const files = { ".config/opencode/opencode.json": config };
    return Machine.use({ files, apiKey: null, ...(baseUrl && { baseUrl }) }, async (machine) => {
      const snapshot = await machine.snapshot();
      const problems = diagnose(snapshot);
      const noted = notedOf(snapshot, problems);
      const report = healthReport({ state: "noKey" });
      const missing = problems.find(({ code }) => code === "key/missing");
      return [overviewOf({ report, noted }).label, missing?.action];
    });
  }

  for (const [title, id, address, chosen] of [
    ["OpenCode's own", "openai", OFFICIAL, undefined],
    ["one of the user's", "relay", OFFICIAL, undefined],
    ["one that leads to the chosen address", "relay", `${OWN}/v1`, OWN],
    ["OpenCode's own at the chosen address", "openai", `${OWN}/v1`, OWN],
  ] as const)
    it(`is offered to be taken over: ${title}`, async () => {
      assert.deepEqual(await told(configOf(id, address, API_KEY), chosen), ["Take Over", "setUp"]);
    });

  it("is none where it leads elsewhere", async () => {
    const config = configOf("relay", "https://api.clawto.link.example/v1", API_KEY);
    assert.deepEqual(await told(config), ["Set Up", undefined]);
  });

  it("needs a key where it has none that could be taken over", async () => {
    const [, action] = await told(configOf("relay", OFFICIAL));
    assert.equal(action, "setApiKey");
  });
});
