import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { PreparedChange } from "../../../../src/changes/prepare";
import type { PreviewAnswer } from "../../../../src/editor/preview/previewQuestion";
import { ENDPOINTS } from "../../../../src/gateway/endpoints";
import { Setting } from "../../../../src/ids";
import { user, workspace } from "../../../fakes/vscode";
import { closedPort } from "../../health/loopback";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { writeKey } = await import("../../../../src/editor/keys/clientKeys");
const { CLIENTS } = await import("../../../../src/clients/registry");
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
    [previews, answers, probed, foreignFolders] = [[], [], [], []];
    codexHome = "";
    checked = working;
    known = undefined;
  });
  afterEach(() => Promise.all([home, programs].map((folder) => fs.rm(folder, { recursive: true }))));

  const report = { state: "ok", endpoint: RECOMMENDED.baseUrl, checkedAt: "", via: "direct" };
  const working = { report: { ...report, phases: { totalMs: 1 } }, findings: { models: ["m1", "m2"] } };
  let checked: object;
  let foreignFolders: string[];
  /** As it is set. */
  let codexHome: string;
  /** What the last check said. */
  let known: object | undefined;
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
    const health = { knownRoute: nothing, checkNow: nothing, probeKey, findings: {}, report: known };
    const all = servicesIn(home, fs, secrets, { health, preview });
    return {
      ...all,
      environment: () => ({
        ...all.environment(),
        variables: { PATH: programs },
        foreignFolders,
        configuredDirectory: { codex: codexHome, opencode: "" },
      }),
    };
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
    const box = await until(() => user.inputBox);
    box.hide();
    await setting;
    assert.deepEqual([previews, probed, user.settings.has(Setting.baseUrl)], [[], [], false]);
  });

  it("asks nothing between the pasted key and the preview, and nothing after it", async () => {
    secrets.stored = undefined;
    answers = ["apply"];
    const setting = start();
    const box = await until(() => user.inputBox);
    await box.enter(KEY);
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

  it("asks for another key in place of a stored one that the gateway refuses, and says why", async () => {
    known = { ...report, state: "unauthorized", code: "account/key-invalid", phases: { totalMs: 1 } };
    const setting = start();
    const box = await until(() => user.inputBox);
    assert.match(box.prompt ?? "", /does not accept this API key.*Paste your API key/);
    const other = "sk-" + "cd34".repeat(16);
    await box.enter(other);
    await setting;
    assert.deepEqual([secrets.stored, previews.length], [other, 1]);
  });

  it("keeps an address that the user has set, and checks the key there", async () => {
    user.settings.set(Setting.baseUrl, `${OWN}/`);
    secrets.stored = undefined;
    answers = ["apply"];
    const setting = start();
    const box = await until(() => user.inputBox);
    await box.enter(KEY);
    await setting;
    assert.deepEqual([user.settings.get(Setting.baseUrl), probed], [`${OWN}/`, [OWN]]);
    assert.match(await read(".codex/config.toml"), new RegExp(`base_url = "${OWN}"`));
  });

  it("keeps an address that the user has set while the key was typed", async () => {
    secrets.stored = undefined;
    answers = ["apply"];
    const setting = start();
    const box = await until(() => user.inputBox);
    user.settings.set(Setting.baseUrl, OWN);
    await box.enter(KEY);
    await setting;
    assert.equal(user.settings.get(Setting.baseUrl), OWN);
    assert.match(await read(".codex/config.toml"), new RegExp(`base_url = "${OWN}"`));
  });

  it("replaces no address that has become wrong while the key was typed", async () => {
    secrets.stored = undefined;
    const setting = start();
    const box = await until(() => user.inputBox);
    user.settings.set(Setting.baseUrl, "nonsense");
    await box.enter(KEY);
    await setting;
    assert.deepEqual([user.settings.get(Setting.baseUrl), previews], ["nonsense", []]);
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

    it("with a directory that somebody named and that is not there yet, and says so", async () => {
      codexHome = path.join(home, "named");
      await start();
      codexHome = "";
      await start();
      const told = previews.map(({ notices }) => /^.* does not exist yet.*$/m.exec(notices)?.[0]);
      assert.deepEqual(told, [`${path.join(home, "named")} does not exist yet and is created.`, undefined]);
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
      const picker = await until(() => user.picker);
      assert.equal(user.settings.has(Setting.baseUrl), false);
      picker.accept(hostOf(OTHER));
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

    it("and says what was written, with the way back, where the settings cannot be written then", async () => {
      const settings = workspace.getConfiguration();
      const update = settings.update.bind(settings);
      const reason = "Unable to write into user settings.";
      settings.update = () => Promise.reject(new Error(reason));
      try {
        chooseWay("Models…", (items) => items.find(({ label }) => ["Review model", "m2"].includes(label)));
        await start();
      } finally {
        settings.update = update;
      }
      await until(() => user.messages.length >= 2);
      const [failed, done] = user.messages;
      assert.deepEqual([failed?.kind, failed?.text], ["error", reason]);
      assert.match(done?.text ?? "", /^TokenPool is set up for Codex/);
      assert.ok(done?.buttons.includes("Undo"));
    });

    for (const way of ["Endpoint…", "Clients…", "Models…"])
      it(`nothing, where the list behind ${way} is left`, async () => {
        answers = ["change", "cancel"];
        chooseWay(way);
        const setting = start();
        if (way === "Endpoint…") {
          const picker = await until(() => user.picker);
          picker.hide();
        }
        await setting;
        assert.deepEqual(previews.length, 2);
        assert.deepEqual(previews[0], previews[1]);
      });
  });

  it("leaves a client the key that it has of the stored ones, when it is run again", async () => {
    const other = "sk-" + "cd34".repeat(16);
    const all = services();
    await all.apiKeys.add(other, "Private");
    answers = ["apply", "apply"];
    for (const name of [".codex/history.jsonl", ".config/opencode/theme.json"]) await write(name, "{}");
    await setUp(all);
    await writeKey(all, [CLIENTS.opencode], other, false);
    user.settings.set(Setting.model, "gpt-other");
    await setUp(all);
    assert.match(await read(".codex/config.toml"), /gpt-other/);
    assert.equal((await read(".config/tokenpool/api-key")).trim(), other);
  });

  describe("where other keys are stored than the one in use, which was removed,", () => {
    const OTHER_KEY = "sk-" + "cd34".repeat(16);
    let all: ReturnType<typeof services>;
    beforeEach(async () => {
      all = services();
      await all.apiKeys.add(OTHER_KEY, "Work");
      await all.apiKeys.remove(KEY);
      answers = ["apply"];
    });

    it("offers them, and checks the chosen one before it goes on with it", async () => {
      user.choose = (items) => items.find(({ label }) => label === "Work");
      await setUp(all);
      assert.deepEqual(
        user.lists[0]?.map(({ label, description }) => [label, description]),
        [
          ["Work", "sk-…cd34"],
          ["Paste Another Key…", undefined],
        ],
      );
      assert.deepEqual([secrets.stored, probed], [OTHER_KEY, [RECOMMENDED.baseUrl]]);
      assert.deepEqual(titles(), ["Configure Codex for TokenPool"]);
      assert.match(await read(".codex/auth.json"), new RegExp(OTHER_KEY));
    });

    for (const [title, sent, offered] of [
      [
        "another one",
        KEY,
        [
          ["Use the Key of OpenCode", "sk-…ab12"],
          ["Work", "sk-…cd34"],
        ],
      ],
      ["one of them", OTHER_KEY, [["Use the Key of OpenCode", "sk-…cd34"]]],
    ] as const)
      it(`offers each key once, where a client sends ${title}`, async () => {
        const options = { baseURL: `${RECOMMENDED.baseUrl}/v1`, apiKey: sent };
        await write(".config/opencode/opencode.json", JSON.stringify({ provider: { relay: { options } } }));
        await setUp(all);
        assert.deepEqual(
          user.lists[0]?.map(({ label, description }) => [label, description]),
          [...offered, ["Paste Another Key…", undefined]],
        );
        assert.deepEqual([secrets.stored, probed, previews], [undefined, [], []]);
      });
  });

  describe("where a client sends a key to TokenPool already", () => {
    const OTHER_KEY = "sk-" + "cd34".repeat(16);
    let use: string | undefined;
    beforeEach(() => {
      secrets.stored = undefined;
      use = "Use This Key";
      user.press = () => use;
    });

    const codexByHand = async (key: string, baseUrl = RECOMMENDED.baseUrl, provider = "mine") => {
      const table = `[model_providers.${provider}]\nname = "Mine"\nbase_url = "${baseUrl}/v1"\nrequires_openai_auth = true\n`;
      await write(".codex/config.toml", `model_provider = "${provider}"\n${table}`);
      await write(".codex/auth.json", JSON.stringify({ OPENAI_API_KEY: key }));
    };
    const opencodeByHand = (key: string, baseUrl: string = RECOMMENDED.baseUrl) =>
      write(
        ".config/opencode/opencode.json",
        JSON.stringify({ provider: { relay: { options: { baseURL: `${baseUrl}/v1`, apiKey: key } } } }),
      );
    const filesNow = async () => {
      const names = await fs.readdir(home, { recursive: true, withFileTypes: true });
      const files = names
        .filter((each) => each.isFile())
        .map((each) => path.join(each.parentPath, each.name));
      return Promise.all(files.sort().map(async (file) => [file, await fs.readFile(file, "utf8")]));
    };

    it("takes it over with one answer, checks it where it was sent, and changes no file", async () => {
      await codexByHand(KEY, OTHER.baseUrl);
      const before = await filesNow();
      await start();
      assert.deepEqual(
        user.messages.map(({ text }) => text),
        [
          `Codex already uses TokenPool (${hostOf(OTHER)}). Use its key, sk-…ab12?`,
          "TokenPool is set up for Codex. Nothing had to be changed.",
        ],
      );
      assert.deepEqual(
        [secrets.stored, probed, previews, user.inputBox],
        [KEY, [OTHER.baseUrl], [], undefined],
      );
      assert.deepEqual(await filesNow(), before);
      assert.equal(user.settings.get(Setting.baseUrl), OTHER.baseUrl);
    });

    it("finds nothing to do the second time either", async () => {
      await codexByHand(KEY);
      await opencodeByHand(KEY);
      const before = await filesNow();
      await start();
      await start();
      assert.deepEqual([previews, await filesNow()], [[], before]);
      assert.equal(
        user.messages.at(-1)?.text,
        "TokenPool is set up for Codex, OpenCode. Nothing had to be changed.",
      );
    });

    it("proposes the second time what is not right: another key, or what keeps a client from working", async () => {
      await codexByHand(KEY);
      await opencodeByHand(OTHER_KEY);
      secrets.stored = KEY;
      await start();
      await opencodeByHand(KEY);
      await fs.appendFile(path.join(home, ".codex/config.toml"), 'wire_api = "chat"\n');
      await start();
      assert.deepEqual(titles(), ["Configure OpenCode for TokenPool", "Configure Codex for TokenPool"]);
    });

    it("keeps an address that the user has set, and leaves the client at its own", async () => {
      user.settings.set(Setting.baseUrl, RECOMMENDED.baseUrl);
      await codexByHand(KEY, OTHER.baseUrl);
      const before = await filesNow();
      await start();
      assert.deepEqual([secrets.stored, probed], [KEY, [OTHER.baseUrl]]);
      assert.equal(user.settings.get(Setting.baseUrl), RECOMMENDED.baseUrl);
      assert.deepEqual(await filesNow(), before);
    });

    it("brings the other clients in one preview", async () => {
      await codexByHand(KEY);
      await write(".config/opencode/package.json", "{}");
      answers = ["apply"];
      await start();
      assert.deepEqual(titles(), ["Configure OpenCode for TokenPool"]);
      assert.equal((await read(".config/tokenpool/api-key")).trim(), KEY);
    });

    it("sends nothing and stores nothing before the yes, or without it", async () => {
      await codexByHand(KEY);
      use = undefined;
      await start();
      assert.deepEqual([secrets.stored, probed, previews, user.inputBox], [undefined, [], [], undefined]);
    });

    it("asks for another one where the user has one", async () => {
      await codexByHand(KEY);
      use = "Paste Another";
      const setting = start();
      const box = await until(() => user.inputBox);
      await box.enter(OTHER_KEY);
      await setting;
      assert.deepEqual([secrets.stored, titles()], [OTHER_KEY, ["Configure Codex for TokenPool"]]);
    });

    it("asks for another one where the gateway refuses it", async () => {
      await codexByHand(KEY);
      checked = { report: { ...report, state: "unauthorized", phases: { totalMs: 1 } }, findings: {} };
      const setting = start();
      const box = await until(() => user.inputBox);
      assert.match(box.prompt ?? "", /^The gateway refuses this key/);
      box.hide();
      await setting;
      assert.equal(secrets.stored, undefined);
    });

    it("lists different keys by their clients, and leaves each client its own", async () => {
      await codexByHand(KEY);
      await opencodeByHand(OTHER_KEY);
      const before = await filesNow();
      user.choose = (items) => items.find(({ label }) => label === "Use the Key of OpenCode");
      await start();
      assert.deepEqual(
        user.lists[0]?.map(({ label, description }) => [label, description]),
        [
          ["Use the Key of Codex", "sk-…ab12"],
          ["Use the Key of OpenCode", "sk-…cd34"],
          ["Paste Another Key…", undefined],
        ],
      );
      assert.deepEqual([secrets.stored, previews, await filesNow()], [OTHER_KEY, [], before]);
      assert.match(user.messages.at(-1)?.text ?? "", /set up for OpenCode\. .*Codex keeps its own key\./);
    });

    it("names one key once, whoever sends it", async () => {
      await codexByHand(KEY);
      await opencodeByHand(KEY);
      await start();
      assert.match(user.messages[0]?.text ?? "", /^Codex, OpenCode already uses/);
    });

    it("never offers a key that goes elsewhere, is none, or is meant for an address of the user's own", async () => {
      for (const [key, address, chosen] of [
        [KEY, "https://api.openai.test", undefined],
        [KEY, "https://api.clawto.link.evil.test", undefined],
        ["sk-proj-" + "a1B2".repeat(12), RECOMMENDED.baseUrl, undefined],
        [KEY, RECOMMENDED.baseUrl, OWN],
      ] as const) {
        if (chosen) user.settings.set(Setting.baseUrl, chosen);
        await codexByHand(key, address);
        await opencodeByHand(key, address);
        const setting = start();
        const box = await until(() => user.inputBox);
        box.hide();
        await setting;
        assert.deepEqual([user.messages, user.lists], [[], []], address);
        user.inputBox = undefined;
      }
    });

    it("never offers a key of an open folder's", async () => {
      foreignFolders = [path.join(home, ".codex")];
      await codexByHand(KEY);
      const setting = start();
      const box = await until(() => user.inputBox);
      box.hide();
      await setting;
      assert.deepEqual(user.messages, []);
    });
  });

  describe("where a key was stored and is gone", () => {
    it("says so in the box, and not once the user has removed it", async () => {
      const all = services();
      await all.apiKeys.write(KEY);
      secrets.stored = undefined;
      const prompts: string[] = [];
      for (const begin of [() => setUp(all), () => all.apiKeys.remove(KEY).then(() => setUp(all))]) {
        const setting = begin();
        const box = await until(() => user.inputBox);
        prompts.push(box.prompt ?? "");
        box.hide();
        await setting;
        user.inputBox = undefined;
        await all.apiKeys.write(KEY);
      }
      assert.match(
        prompts[0] ?? "",
        /^The API key that was stored here is gone.* To keep .*Paste your API key/,
      );
      assert.match(prompts[1] ?? "", /^Paste your API key/);
    });

    it("says what the keychain's trouble is in place of it", async () => {
      secrets.error = new Error("locked");
      await start();
      assert.match(user.messages[0]?.text ?? "", /could not use the system's keychain/);
      assert.equal(user.inputBox, undefined);
    });
  });
});
