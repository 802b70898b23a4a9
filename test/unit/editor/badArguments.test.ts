import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Command } from "../../../src/ids";
import { ANSWERS } from "../../editor/contractShapes";
import { commands, user } from "../../fakes/vscode";
import { Memory, Secrets, servicesIn } from "./services";

const { registerCommands } = await import("../../../src/editor/commands");
const { ChangePreview } = await import("../../../src/editor/preview/preview");

const KEY = "sk-" + "ab12".repeat(16);

/** What other extensions, keybindings and tasks can call with whatever they like. */
const CALLED = [
  Command.restoreConfiguration,
  Command.removeConfiguration,
  Command.configureCodex,
  Command.configureOpenCode,
  Command.applyFix,
  Command.fixAll,
  Command.addToCcSwitch,
  Command.sendTestRequest,
  Command.explainError,
];

/** Of no type that the contract knows, or of the right one and senseless. */
const VALUES: Readonly<Record<string, unknown>> = {
  null: null,
  number: 42,
  "not a number": NaN,
  true: true,
  empty: "",
  unknown: "cursor",
  "name of a prototype": "__proto__",
  constructor: "constructor",
  "method of objects": "toString",
  "empty list": [],
  "list of a client": ["codex"],
  object: { toString: () => "codex" },
  function: () => "codex",
  symbol: Symbol("codex"),
  bigint: 1n,
  huge: "x".repeat(3_000_000),
  "with NUL": "codex\0",
  "path with NUL": "/etc/passwd\0.toml",
  "path upwards": "../../../etc/passwd",
  "without prototype": Object.create(null) as unknown,
  "that turns into itself": new Proxy({}, { get: (_target, _name, self: unknown) => self }),
};
const MEMBERS = ["client", "id", "code", "path", "text"];

describe("with arguments that make no sense", function () {
  this.timeout(60_000);
  let home: string;
  let typed: number;
  beforeEach(async () => {
    user.reset();
    typed = 0;
    user.type = () => (typed++, undefined);
    // Nobody listens there, so nothing leaves this machine.
    user.settings.set("tokenpool.baseUrl", "http://127.0.0.1:1");
    user.settings.set("http.proxySupport", "off");
    home = await fs.mkdtemp(path.join(os.tmpdir(), "arguments-"));
    const services = { memory: new Memory(), preview: new ChangePreview() };
    registerCommands(servicesIn(home, fs, new Secrets(KEY), services));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const shown = () => [user.messages, user.lists, user.inputBox, user.picker, user.progress, typed];
  const nothingShown = [[], [], undefined, undefined, [], 0];

  /** @returns what is not as the contract has it */
  async function faults(id: Command, argument: unknown): Promise<string[]> {
    try {
      const answer: unknown = await commands.executeCommand(id, argument);
      const plain: unknown = answer === undefined ? undefined : JSON.parse(JSON.stringify(answer));
      assert.deepEqual(answer, plain, "plain JSON");
      const isLeft = (plain as { outcome?: string } | undefined)?.outcome === "cancelled";
      // What is answered where somebody is asked is not in the table.
      const otherwise = id === Command.sendTestRequest ? "failed" : "unchanged";
      ANSWERS[id](isLeft ? { ...(plain as object), outcome: otherwise } : plain);
      assert.ok(!JSON.stringify(plain ?? null).includes(KEY), "the key");
      return [];
    } catch (error) {
      return [String(error)];
    }
  }

  for (const id of CALLED) {
    const arguments_ = Object.entries(VALUES).flatMap(([name, value]) => [
      ...MEMBERS.map((member) => [`${member}: ${name}`, { [member]: value }] as const),
      [`all: ${name}`, Object.fromEntries(MEMBERS.map((member) => [member, value]))] as const,
    ]);

    it(`${id} answers by the contract and shows nothing where nobody is to be asked`, async () => {
      const found: string[] = [];
      for (const [name, argument] of arguments_) {
        for (const fault of await faults(id, { ...argument, confirm: false }))
          found.push(`${name}: ${fault}`);
        if (JSON.stringify(shown()) !== JSON.stringify(nothingShown)) {
          found.push(`${name}: shows ${JSON.stringify(shown()).slice(0, 200)}`);
          user.reset();
          return assert.fail(found.join("\n"));
        }
      }
      assert.deepEqual(found, []);
    });

    it(`${id} answers by the contract where the user leaves whatever is asked`, async () => {
      user.answerPreview = () => "cancel";
      const found: string[] = [];
      const own = JSON.parse('{"__proto__": {"client": "codex", "confirm": false}}') as unknown;
      const turning = "that turns into itself";
      const whole = Object.entries({ ...VALUES, "a prototype": own }).filter(([name]) => name !== turning);
      for (const [name, argument] of [...whole, ...arguments_])
        for (const fault of await faults(id, argument)) found.push(`${name}: ${fault}`);
      assert.deepEqual(found, []);
    });

    it(`${id} reads each member of its argument once, and says what threw there`, async () => {
      let reads = 0;
      const twice = {
        get confirm() {
          return reads++ > 0;
        },
      };
      await commands.executeCommand(id, twice);
      assert.deepEqual([reads, shown()], [1, nothingShown]);
      const throwing = {
        get confirm(): boolean {
          throw new RangeError("theirs");
        },
      };
      await assert.rejects(commands.executeCommand(id, throwing), { name: "RangeError", message: "theirs" });
      assert.deepEqual(shown(), nothingShown);
    });
  }
});
