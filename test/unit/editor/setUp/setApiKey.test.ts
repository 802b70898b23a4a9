import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { mock } from "node:test";
import { API_KEYS_CONSOLE_URL } from "../../../../src/gateway/endpoints";
import type { EndpointFindings } from "../../../../src/health/probe/checkEndpoint";
import type { HealthState } from "../../../../src/health/report";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");
const { writeKey } = await import("../../../../src/editor/keys/clientKeys");
const { CLIENTS } = await import("../../../../src/clients/registry");
const { askForApiKey, setApiKey } = await import("../../../../src/editor/setUp/setApiKey");

const KEY = "sk-" + "ab12".repeat(16);

describe("asking for the API key", () => {
  let secrets: Secrets;
  let probed: string[];
  beforeEach(() => {
    user.reset();
    secrets = new Secrets(undefined);
    probed = [];
  });

  /** @param state what the gateway says of the key */
  function ask(state: HealthState | (() => HealthState) = "ok", httpStatus?: number) {
    const asked = askForApiKey(servicesSaying(state, {}, httpStatus));
    const box = user.inputBox;
    assert.ok(box, "a box is shown");
    return { asked, box };
  }

  /** @param findings what else the check tells */
  function servicesSaying(
    state: HealthState | (() => HealthState),
    findings: EndpointFindings = {},
    httpStatus?: number,
    home = "/nowhere",
  ) {
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
    const probeKey = async (key: string) => {
      probed.push(key);
      const phases = { totalMs: 1 };
      const now = typeof state === "function" ? state() : state;
      const report = {
        state: now,
        ...(httpStatus && { httpStatus, code: "account/key-invalid" }),
        endpoint: "https://x.test",
        checkedAt: "",
        via: "direct",
        phases,
      };
      return { report, findings };
    };
    const health = { probeKey, knownRoute: () => Promise.resolve(undefined), findings: {} };
    return servicesIn(home, fs, secrets, { health, preview: new ChangePreview() });
  }
  const boxShown = () => until(() => user.inputBox);
  const messageOf = (said: unknown) => (said as { message?: string } | undefined)?.message ?? "";

  it("stores what the gateway accepts, and asks nothing more", async () => {
    const { asked, box } = ask();
    assert.equal(box.password, true);
    await box.enter(` ${KEY}\n`);
    assert.equal((await asked)?.apiKey, KEY);
    assert.equal(secrets.stored, KEY);
    assert.deepEqual(user.messages, []);
  });

  it("stores no further key where there are as many as can be, and none in use", async () => {
    const services = servicesSaying("ok");
    for (let number = 1; number <= 20; number++) {
      await services.apiKeys.add("sk-" + `${number}`.padStart(4, "a").repeat(16));
    }
    const setting = setApiKey(services);
    await boxShown();
    await user.inputBox?.enter(KEY);
    assert.equal(await setting, false);
    assert.deepEqual([secrets.stored, (await services.apiKeys.all()).length], [undefined, 20]);
    assert.match(user.messages.at(-1)?.text ?? "", /^20 API keys are stored, and there can be no more/);
  });

  it("says at once that nothing is left for the key, and when that ends", async () => {
    const usedUp = { name: "5h", resetAt: "2026-11-26T07:21:54Z" };
    const services = servicesSaying("noQuota", { usedUp });
    const told = new Promise<string>((resolve) => {
      user.press = ({ text }) => {
        resolve(text);
        return undefined;
      };
    });
    const stored = setApiKey(services);
    await boxShown();
    await user.inputBox?.enter(KEY);
    assert.equal(await stored, true);
    assert.match(await told, /^API key stored\. .*5h.*comes back/);
  });

  const OTHER = "sk-" + "cd34".repeat(16);

  it("takes the place of the key that is there, where that is wanted", async () => {
    secrets.stored = KEY;
    user.choose = (items) => items.find(({ label }) => label === "Replace the Key in Use");
    const stored = setApiKey(servicesSaying("ok"));
    await boxShown();
    await user.inputBox?.enter(OTHER);
    assert.equal(await stored, true);
    assert.deepEqual([...secrets.values.values()], [OTHER]);
  });

  describe("with clients that have a key", () => {
    const THIRD = "sk-" + "ef56".repeat(16);
    let home: string;
    beforeEach(async () => {
      home = await fs.mkdtemp(path.join(os.tmpdir(), "set-key-"));
      secrets.stored = KEY;
      user.choose = (items) => items.find(({ label }) => label === "Replace the Key in Use");
      user.answerPreview = () => "apply";
    });
    afterEach(() => fs.rm(home, { recursive: true }));

    async function replaceBy(services: ReturnType<typeof servicesSaying>, key: string): Promise<void> {
      Object.assign(user, { inputBox: undefined });
      const stored = setApiKey(services);
      await boxShown();
      await user.inputBox?.enter(key);
      assert.equal(await stored, true);
    }
    const inCodex = () => fs.readFile(path.join(home, ".codex/auth.json"), "utf8");
    const inOpenCode = async () =>
      (await fs.readFile(path.join(home, ".config/tokenpool/api-key"), "utf8")).trim();
    const said = (text: RegExp) => until(() => user.messages.some((each) => text.test(each.text)));

    it("writes nothing by itself where OpenCode has another of the stored keys", async () => {
      const services = servicesSaying("ok", {}, undefined, home);
      await configureClient(services, "opencode", false);
      await services.apiKeys.add(OTHER, "Private");
      await writeKey(services, [CLIENTS.opencode], OTHER, false);
      await replaceBy(services, THIRD);
      await said(/^API key stored/);
      assert.deepEqual([secrets.stored, await inOpenCode()], [THIRD, OTHER]);
    });

    it("says that the keychain failed between the key and the offer", async () => {
      const services = servicesSaying("ok", {}, undefined, home);
      await configureClient(services, "codex", false);
      const { store } = secrets;
      secrets.store = async (name, value) => {
        await store(name, value);
        secrets.error = new Error("locked");
      };
      await replaceBy(services, OTHER);
      await said(/Unlock it or sign in/);
    });

    it("writes the key that is in use by then where an old message is answered", async () => {
      const services = servicesSaying("ok", {}, undefined, home);
      await configureClient(services, "codex", false);
      const answers: ((button: string | undefined) => void)[] = [];
      user.press = ({ text }) =>
        text.includes("Another key is still in use")
          ? (new Promise<string | undefined>((resolve) => answers.push(resolve)) as never)
          : undefined;
      await replaceBy(services, OTHER);
      await until(() => answers.length === 1);
      await replaceBy(services, THIRD);
      await until(() => answers.length === 2);
      answers[0]?.("Write the New Key");
      await said(/^The new key was written for Codex/);
      assert.match(await inCodex(), new RegExp(THIRD));
    });
  });

  for (const [title, name, shown] of [
    ["with the name that is given", "Work", "Work"],
    ["also where no name is given", undefined, "Key 2"],
  ] as const) {
    it(`stands beside the key that is there, which stays in use, ${title}`, async () => {
      secrets.stored = KEY;
      user.choose = (items) => items.find(({ label }) => label === "Add Another Key");
      user.type = () => name;
      const services = servicesSaying("ok");
      const stored = setApiKey(services);
      await boxShown();
      await user.inputBox?.enter(OTHER);
      assert.equal(await stored, true);
      const keys = await services.apiKeys.list();
      assert.deepEqual(
        keys.map((key) => [key.name, key.apiKey, key.inUse]),
        [
          ["Default", KEY, true],
          [shown, OTHER, false],
        ],
      );
      assert.ok(user.messages[0]?.text.startsWith(`The API key ${shown} was added.`));
    });
  }

  it("can be tried again where the check itself fails", async () => {
    let fails = true;
    const { asked, box } = ask(() => {
      if (fails) throw new Error("no such module");
      return "ok";
    });
    await box.enter(KEY);
    assert.deepEqual(
      [messageOf(box.validationMessage), box.busy, box.enabled],
      ["The API key could not be checked.", false, true],
    );
    fails = false;
    await box.enter(KEY);
    assert.equal((await asked)?.apiKey, KEY);
  });

  it("can be left where it is not even known at which endpoint to try it", async () => {
    const asked = askForApiKey(servicesSaying("ok"), Promise.reject(new Error("no network")));
    const box = user.inputBox;
    assert.ok(box);
    await box.enter(KEY);
    assert.deepEqual(
      [messageOf(box.validationMessage), box.busy, box.enabled, probed],
      ["The API key could not be checked.", false, true, []],
    );
    box.hide();
    assert.equal(await asked, undefined);
  });

  it("is asked for in no way where the question is left", async () => {
    secrets.stored = KEY;
    assert.equal(await setApiKey(servicesSaying("ok")), false);
    assert.equal(user.inputBox, undefined);
  });

  it("keeps the box open over a text that is no key, and sends it nowhere", async () => {
    const { asked, box } = ask();
    await box.enter("sk-abcd…wxyz");
    assert.match(messageOf(box.validationMessage), /masked/);
    assert.deepEqual([probed, box.busy, box.enabled], [[], false, true]);
    box.hide();
    assert.equal(await asked, undefined);
    assert.equal(secrets.stored, undefined);
  });

  it("keeps the box open over a key that the gateway refuses", async () => {
    const { asked, box } = ask("unauthorized");
    await box.enter(KEY);
    assert.match(messageOf(box.validationMessage), /refuses this key/);
    box.hide();
    assert.equal(await asked, undefined);
    assert.equal(secrets.stored, undefined);
  });

  describe("over a key that the gateway does not know, and may know in half a minute,", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
    afterEach(() => mock.timers.reset());

    const settled = () => new Promise(setImmediate);
    const unknown = (...later: HealthState[]) => ask(() => later.shift() ?? "unauthorized", 401);

    it("says that it is checking, and asks once more after 31 s", async () => {
      for (const second of ["ok", "unauthorized"] as const) {
        secrets.stored = undefined;
        const { asked, box } = unknown("unauthorized", second);
        const entering = box.enter(KEY);
        await settled();
        assert.match(messageOf(box.validationMessage), /^Checking/);
        assert.deepEqual([box.busy, box.enabled, secrets.stored], [true, true, undefined]);
        mock.timers.tick(30_999);
        await settled();
        assert.equal(probed.length, 1);
        mock.timers.tick(1);
        await entering;
        assert.equal(probed.length, 2);
        probed = [];
        if (second === "ok") assert.equal((await asked)?.apiKey, KEY);
        else assert.match(messageOf(box.validationMessage), /refuses this key/);
        box.hide();
      }
    });

    it("drops that when something else is typed", async () => {
      const { asked, box } = unknown("unauthorized", "ok");
      const entering = box.enter(KEY);
      await settled();
      await box.type("sk-");
      await entering;
      mock.timers.tick(31_000);
      await settled();
      assert.deepEqual([probed.length, box.busy, box.validationMessage], [1, false, undefined]);
      box.hide();
      assert.equal(await asked, undefined);
    });
  });

  it("warns once of an unusual shape, and again of another", async () => {
    const { asked, box } = ask();
    const [one, other] = ["custom-key-0123456789", "custom-key-9876543210"];
    await box.enter(one);
    assert.match(messageOf(box.validationMessage), /Press Enter again/);
    await box.enter(other);
    assert.match(messageOf(box.validationMessage), /Press Enter again/);
    assert.deepEqual(probed, []);
    await box.enter(other);
    await asked;
    assert.equal(secrets.stored, other);
  });

  for (const [answer, stored] of [
    ["Store Anyway", KEY],
    [undefined, undefined],
  ] as const) {
    it(`${stored ? "stores" : "drops"} a key that could not be checked when the answer is ${answer}`, async () => {
      user.press = () => answer;
      const { asked, box } = ask("unreachable");
      await box.enter(KEY);
      await asked;
      assert.deepEqual(
        user.messages.map(({ kind, buttons }) => [kind, ...buttons]),
        [["warning", "Store Anyway"]],
      );
      assert.equal(secrets.stored, stored);
    });
  }

  it("says that the keychain failed, in our words alone", async () => {
    const { asked, box } = ask();
    secrets.error = new Error(`cannot keep ${KEY}`);
    await box.enter(KEY);
    assert.equal(await asked, undefined);
    const [said] = user.messages;
    assert.equal(said?.kind, "error");
    assert.match(said.text, /Unlock it or sign in/);
    assert.doesNotMatch(said.text, new RegExp(KEY));
  });

  it("has a button that shows the key and one that opens the console", async () => {
    const { asked, box } = ask();
    await box.pressButton(box.buttons[0]);
    assert.equal(box.password, false);
    await box.pressButton(box.buttons[0]);
    assert.equal(box.password, true);
    await box.pressButton(box.buttons[1]);
    assert.deepEqual([box.password, user.opened], [true, [API_KEYS_CONSOLE_URL]]);
    box.hide();
    await asked;
  });
});
