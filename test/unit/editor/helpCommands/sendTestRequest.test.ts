import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { type Gateway, startGateway } from "../../../gateway/gateway";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { sendTestRequest } = await import("../../../../src/editor/helpCommands/sendTestRequest");

const KEY = "sk-" + "ab12".repeat(16);

describe("the test request", () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ key: KEY });
  });
  after(() => gateway.close());
  beforeEach(() => {
    user.reset();
    gateway.clear();
    user.settings.set("tokenpool.baseUrl", gateway.url);
    user.settings.set("http.proxySupport", "off");
    user.press = ({ buttons }) => buttons.find((button) => button === "Send");
  });

  const send = (confirm: boolean, key: string | undefined = KEY) =>
    sendTestRequest(servicesIn("/nowhere", fs, new Secrets(key)), confirm);
  const texts = () => user.messages.map(({ text }) => text);

  it("asks first, and sends nothing when the answer is no", async () => {
    user.press = () => undefined;
    assert.deepEqual(await send(true), { outcome: "cancelled" });
    assert.match(user.messages[0]?.detail ?? "", /a little of your quota/);
    assert.deepEqual([user.messages.length, gateway.requests.length], [1, 0]);
  });

  it("is sent once after a yes, and tells the figures", async () => {
    assert.equal((await send(true)).outcome, "ok");
    assert.equal(gateway.requests.length, 1);
    assert.match(
      texts()[1] ?? "",
      /^gpt-5\.5 answered “Hello from the TokenPool simulator”\. First token after \d+ ms, done after \d+ ms; tokens: 11 in, 7 out\.$/,
    );
  });

  it("asks and shows nothing for another program", async () => {
    assert.equal((await send(false)).outcome, "ok");
    assert.deepEqual([texts(), gateway.requests.length], [[], 1]);
  });

  it("is not sent without a key, and says so only to a person", async () => {
    for (const confirm of [true, false])
      assert.deepEqual(await sendTestRequest(servicesIn("/nowhere", fs, new Secrets(undefined)), confirm), {
        outcome: "refused",
        code: "key/missing",
      });
    assert.equal(gateway.requests.length, 0);
    assert.equal(texts().length, 1);
  });

  it("tells in our own words what the gateway refuses", async () => {
    const { outcome, code } = await send(true, `${KEY}0`);
    assert.deepEqual([outcome, code], ["failed", "account/key-invalid"]);
    const { kind, text } = user.messages[1] ?? {};
    assert.equal(kind, "error");
    assert.equal(text, "The test request failed: The gateway does not accept the API key.");
  });

  it("shows what helps against a failure, whole", async () => {
    let shown: () => void;
    const details = new Promise<void>((resolve) => (shown = resolve));
    user.press = ({ buttons, detail = "" }) => {
      if (detail.includes("Copy the key in the console")) shown();
      return buttons.find((button) => ["Send", "Show Details"].includes(button));
    };
    await send(true, `${KEY}0`);
    await details;
  });
});
