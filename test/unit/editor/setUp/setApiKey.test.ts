import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { API_KEYS_CONSOLE_URL } from "../../../../src/gateway/endpoints";
import type { EndpointFindings } from "../../../../src/health/probe/checkEndpoint";
import type { HealthState } from "../../../../src/health/report";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

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
  function ask(state: HealthState = "ok") {
    const asked = askForApiKey(servicesSaying(state));
    const box = user.inputBox;
    assert.ok(box, "a box is shown");
    return { asked, box };
  }

  /** @param findings what else the check tells */
  function servicesSaying(state: HealthState, findings: EndpointFindings = {}) {
    const probeKey = (key: string) => {
      probed.push(key);
      const phases = { totalMs: 1 };
      const report = { state, endpoint: "https://x.test", checkedAt: "", via: "direct", phases };
      return Promise.resolve({ report, findings });
    };
    return servicesIn("/nowhere", fs, secrets, { health: { probeKey } });
  }
  const messageOf = (said: unknown) => (said as { message?: string } | undefined)?.message ?? "";

  it("stores what the gateway accepts, and asks nothing more", async () => {
    const { asked, box } = ask();
    assert.equal(box.password, true);
    await box.enter(` ${KEY}\n`);
    assert.equal((await asked)?.apiKey, KEY);
    assert.equal(secrets.stored, KEY);
    assert.deepEqual(user.messages, []);
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
    await user.inputBox?.enter(KEY);
    assert.equal(await stored, true);
    assert.match(await told, /^API key stored\. .*5h.*comes back/);
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
