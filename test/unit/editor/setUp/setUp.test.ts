import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { ENDPOINTS } from "../../../../src/gateway/endpoints";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { closedPort } from "../../health/loopback";
import { Secrets, servicesIn } from "../services";

const { setUp } = await import("../../../../src/editor/setUp/setUp");

const KEY = "sk-" + "ab12".repeat(16);
const [RECOMMENDED] = ENDPOINTS;

describe("setting up", () => {
  let home: string;
  let secrets: Secrets;
  beforeEach(async () => {
    user.reset();
    // What is measured ends at this machine.
    user.settings.set("http.proxy", `http://127.0.0.1:${await closedPort()}`);
    home = await fs.mkdtemp(path.join(os.tmpdir(), "set-up-"));
    secrets = new Secrets(KEY);
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const start = () => setUp(servicesIn(home, fs, secrets));
  const endpoint = () => user.settings.get(Setting.baseUrl);
  const written = async () => (await fs.readdir(home)).filter((name) => name !== "store");
  const useOwn = () => user.settings.set(Setting.baseUrl, RECOMMENDED.baseUrl);

  it("begins with the key, and ends where none is given", async () => {
    secrets.stored = undefined;
    const setting = start();
    while (!user.inputBox) await new Promise(setImmediate);
    user.inputBox.hide();
    await setting;
    assert.deepEqual([user.picker, user.lists, endpoint()], [undefined, [], undefined]);
  });

  it("asks for the endpoint next, and ends where the list is left", async () => {
    const setting = start();
    while (!user.picker) await new Promise(setImmediate);
    user.picker.hide();
    await setting;
    assert.deepEqual([user.inputBox, user.lists, endpoint()], [undefined, [], undefined]);
  });

  it("sets the endpoint, then asks which clients", async () => {
    const setting = start();
    while (!user.picker) await new Promise(setImmediate);
    user.picker.accept(new URL(RECOMMENDED.baseUrl).host);
    await setting;
    assert.equal(endpoint(), RECOMMENDED.baseUrl);
    assert.deepEqual(
      user.lists.map((items) => items.map(({ label }) => label)),
      [["Codex", "OpenCode"]],
    );
  });

  it("asks for nothing that is set", async () => {
    useOwn();
    await start();
    assert.deepEqual([user.inputBox, user.picker, user.lists.length], [undefined, undefined, 1]);
  });

  for (const chosen of [undefined, []])
    it(`changes nothing when ${chosen ? "no client is ticked" : "the list of clients is left"}`, async () => {
      useOwn();
      user.choose = () => chosen;
      await start();
      assert.deepEqual([await written(), user.messages], [[], []]);
    });

  it("says which clients use TokenPool already, and ticks none that is not installed", async () => {
    useOwn();
    await fs.mkdir(path.join(home, ".codex"));
    const config = `model_provider = "OpenAI"\n[model_providers.OpenAI]\nbase_url = "${RECOMMENDED.baseUrl}"\n`;
    await fs.writeFile(path.join(home, ".codex/config.toml"), config);
    await start();
    assert.deepEqual(
      user.lists[0]?.map(({ picked, detail }) => [picked, detail]),
      [
        [false, "uses TokenPool already"],
        [false, path.join(home, ".config/opencode/opencode.json")],
      ],
    );
  });

  it("says what is wrong with an address that cannot be used, and asks for no client", async () => {
    user.settings.set(Setting.baseUrl, "http://api.clawto.link");
    await start();
    assert.deepEqual([user.messages.length, user.lists], [1, []]);
  });
});
