import assert from "node:assert/strict";
import { checkEndpoint, type CheckOptions } from "../../../src/health/probe/checkEndpoint";
import { sendTestRequest } from "../../../src/health/probe/testRequest";
import type { LoggedRequest } from "../../gateway/requestLog";
import { type Gateway, startGateway } from "../../gateway/gateway";
import { readRecording } from "../../gateway/recorded";
import { isRight, recordedRows } from "../../gateway/recordedRows";

const KEY = `sk-${"ab12".repeat(16)}`;
const ASKED = { clientVersion: "0.170.0" };

let simulator: Gateway;

/** One for all tests of a block. */
function useSimulator(): void {
  before(async () => {
    simulator = await startGateway();
  });
  after(() => simulator.close());
}

/** Everything a check may send: the key in one header, with GET only, and never twice the same. */
function assertHarmless(requests: readonly LoggedRequest[], most: number): void {
  const lines = requests.map(({ method, path, query }) => `${method} ${path}${query}`);
  assert.ok(lines.length <= most, lines.join(", "));
  assert.equal(new Set(lines).size, lines.length, lines.join(", "));
  for (const { method, path, query, headers, body, authorization } of requests) {
    assert.ok(method === "GET" || (authorization === undefined && body === "{}"), `${method} ${path}`);
    const others = { ...headers, authorization: undefined };
    assert.ok(![path, query, body, JSON.stringify(others)].join().includes(KEY), `${method} ${path}`);
  }
}

for (const gateway of ["sub2api", "new-api"] as const) {
  describe(`the recorded answers of ${gateway}`, () => {
    useSimulator();

    const check = async (state: string, more: Partial<CheckOptions>) => {
      simulator.replay(gateway, state, { mapsResponses: true });
      const models = { model: "gpt-5.5", reviewModel: "gpt-5.5" };
      const result = await checkEndpoint({ endpoint: simulator.url, apiKey: KEY, ...models, ...more });
      assert.ok(result);
      assert.ok(!JSON.stringify(result).includes(KEY), "the result holds the key");
      return result;
    };

    it("are all judged", () => {
      const judged = new Set(recordedRows(gateway).map(({ state }) => state));
      const others = Object.keys(readRecording(gateway).states).filter((state) => !judged.has(state));
      assert.deepEqual(
        others.filter((state) => !state.endsWith("no-authorization")),
        [],
      );
    });

    for (const { state, check: right, testRequest } of recordedRows(gateway)) {
      it(`${state} is ${right.join(" or ")}, with four requests at most`, async () => {
        const { report } = await check(state, { asked: ASKED });
        const verdicts = [report.state, [report.state, report.code].join(" ")];
        assert.ok(
          right.some((each) => verdicts.includes(each)),
          verdicts[1],
        );
        assertHarmless(simulator.requests, 4);
      });

      it(`${state} costs two requests in the background`, async () => {
        await check(state, {});
        assertHarmless(simulator.requests, 2);
      });

      it(`${state} answers the test request with ${testRequest.join(" or ")}`, async () => {
        simulator.replay(gateway, state, { mapsResponses: true });
        const profile = { baseUrl: simulator.url, apiKey: KEY, model: "gpt-5.5", reviewModel: "gpt-5.5" };
        const isSilent = state === "upstream-hang";
        const { signal } = new AbortController();
        const { outcome, code = "" } = await sendTestRequest(profile, signal, {}, isSilent ? 300 : 10_000);
        const found = outcome === "ok" ? "ok" : code;
        const isFailed = testRequest.includes("failed") && outcome === "failed";
        assert.ok(isFailed || isRight(testRequest, found), found);
        assert.equal(simulator.requests.length, 1);
      });
    }
  });
}

describe("a refusal that is known", () => {
  useSimulator();

  it("is told in the gateway's own words as well", async () => {
    const refusals = {
      "key-quota-exhausted": "API key 额度已用完",
      "balance-0": "Insufficient account balance",
    };
    for (const [state, words] of Object.entries(refusals)) {
      simulator.replay("sub2api", state, { mapsResponses: true });
      const result = await checkEndpoint({ endpoint: simulator.url, apiKey: KEY, model: "gpt-5.5" });
      assert.equal(result?.findings.answerSays, words);
    }
  });
});

describe("a gateway that has the Responses API below /v1 only", () => {
  useSimulator();

  const check = async (
    codexPath: string | undefined,
    more: Partial<CheckOptions> = { asked: ASKED },
    state = "good",
  ) => {
    simulator.replay("new-api", state);
    const codexAddress = () =>
      Promise.resolve(codexPath === undefined ? undefined : simulator.url + codexPath);
    const models = { model: "gpt-5.5" };
    const result = await checkEndpoint({
      endpoint: simulator.url,
      apiKey: KEY,
      ...models,
      codexAddress,
      ...more,
    });
    assert.ok(result);
    return result;
  };

  it("is found with five requests, and is no trouble for a Codex that names /v1", async () => {
    const { report, findings } = await check("/v1");
    assert.deepEqual([report.state, findings.route], ["ok", "v1"]);
    assertHarmless(simulator.requests, 5);
    assert.equal(simulator.requests.length, 5);
  });

  for (const path of ["", "/"]) {
    it(`is the wrong address for a Codex that names the root (“${path}”)`, async () => {
      const { report } = await check(path);
      assert.deepEqual([report.state, report.code], ["notAnApi", "endpoint/missing-v1"]);
    });
  }

  it("is no trouble where Codex is not set up", async () => {
    assert.equal((await check(undefined)).report.state, "ok");
  });

  it("is remembered: in the background, too, and without asking again", async () => {
    const known = { route: "v1" } as const;
    const { report } = await check("", known);
    assert.equal(report.code, "endpoint/missing-v1");
    assertHarmless(simulator.requests, 2);
    await check("", { ...known, asked: ASKED });
    assert.ok(simulator.requests.every(({ method }) => method === "GET"));
  });
});
