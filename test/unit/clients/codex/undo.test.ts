import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { planConfiguration } from "../../../../src/clients/codex/configure";
import { planUndo } from "../../../../src/clients/codex/undo";
import { refusalOf } from "../../changes/temporaryStore";
import { API_KEY, ENDPOINT, Machine } from "../../doctor/machine";

const CONFIG = ".codex/config.toml";
const BEFORE = "model = 'mine'\n\n[model_providers.OpenAI]\n";

describe("undo for Codex", () => {
  async function configure(machine: Machine, baseUrl = ENDPOINT) {
    const { codex } = await machine.snapshot();
    const profile = { apiKey: API_KEY, baseUrl, model: "gpt-5.5", reviewModel: "gpt-5.5" };
    const entry = await machine.apply(planConfiguration(codex, profile, { fix: false, versions: [] }));
    assert.ok(entry);
    return entry;
  }

  it("gives the very bytes back where nobody wrote since", () =>
    Machine.use({ files: { [CONFIG]: "# mine\r\n" } }, async (machine) => {
      const plan = await planUndo(machine.store, await configure(machine));
      await machine.apply(plan);
      assert.deepEqual([await machine.read(CONFIG), plan.notices], ["# mine\r\n", []]);
    }));

  it("leaves our table as it is where something in it was changed since: without a name Codex does not start", () =>
    Machine.use({ files: { [CONFIG]: "model = 'mine'\n" } }, async (machine) => {
      const first = await configure(machine);
      const config = path.join(machine.home, CONFIG);
      await fs.writeFile(
        config,
        (await machine.read(CONFIG)).replace("https://api.clawto.link", "https://api.tokenpool.dev"),
      );
      const plan = await planUndo(machine.store, first);
      await machine.apply(plan);
      assert.equal(
        await machine.read(CONFIG),
        BEFORE +
          'name = "OpenAI"\nbase_url = "https://api.tokenpool.dev"\nwire_api = "responses"\nrequires_openai_auth = true\n',
      );
      assert.match(plan.notices.join(), /config\.toml, changed since: model_providers\.OpenAI$/);
    }));

  it("takes the table out as a whole where only later changes of ours were made in it", () =>
    Machine.use({ files: { [CONFIG]: "model = 'mine'\n" } }, async (machine) => {
      const first = await configure(machine);
      await configure(machine, "https://api.tokenpool.dev");
      const plan = await planUndo(machine.store, first);
      await machine.apply(plan);
      assert.deepEqual([await machine.read(CONFIG), plan.notices], ["model = 'mine'\n", []]);
    }));

  it("warns where it would send a ChatGPT login to the gateway, because config.toml still leads there", () =>
    Machine.use({}, async (machine) => {
      await configure(machine);
      const login = '{"auth_mode":"chatgpt","tokens":{"id_token":"made up"}}';
      await fs.writeFile(path.join(machine.home, ".codex/auth.json"), login);
      const entry = await configure(machine);
      const { notices } = await planUndo(machine.store, entry);
      assert.match(notices.join(), /ChatGPT token to api\.clawto\.link/);
    }));

  it("refuses to lead back to the gateway where somebody has signed in to ChatGPT since", () =>
    Machine.use({ files: { ".codex/auth.json": '{"OPENAI_API_KEY":"mine"}' } }, async (machine) => {
      const undone = await machine.apply(await planUndo(machine.store, await configure(machine)));
      assert.ok(undone);
      const login = '{"auth_mode":"chatgpt","tokens":{"id_token":"made up"}}';
      await fs.writeFile(path.join(machine.home, ".codex/auth.json"), login);
      const refusal = await refusalOf("codex/chatgpt-login-wins", planUndo(machine.store, undone));
      assert.match(refusal.message, /ChatGPT token to api\.clawto\.link/);
    }));

  it("leaves the login out where the table stays and leads to the gateway", () => {
    // The user's own table had no name: Codex did not start, and sent nothing.
    const config = 'model_provider = "OpenAI"\n\n[model_providers.OpenAI]\nrequires_openai_auth = true\n';
    const login = '{"auth_mode":"chatgpt","tokens":{"id_token":"made up"}}';
    return Machine.use({ files: { [CONFIG]: config, ".codex/auth.json": login } }, async (machine) => {
      const plan = await planUndo(machine.store, await configure(machine), true);
      await machine.apply(plan);
      assert.match(plan.notices.join(), /login in .*auth\.json does not come back/);
      // Programs that restore without a preview read it in the result.
      const auth = path.join(machine.home, ".codex/auth.json");
      assert.deepEqual(
        plan.leavesOut?.map(({ code, path: file }) => [code, file]),
        [["codex/chatgpt-login-wins", auth]],
      );
      assert.match(await machine.read(".codex/auth.json"), /"auth_mode": ?"apikey"/);
    });
  });

  it("lets no login come back where the built-in provider was led elsewhere since", () => {
    const login = '{"auth_mode":"chatgpt","tokens":{"id_token":"made up"}}';
    return Machine.use(
      { files: { [CONFIG]: 'model = "o3"\n', ".codex/auth.json": login } },
      async (machine) => {
        const entry = await configure(machine);
        const config = (await machine.read(CONFIG)).replace(
          'model_provider = "OpenAI"',
          'openai_base_url = "https://other.example/v1"',
        );
        await fs.writeFile(path.join(machine.home, CONFIG), config);
        const plan = await planUndo(machine.store, entry);
        await machine.apply(plan);
        assert.match(await machine.read(CONFIG), /other\.example/);
        assert.doesNotMatch(await machine.read(".codex/auth.json"), /"auth_mode": ?"chatgpt"/);
        assert.match(plan.notices.join(), /login in .*auth\.json does not come back/);
      },
    );
  });

  it("sends another gateway's key to no address that was written since", () => {
    const relay =
      'model_provider = "OpenAI"\n\n[model_providers.OpenAI]\nname = "Relay"\nbase_url = "https://relay.example"\nrequires_openai_auth = true\n';
    const files = { [CONFIG]: relay, ".codex/auth.json": '{"OPENAI_API_KEY":"key of the relay"}' };
    return Machine.use({ files }, async (machine) => {
      const entry = await configure(machine);
      const config = (await machine.read(CONFIG)).replace("https://api.clawto.link", "https://other.example");
      await fs.writeFile(path.join(machine.home, CONFIG), config);
      const plan = await planUndo(machine.store, entry);
      await machine.apply(plan);
      assert.match(await machine.read(CONFIG), /other\.example/);
      assert.doesNotMatch(await machine.read(".codex/auth.json"), /key of the relay/);
      assert.match(plan.notices.join(), /auth\.json: its former key would go to an address/);
      const auth = path.join(machine.home, ".codex/auth.json");
      assert.deepEqual(
        plan.leavesOut?.map(({ code, path: file }) => [code, file]),
        [["codex/key-differs", auth]],
      );
    });
  });

  describe("says that the way back leads a ChatGPT login to a gateway, as it did before", () => {
    const login = '{"auth_mode":"chatgpt","tokens":{"id_token":"made up"}}';
    const relay = (...lines: readonly string[]) =>
      ['model_provider = "relay"', "", "[model_providers.relay]", ...lines, ""].join("\n");
    const name = 'name = "Relay"';
    const address = 'base_url = "https://relay.example/v1"';
    const asks = "requires_openai_auth = true";
    const elsewhere = 'openai_base_url = "https://built-in.example/v1"\n';

    for (const [what, config, host] of [
      ["a provider that asks for it", relay(name, address, asks), "relay.example"],
      ["one that does not ask", relay(name, address), undefined],
      ["one that says no", relay(name, address, "requires_openai_auth = false"), undefined],
      [
        "one with a token of its own",
        relay(name, address, asks, 'experimental_bearer_token = "x"'),
        undefined,
      ],
      ["one without a name, with which Codex does not start", relay(address, asks), undefined],
      ["one without an address", relay(name, asks), undefined],
      ["one whose address is none", relay(name, "base_url = 1", asks), undefined],
      ["one whose address has no host", relay(name, 'base_url = "relay"', asks), "relay"],
      ["one that is not there", 'model_provider = "relay"\n', undefined],
      ["one whose name is no text", "model_provider = 1\n", undefined],
      ["the built-in one", 'model = "o3"\n', undefined],
      ["the built-in one, led elsewhere", elsewhere, "built-in.example"],
      ["the same by its name", `model_provider = "openai"\n${elsewhere}`, "built-in.example"],
      ["another one beside that", elsewhere + relay(name, address), undefined],
    ] as const) {
      it(`${host === undefined ? "not with" : "with"} ${what}`, () =>
        Machine.use({ files: { [CONFIG]: config, ".codex/auth.json": login } }, async (machine) => {
          const plan = await planUndo(machine.store, await configure(machine));
          await machine.apply(plan);
          assert.deepEqual(
            [await machine.read(CONFIG), await machine.read(".codex/auth.json")],
            [config, login],
          );
          const hosts = plan.notices.map((notice) => /ChatGPT token to (\S+):/.exec(notice)?.[1]);
          assert.deepEqual(hosts, host === undefined ? [] : [host]);
          assert.equal(plan.leavesOut, undefined);
        }));
    }
  });

  it("does not warn where the login comes back and the gateway goes", () =>
    Machine.use({ files: { ".codex/auth.json": '{"tokens":{"id_token":"made up"}}' } }, async (machine) => {
      const { notices } = await planUndo(machine.store, await configure(machine));
      assert.deepEqual(notices, []);
    }));

  it("brings files back that nobody can read", () =>
    Machine.use({ files: { [CONFIG]: "broken =\n", ".codex/auth.json": "{" } }, async (machine) => {
      const files = [CONFIG, ".codex/auth.json"].map(
        (name) =>
          ({
            kind: "replace",
            path: path.join(machine.home, name),
            content: Buffer.from(""),
            credential: false,
          }) as const,
      );
      const entry = await machine.apply({ title: "Replace", files, notices: [] });
      assert.ok(entry);
      await machine.apply(await planUndo(machine.store, entry));
      assert.equal(await machine.read(CONFIG), "broken =\n");
    }));

  describe("brings back a token that stands in the table itself", () => {
    const TOKEN = 'experimental_bearer_token = "token of the relay"';
    const own =
      'model_provider = "OpenAI"\n\n[model_providers.OpenAI]\nname = "Relay"\n' +
      `base_url = "https://relay.example"\n${TOKEN}\n`;

    const afterwards = (rewritten: (config: string) => string) =>
      Machine.use({ files: { [CONFIG]: own } }, async (machine) => {
        const { codex } = await machine.snapshot();
        const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
        const plan = planConfiguration(codex, profile, { fix: true, versions: [] });
        const entry = await machine.apply(plan);
        assert.ok(entry);
        const config = await machine.read(CONFIG);
        assert.ok(!config.includes(TOKEN));
        await fs.writeFile(path.join(machine.home, CONFIG), rewritten(config));
        await machine.apply(await planUndo(machine.store, entry));
        return machine.read(CONFIG);
      });

    it("to its own address", async () => {
      assert.equal(await afterwards((config) => config), own);
      const commented = await afterwards((config) => `${config}# mine\n`);
      assert.ok(commented.includes(TOKEN) && commented.includes("https://relay.example"));
    });

    it("but never to one that was written since", async () => {
      const config = await afterwards((text) => text.replace(ENDPOINT, "https://other.example"));
      assert.ok(config.includes("https://other.example"));
      assert.ok(!config.includes(TOKEN));
    });
  });

  it("goes key by key in a table that was there before", () =>
    Machine.use({ files: { [CONFIG]: `${BEFORE}name = "Mine"\n` } }, async (machine) => {
      const entry = await configure(machine);
      await fs.appendFile(path.join(machine.home, CONFIG), "query_params = {}\n");
      await machine.apply(await planUndo(machine.store, entry));
      assert.equal(await machine.read(CONFIG), `${BEFORE}name = "Mine"\nquery_params = {}\n`);
    }));
});
