import assert from "node:assert/strict";
import * as path from "node:path";
import * as vscode from "vscode";
import { Command } from "../../src/ids";
import { ANSWERS } from "./contractShapes";
import { FILES, HOME, KINDS, rememberFiles, replace } from "./hostileHome";

const KEY = process.env.TOKENPOOL_TEST_KEY ?? "";
/** Nothing here takes a second; a command that hangs or blocks its host is a fault. */
const WATCHDOG_MS = 10_000;

/** Two hosts share the kinds, because this takes longer than all the rest; one that is alone tries them all. */
const SHARES: readonly (string | undefined)[] = ["first", "second"];
const share = SHARES.indexOf(process.env.TOKENPOOL_TEST_SUBSET);
const kinds = Object.entries(KINDS).filter((_, index) => share < 0 || index % SHARES.length === share);

const silent = { confirm: false };
const everyClient = ["codex", "opencode"].map((client) => ({ client, ...silent }));
const ERROR_TEXT = "ERROR: Quota exceeded. Check your plan and billing details.";

/** With what each command is called while a file is hostile; those that cannot be silent ask, and nobody answers. */
const CALLS: Readonly<Record<Command, (file: string) => readonly (object | undefined)[]>> = {
  [Command.diagnose]: () => [silent],
  [Command.applyFix]: (file) => [{ path: file, ...silent }],
  [Command.fixAll]: () => [silent],
  [Command.configureCodex]: () => [silent],
  [Command.configureOpenCode]: () => [silent],
  [Command.removeConfiguration]: () => everyClient,
  [Command.restoreConfiguration]: () => everyClient,
  [Command.addToCcSwitch]: () => everyClient,
  [Command.copyReport]: () => [silent],
  [Command.explainError]: () => [{ text: ERROR_TEXT }],
  [Command.sendTestRequest]: () => [silent],
  [Command.checkHealth]: () => [undefined],
  [Command.unstageKey]: (file) => [{ path: file }],
  [Command.troubleshoot]: () => [undefined],
  [Command.getStarted]: () => [undefined],
  [Command.showLog]: () => [undefined],
  [Command.applyPreview]: () => [undefined],
  [Command.cancelPreview]: () => [undefined],
  [Command.changePreview]: () => [undefined],
  [Command.setUp]: () => [undefined],
  [Command.setApiKey]: () => [undefined],
  [Command.selectApiKey]: () => [undefined],
  [Command.removeApiKey]: () => [undefined],
  [Command.selectEndpoint]: () => [undefined],
  [Command.selectModel]: () => [undefined],
  [Command.showActions]: () => [undefined],
  [Command.openCodex]: () => [undefined],
  [Command.openOpenCode]: () => [undefined],
  // Would open a page of the world outside.
  [Command.replaceApiKey]: () => [],
  // Reads no file, and would open a page of the world outside.
  [Command.openConsole]: () => [],
};

const isOfCodex = (name: string) => /codex|cc-switch/.test(name);

/**
 * What is tried with each file alone: the look at everything, and what changes the client that reads it. With all
 * files hostile at once, every command is.
 */
function callsAbout(name: string): (readonly [Command, object])[] {
  const client = isOfCodex(name) ? "codex" : "opencode";
  return [
    [Command.diagnose, silent],
    [Command.applyFix, { path: path.join(HOME, name), ...silent }],
    [Command.fixAll, silent],
    [client === "codex" ? Command.configureCodex : Command.configureOpenCode, silent],
    [Command.removeConfiguration, { client, ...silent }],
    [Command.restoreConfiguration, { client, ...silent }],
    [Command.addToCcSwitch, { client, ...silent }],
  ];
}

/** These wait for somebody; so they are left as soon as they have shown something. */
const ASKING: readonly Command[] = [
  Command.setUp,
  Command.setApiKey,
  Command.selectApiKey,
  Command.removeApiKey,
  Command.selectEndpoint,
  Command.selectModel,
  Command.showActions,
];

/** The watchdog's own end is a failure like any other. */
async function answerOf(command: Command, argument: object | undefined): Promise<unknown> {
  let watchdog: NodeJS.Timeout | undefined;
  const started = performance.now();
  const bite = new Promise<never>((_, reject) => {
    watchdog = setTimeout(() => reject(new Error(`no answer within ${WATCHDOG_MS} ms`)), WATCHDOG_MS);
  });
  let answered = false;
  const answer = Promise.resolve(vscode.commands.executeCommand(command, argument)).finally(
    () => (answered = true),
  );
  const leave = async (): Promise<never> => {
    // Each turn goes to the window and back, so this does not keep the host from its work.
    while (!answered)
      for (const leaving of ["workbench.action.closeQuickOpen", Command.cancelPreview])
        await vscode.commands.executeCommand(leaving);
    return bite;
  };
  try {
    return await Promise.race([answer, bite, ...(ASKING.includes(command) ? [leave()] : [])]);
  } finally {
    clearTimeout(watchdog);
    assert.ok(performance.now() - started < WATCHDOG_MS, "the host was blocked");
  }
}

describe("with a key stored, every command in a home of hostile files", function () {
  this.timeout(300_000);
  let putBack: () => void;

  before(async () => {
    // The harness types the key: nothing inside the window can reach the secret storage of another extension.
    assert.equal(await vscode.commands.executeCommand(Command.setApiKey), true, "the key is stored");
    for (const command of [Command.configureCodex, Command.configureOpenCode]) {
      const { outcome } = (await answerOf(command, silent)) as { outcome: string };
      assert.equal(outcome, "applied");
    }
    putBack = rememberFiles();
  });
  afterEach(() => putBack());
  after(async () => {
    const { outcome } = (await answerOf(Command.configureCodex, silent)) as { outcome: string };
    assert.notEqual(outcome, "refused", "the key is still stored");
  });

  for (const [kind, plant] of kinds) {
    /** @returns what is not as the contract has it */
    async function tryCall(command: Command, argument: object | undefined, hostile: readonly string[]) {
      putBack();
      for (const name of hostile) replace(name, plant);
      try {
        const answer = await answerOf(command, argument);
        ANSWERS[command](answer);
        assert.ok(!JSON.stringify(answer ?? null).includes(KEY), "the key is in the answer");
        return [];
      } catch (error) {
        return [`${command} ${JSON.stringify(argument)}, hostile: ${hostile.join(", ")}: ${String(error)}`];
      }
    }

    it(`answers by the contract while one is ${kind}`, async () => {
      const failures: string[] = [];
      for (const name of FILES)
        for (const [command, argument] of callsAbout(name))
          failures.push(...(await tryCall(command, argument, [name])));
      assert.deepEqual(failures, []);
    });

    it(`answers by the contract while all are ${kind}`, async () => {
      const failures: string[] = [];
      for (const command of Object.values(Command))
        for (const argument of CALLS[command](path.join(HOME, FILES[0] ?? "")))
          failures.push(...(await tryCall(command, argument, FILES)));
      assert.deepEqual(failures, []);
    });
  }
});
