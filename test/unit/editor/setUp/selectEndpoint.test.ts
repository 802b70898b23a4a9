import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { ENDPOINTS } from "../../../../src/gateway/endpoints";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { closedPort } from "../../health/loopback";
import { Secrets, servicesIn } from "../services";
import { until } from "../../until";

const { writeKey } = await import("../../../../src/editor/keys/clientKeys");
const { CLIENTS } = await import("../../../../src/clients/registry");
const { configureClient } = await import("../../../../src/editor/clientCommands/configureClient");
const { ChangePreview } = await import("../../../../src/editor/preview/preview");
const { selectEndpoint, switchEndpoint } = await import("../../../../src/editor/setUp/selectEndpoint");

const [RECOMMENDED, STANDARD] = ENDPOINTS;
const hostOf = ({ baseUrl }: { readonly baseUrl: string }) => new URL(baseUrl).host;

describe("selecting an endpoint", () => {
  let home: string;
  beforeEach(async () => {
    user.reset();
    // What is measured ends at this machine.
    user.settings.set("http.proxy", `http://127.0.0.1:${await closedPort()}`);
    home = await fs.mkdtemp(path.join(os.tmpdir(), "endpoint-"));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const services = () => servicesIn(home, fs, new Secrets(undefined));
  const chosen = () => user.settings.get(Setting.baseUrl);
  async function useIn(client: "codex", baseUrl: string): Promise<void> {
    await fs.mkdir(path.join(home, `.${client}`));
    const config = `model_provider = "OpenAI"\n[model_providers.OpenAI]\nbase_url = "${baseUrl}"\n`;
    await fs.writeFile(path.join(home, `.${client}/config.toml`), config);
  }

  it("offers both, and sets the chosen one", async () => {
    const selecting = selectEndpoint(services());
    assert.deepEqual(
      user.picker?.items.map(({ label }) => label),
      ENDPOINTS.map(hostOf),
    );
    user.picker.accept(hostOf(STANDARD));
    assert.equal(await selecting, true);
    assert.equal(chosen(), STANDARD.baseUrl);
  });

  it("does not go on waiting where measuring itself fails", async () => {
    const environment = () => {
      throw new Error("no such home");
    };
    const selecting = selectEndpoint({ ...services(), environment });
    const isBusy = () => (user.picker as { busy?: boolean } | undefined)?.busy;
    assert.equal(isBusy(), true);
    await until(() => !isBusy());
    user.picker?.hide();
    assert.equal(await selecting, false);
  });

  it("sets nothing when the list is left", async () => {
    const selecting = selectEndpoint(services());
    user.picker?.hide();
    assert.equal(await selecting, false);
    assert.deepEqual([chosen(), user.messages], [undefined, []]);
  });

  it("offers an address of the user's own as well, and says that it is in use", async () => {
    user.settings.set(Setting.baseUrl, "http://127.0.0.1:9");
    const selecting = selectEndpoint(services());
    const items = user.picker?.items ?? [];
    assert.deepEqual(
      items.map(({ label, description }) => [label, description]),
      [
        [hostOf(RECOMMENDED), "recommended"],
        [hostOf(STANDARD), ""],
        ["127.0.0.1:9", "in use"],
      ],
    );
    user.picker?.hide();
    await selecting;
  });

  it("offers to rewrite a client that names the old one, and leaves its file alone without an answer", async () => {
    await useIn("codex", STANDARD.baseUrl);
    await switchEndpoint(services(), RECOMMENDED.baseUrl);
    assert.equal(chosen(), RECOMMENDED.baseUrl);
    assert.deepEqual(user.messages[0]?.buttons, ["Update Codex"]);
    const text = await fs.readFile(path.join(home, ".codex/config.toml"), "utf8");
    assert.ok(text.includes(STANDARD.baseUrl));
  });

  it("has nothing to rewrite where the new one is named already", async () => {
    await useIn("codex", RECOMMENDED.baseUrl);
    await switchEndpoint(services(), RECOMMENDED.baseUrl);
    assert.deepEqual(user.messages[0]?.buttons, []);
  });

  it("does not take an address that only begins like the new one for it", async () => {
    user.settings.set(Setting.baseUrl, "http://127.0.0.1:90");
    await useIn("codex", "http://127.0.0.1:90");
    await switchEndpoint(services(), "http://127.0.0.1:9");
    assert.deepEqual(user.messages[0]?.buttons, ["Update Codex"]);
  });

  it("knows that an address with /v1 is the same", async () => {
    await useIn("codex", `${RECOMMENDED.baseUrl}/v1`);
    await switchEndpoint(services(), RECOMMENDED.baseUrl);
    assert.deepEqual(user.messages[0]?.buttons, []);
  });

  it("knows a client that used the address of the user's own before", async () => {
    user.settings.set(Setting.baseUrl, "http://127.0.0.1:9");
    await useIn("codex", "http://127.0.0.1:9");
    await switchEndpoint(services(), RECOMMENDED.baseUrl);
    assert.deepEqual(user.messages[0]?.buttons, ["Update Codex"]);
  });

  it("leaves a client the key that it has of the stored ones, whatever is written for the new endpoint", async () => {
    const [key, other] = ["ab12", "cd34"].map((part) => "sk-" + part.repeat(16)) as [string, string];
    const all = servicesIn(home, fs, new Secrets(key), { preview: new ChangePreview() });
    await all.apiKeys.add(other, "Private");
    for (const client of ["codex", "opencode"] as const) await configureClient(all, client, false);
    await writeKey(all, [CLIENTS.opencode], other, false);
    user.press = ({ buttons }) => buttons.find((button) => button === "Update Codex, OpenCode");
    user.answerPreview = () => "apply";
    await switchEndpoint(all, STANDARD.baseUrl);
    const read = (name: string) => fs.readFile(path.join(home, name), "utf8");
    assert.match(await read(".config/opencode/opencode.json"), new RegExp(hostOf(STANDARD)));
    assert.equal((await read(".config/tokenpool/api-key")).trim(), other);
    assert.match(await read(".codex/auth.json"), new RegExp(key));
  });
});
