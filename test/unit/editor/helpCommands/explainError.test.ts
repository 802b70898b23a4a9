import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Command } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { healthReport } from "../../doctor/machine";
import { Secrets, servicesIn } from "../services";

const { explainError } = await import("../../../../src/editor/helpCommands/explainError");

const REFUSED = "unexpected status 401 Unauthorized: Invalid API key, url: https://api.clawto.link/responses";
const UNKNOWN = "It rains.";

describe("explaining an error", () => {
  let home: string;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "explain-"));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const services = () => servicesIn(home, fs, new Secrets(undefined));
  /** @returns the codes, and when what follows the answer has been shown */
  async function explain(text?: string): Promise<string[]> {
    const codes = (await explainError(services(), text, true)).map(({ code }) => code);
    await new Promise(setImmediate);
    return codes;
  }

  it("only answers another program, and shows it nothing", async () => {
    user.selection = UNKNOWN;
    assert.equal((await explain(REFUSED))[0], "account/key-invalid");
    assert.deepEqual(await explain(UNKNOWN), []);
    assert.deepEqual([user.messages, user.lists], [[], []]);
  });

  for (const [state, code] of [
    ["rateLimited", "account/rate-limited"],
    ["noQuota", "account/no-quota"],
  ] as const) {
    it(`puts first what the last check has seen: ${code}`, async () => {
      const health = { knownRoute: () => Promise.resolve(undefined), findings: {} };
      const report = healthReport({ state, code });
      const checked = servicesIn(home, fs, new Secrets(undefined), { health: { ...health, report } });
      const text = "exceeded retry limit, last status: 429 Too Many Requests";
      assert.equal((await explainError(checked, text, true))[0]?.code, code);
    });
  }

  it("takes what is selected without asking", async () => {
    user.selection = REFUSED;
    user.type = () => assert.fail("nothing is asked");
    assert.equal((await explain())[0], "account/key-invalid");
  });

  it("asks where nothing but blanks is selected, and ends when the box is left", async () => {
    let asked = 0;
    user.selection = " \n";
    user.type = () => {
      asked++;
      return undefined;
    };
    assert.deepEqual(await explain(), []);
    assert.deepEqual([asked, user.messages], [1, []]);
  });

  it("lets choose between several meanings, and shows the chosen one whole", async () => {
    user.type = () => REFUSED;
    user.choose = (items) => items[1];
    const [, second] = await explain();
    assert.ok(second, "there are two");
    const shown = user.messages[0];
    assert.equal(shown?.text, user.lists[0]?.[1]?.label);
    assert.ok(shown?.detail?.startsWith(user.lists[0]?.[1]?.detail ?? "?"));
  });

  it("shows none when the list of meanings is left", async () => {
    user.type = () => REFUSED;
    assert.ok((await explain()).length > 1);
    assert.deepEqual(user.messages, []);
  });

  it("runs what helps when its button is pressed", async () => {
    user.type = () => REFUSED;
    user.choose = (items) => items[0];
    user.press = () => "Set API Key…";
    await explain();
    assert.deepEqual(user.ran, [[Command.setApiKey]]);
  });

  it("leads from an unknown error to a look at the machine", async () => {
    user.type = () => UNKNOWN;
    user.press = () => "Open Troubleshooting";
    assert.deepEqual(await explain(), []);
    assert.match(user.messages[0]?.text ?? "", /does not know this error/);
    assert.deepEqual(user.ran, [[Command.troubleshoot]]);
  });

  it("asks for another text after an unknown one", async () => {
    const typed = [UNKNOWN, undefined];
    user.type = () => typed.shift();
    user.press = () => "Explain Another…";
    await explain();
    assert.deepEqual([typed.length, user.messages.length], [0, 1]);
  });
});
