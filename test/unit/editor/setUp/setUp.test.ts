import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { PreparedChange } from "../../../../src/changes/prepare";
import type { PreviewAnswer } from "../../../../src/editor/preview/previewQuestion";
import { ENDPOINTS } from "../../../../src/gateway/endpoints";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { closedPort } from "../../health/loopback";
import { Secrets, servicesIn } from "../services";

const { setUp } = await import("../../../../src/editor/setUp/setUp");

const KEY = "sk-" + "ab12".repeat(16);
const OWN = "http://127.0.0.1:9";
const [RECOMMENDED, OTHER] = ENDPOINTS;
const hostOf = ({ baseUrl }: { readonly baseUrl: string }) => new URL(baseUrl).host;

interface Shown {
  readonly titles: readonly string[];
  readonly notices: string;
}

describe("setting up", () => {
  let home: string;
  let secrets: Secrets;
  /** Previews that were shown, and what they are answered with. */
  let previews: Shown[];
  let answers: PreviewAnswer[];
  /** Where the key was sent to. */
  let probed: (string | undefined)[];
  let programs: string;
  beforeEach(async () => {
    user.reset();
    // What is measured ends at this machine.
    user.settings.set("http.proxy", `http://127.0.0.1:${await closedPort()}`);
    home = await fs.mkdtemp(path.join(os.tmpdir(), "set-up-"));
    programs = await fs.mkdtemp(path.join(os.tmpdir(), "set-up-programs-"));
    secrets = new Secrets(KEY);
    [previews, answers, probed] = [[], [], []];
  });
  afterEach(() => Promise.all([home, programs].map((folder) => fs.rm(folder, { recursive: true }))));

  const report = { state: "ok", endpoint: RECOMMENDED.baseUrl, checkedAt: "", via: "direct" };
  const checked = { report: { ...report, phases: { totalMs: 1 } }, findings: { models: ["m1", "m2"] } };
  const preview = {
    turn: () => Promise.resolve(() => undefined),
    ask: (changes: readonly PreparedChange[], notices: readonly string[]) => {
      const shown = [...changes.flatMap(({ plan }) => plan.notices), ...notices].join("\n");
      previews.push({ titles: changes.map(({ plan }) => plan.title), notices: shown });
      return Promise.resolve(answers.shift() ?? "cancel");
    },
  };
  function services() {
    const nothing = () => Promise.resolve(undefined);
    const probeKey = (_key: string, _signal: AbortSignal, endpoint: string | undefined) => {
      probed.push(endpoint);
      return Promise.resolve(checked);
    };
    const health = { knownRoute: nothing, checkNow: nothing, probeKey, findings: {}, report: undefined };
    const all = servicesIn(home, fs, secrets, { health, preview });
    return { ...all, environment: () => ({ ...all.environment(), variables: { PATH: programs } }) };
  }
  const start = () => setUp(services());
  const write = async (name: string, text: string) => {
    await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await fs.writeFile(path.join(home, name), text);
  };
  const read = (name: string) => fs.readFile(path.join(home, name), "utf8");
  const titles = () => previews.map((shown) => shown.titles.join(", "));

  it("begins with the key, and ends where none is given", async () => {
    secrets.stored = undefined;
    const setting = start();
    while (!user.inputBox) await new Promise(setImmediate);
    user.inputBox.hide();
    await setting;
    assert.deepEqual([previews, probed, user.settings.has(Setting.baseUrl)], [[], [], false]);
  });

  it("asks nothing between the pasted key and the preview, and nothing after it", async () => {
    secrets.stored = undefined;
    answers = ["apply"];
    const setting = start();
    while (!user.inputBox) await new Promise(setImmediate);
    await user.inputBox.enter(KEY);
    await setting;
    assert.deepEqual([user.picker, user.lists, titles()], [undefined, [], ["Configure Codex for TokenPool"]]);
    assert.match(await read(".codex/config.toml"), new RegExp(`base_url = "${RECOMMENDED.baseUrl}"`));
    assert.deepEqual(probed, [RECOMMENDED.baseUrl], "the key is checked where the clients will send it");
    assert.equal(user.settings.has(Setting.baseUrl), false, "what is the default anyway is not set");
    assert.deepEqual(
      user.messages.map(({ text }) => /^TokenPool is set up for Codex\./.test(text)),
      [true],
    );
  });

  it("does not ask for a key that is stored", async () => {
    await start();
    assert.deepEqual([user.inputBox, probed, previews.length], [undefined, [], 1]);
  });

  it("keeps an address that the user has set, and checks the key there", async () => {
    user.settings.set(Setting.baseUrl, `${OWN}/`);
    secrets.stored = undefined;
    answers = ["apply"];
    const setting = start();
    while (!user.inputBox) await new Promise(setImmediate);
    await user.inputBox.enter(KEY);
    await setting;
    assert.deepEqual([user.settings.get(Setting.baseUrl), probed], [`${OWN}/`, [OWN]]);
    assert.match(await read(".codex/config.toml"), new RegExp(`base_url = "${OWN}"`));
  });

  it("says what is wrong with an address that cannot be used, and asks for nothing", async () => {
    user.settings.set(Setting.baseUrl, "http://api.clawto.link");
    secrets.stored = undefined;
    await start();
    assert.deepEqual([user.messages.length, user.inputBox, previews], [1, undefined, []]);
  });

  describe("proposes the clients that are there:", () => {
    const CODEX = "Configure Codex for TokenPool";
    const OPENCODE = "Configure OpenCode for TokenPool";
    const program = (name: string) => fs.writeFile(path.join(programs, name), "#!/bin/sh\n", { mode: 0o755 });

    it("those with a program on the PATH", async () => {
      await program("opencode");
      await start();
      await program("codex");
      await start();
      assert.deepEqual(titles(), [OPENCODE, `${CODEX}, ${OPENCODE}`]);
    });

    it("those with a home that holds something, such as the app's", async () => {
      await write(".config/opencode/package.json", "{}");
      await start();
      await write(".codex/version.json", "{}");
      await start();
      assert.deepEqual(titles(), [OPENCODE, `${CODEX}, ${OPENCODE}`]);
    });

    it("Codex for its extension", async () => {
      await program("opencode");
      user.extensions.add("openai.chatgpt");
      await start();
      assert.deepEqual(titles(), [`${CODEX}, ${OPENCODE}`]);
    });

    it("Codex where none is: an empty home is no sign", async () => {
      await fs.mkdir(path.join(home, ".config/opencode"), { recursive: true });
      await start();
      assert.deepEqual(titles(), [CODEX]);
    });

    it("without one whose file cannot be changed, and says why", async () => {
      await write(".config/opencode/opencode.json", '{ "a": }');
      await write(".codex/config.toml", 'model = "mine"\n');
      answers = ["apply"];
      await start();
      assert.deepEqual(titles(), [CODEX]);
      assert.match(previews[0]?.notices ?? "", /OpenCode is left out: .*opencode\.json:1: /);
      assert.equal(await read(".config/opencode/opencode.json"), '{ "a": }');
    });

    it("none where no file can be changed, and says why", async () => {
      await write(".codex/config.toml", "x = = 1\n");
      await start();
      assert.deepEqual(previews, []);
      assert.deepEqual(
        user.messages.map(({ kind, buttons }) => [kind, ...buttons]),
        [["error", "Open File"]],
      );
    });
  });

  it("changes nothing when the preview is cancelled", async () => {
    await start();
    const written = (await fs.readdir(home)).filter((name) => name !== "store");
    assert.deepEqual([written, user.messages], [[], []]);
  });

  it("leaves alone what is right already", async () => {
    answers = ["apply"];
    await start();
    await start();
    assert.equal(previews.length, 1);
    assert.match(user.messages.at(-1)?.text ?? "", /is set up for Codex/);
  });

  describe("is changed in the preview:", () => {
    beforeEach(() => {
      answers = ["change", "apply"];
    });
    const chooseWay = (label: string, then: typeof user.choose = () => undefined) => {
      user.choose = (items) => items.find((item) => item.label === label) ?? then(items);
    };

    it("the endpoint, which becomes a setting with Apply", async () => {
      chooseWay("Endpoint…");
      const setting = start();
      while (!user.picker) await new Promise(setImmediate);
      assert.equal(user.settings.has(Setting.baseUrl), false);
      user.picker.accept(hostOf(OTHER));
      await setting;
      assert.equal(user.settings.get(Setting.baseUrl), OTHER.baseUrl);
      assert.match(await read(".codex/config.toml"), new RegExp(`base_url = "${OTHER.baseUrl}"`));
    });

    it("the clients", async () => {
      chooseWay("Clients…", (items) => items.filter(({ label }) => label === "OpenCode"));
      await start();
      assert.deepEqual(titles(), ["Configure Codex for TokenPool", "Configure OpenCode for TokenPool"]);
      await assert.rejects(read(".codex/config.toml"));
    });

    it("the models, from what the gateway offers to the key", async () => {
      chooseWay("Models…", (items) => items.find(({ label }) => ["Review model", "m2"].includes(label)));
      await start();
      assert.deepEqual(
        [user.settings.get(Setting.reviewModel), user.settings.has(Setting.model)],
        ["m2", false],
      );
      assert.match(await read(".codex/config.toml"), /^review_model = "m2"$/m);
    });

    for (const way of ["Endpoint…", "Clients…", "Models…"])
      it(`nothing, where the list behind ${way} is left`, async () => {
        answers = ["change", "cancel"];
        chooseWay(way);
        const setting = start();
        if (way === "Endpoint…") {
          while (!user.picker) await new Promise(setImmediate);
          user.picker.hide();
        }
        await setting;
        assert.deepEqual(previews.length, 2);
        assert.deepEqual(previews[0], previews[1]);
      });
  });
});
