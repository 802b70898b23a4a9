import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { Command, Setting } from "../../src/ids";
import type { HealthReport } from "../../src/health/report";
import { RECORDED_PATH } from "../gateway/control";
import { firstOf, isRight, recordedLines, type RecordedRow, recordedRows } from "../gateway/recordedRows";
import type { LoggedRequest } from "../gateway/requestLog";
import { HOME } from "./hostileHome";

/** What real gateways answered and clients printed, state by state, tried on the extension in the real VS Code. */

const KEY = process.env.TOKENPOOL_TEST_KEY ?? "";
const GATEWAY = process.env.TOKENPOOL_TEST_GATEWAY ?? "";
/** Nothing is known of it yet. */
const SECOND_GATEWAY = process.env.TOKENPOOL_TEST_SECOND_GATEWAY ?? "";
interface RecordedState extends Pick<RecordedRow, "gateway" | "state"> {
  readonly mapsResponses?: boolean;
}

const silent = { confirm: false };

async function replay(state: RecordedState, at = GATEWAY): Promise<void> {
  const { ok } = await fetch(at + RECORDED_PATH, { method: "POST", body: JSON.stringify(state) });
  assert.ok(ok, JSON.stringify(state));
}

/** Since the replay began. */
async function requests(at = GATEWAY): Promise<LoggedRequest[]> {
  return (await (await fetch(at + RECORDED_PATH)).json()) as LoggedRequest[];
}

/** The key in one header, with GET only; what is posted costs nothing. */
function assertHarmless(asked: readonly LoggedRequest[], most: number): void {
  const lines = asked.map(({ method, path: target, query }) => `${method} ${target}${query}`);
  assert.ok(lines.length <= most, lines.join(", "));
  for (const [index, { method, authorization, body, headers }] of asked.entries()) {
    assert.ok(method === "GET" || (authorization === undefined && body === "{}"), lines[index]);
    const others = JSON.stringify({ ...headers, authorization: undefined });
    assert.ok(![lines[index], others, body].join().includes(KEY), lines[index]);
  }
}

function assertRight(right: readonly string[], { state, code = "" }: HealthReport): void {
  assert.ok(
    right.includes(state) || right.includes(`${state} ${code}`),
    `${state} ${code} instead of ${right.join(" or ")}`,
  );
}

const checkHealth = () => vscode.commands.executeCommand<HealthReport>(Command.checkHealth);

describe("with a key stored, what real gateways answered", function () {
  this.timeout(60_000);
  const configuration = () => vscode.workspace.getConfiguration();

  before(async () => {
    // Only what is asked for here is to be counted.
    await configuration().update(Setting.healthCheckEnabled, false, vscode.ConfigurationTarget.Global);
    for (const name of [".codex", ".config/opencode"])
      fs.rmSync(path.join(HOME, name), { recursive: true, force: true });
  });
  after(async () => {
    await configuration().update(Setting.healthCheckEnabled, undefined, vscode.ConfigurationTarget.Global);
    await fetch(`${GATEWAY}/__simulator/mode`, { method: "POST", body: JSON.stringify({ mode: "ok" }) });
  });

  for (const row of [...recordedRows("sub2api"), ...recordedRows("new-api")]) {
    const { gateway, state, check, testRequest } = row;
    it(`${gateway}, ${state}: Check Endpoint Health`, async () => {
      await replay(row);
      assertRight(check, await checkHealth());
      assertHarmless(await requests(), 4);
    });

    // Silence takes as long as it takes; the rules for it are tried in unit tests.
    if (state === "upstream-hang") continue;
    it(`${gateway}, ${state}: Send a Test Request`, async () => {
      await replay(row);
      const { outcome, code = "" } = await vscode.commands.executeCommand<{ outcome: string; code?: string }>(
        Command.sendTestRequest,
        silent,
      );
      const isFailed = testRequest.includes("failed") && outcome === "failed";
      assert.ok(isFailed || isRight(testRequest, outcome === "ok" ? "ok" : code), `${outcome} ${code}`);
      assert.equal((await requests()).length, 1);
    });
  }

  it("an endpoint with the Responses API below /v1 only: Codex gets /v1, and then all is well", async () => {
    const config = () => fs.readFileSync(path.join(HOME, ".codex/config.toml"), "utf8");
    await configuration().update(Setting.baseUrl, SECOND_GATEWAY, vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand(Command.configureCodex, silent);
      assert.ok(config().includes(`"${SECOND_GATEWAY}"`), config());
      await replay({ gateway: "new-api", state: "good", mapsResponses: false }, SECOND_GATEWAY);
      assertRight(["notAnApi endpoint/missing-v1"], await checkHealth());
      assertHarmless(await requests(SECOND_GATEWAY), 5);
      await vscode.commands.executeCommand(Command.configureCodex, silent);
      assert.ok(config().includes(`"${SECOND_GATEWAY}/v1"`), config());
      assertRight(["ok"], await checkHealth());
    } finally {
      await configuration().update(Setting.baseUrl, GATEWAY, vscode.ConfigurationTarget.Global);
    }
  });
});

describe("with a key stored, what the clients printed", function () {
  this.timeout(60_000);

  for (const each of recordedLines()) {
    const { gateway, client, state, line, right } = each;
    it(`${gateway}, ${client}, ${state}: ${line.slice(0, 60)}`, async () => {
      const explained = await vscode.commands.executeCommand<{ code: string }[]>(Command.explainError, {
        text: line,
      });
      const found = explained.map(({ code }) => code);
      assert.ok(isRight(right, firstOf(each, found)), `${found.join(", ")} instead of ${right.join(" or ")}`);
    });
  }
});
