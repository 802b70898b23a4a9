import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isUnchanged, prepareChange } from "../../../../src/changes/prepare";
import type { ConfigurationOptions } from "../../../../src/clients/client";
import { inspectOpencode, type OpencodeState } from "../../../../src/clients/opencode/state/state";
import { planConfiguration, planKeyUpdate } from "../../../../src/clients/opencode/configure";
import { proposals } from "../../../../src/clients/opencode/proposals";
import { planRemoval } from "../../../../src/clients/opencode/remove";
import { API_KEY, PROFILE, TemporaryMachine } from "./temporaryMachine";

const FIXTURES = path.resolve("test/fixtures/opencode");
const GLOBAL = ".config/opencode";
const KEY_FILE = ".config/tokenpool/api-key";
const PLAIN: ConfigurationOptions = { fix: false, versions: [] };

describe("configuring OpenCode", () => {
  let machine: TemporaryMachine;
  beforeEach(async () => {
    machine = await TemporaryMachine.make();
  });
  afterEach(() => machine.remove());

  const configure = (options = PLAIN, profile = PROFILE) =>
    machine.apply((state) => planConfiguration(state, profile, options));
  const plan = async (options = PLAIN) => planConfiguration(await machine.inspect(), PROFILE, options);
  const parsed = async (name: string) =>
    JSON.parse((await machine.read(name)) ?? "") as Record<string, unknown>;

  /** On Windows the key file is named by its whole path. */
  const asWritten = (text: string) =>
    process.platform === "win32"
      ? text.replace("~/.config", () => `${machine.home.replaceAll("\\", "/")}/.config`)
      : text;

  /** [folder below the fixtures, options]; `before.*` is put in place, `after.*` is what must come of it. */
  const fixtures: [string, ConfigurationOptions][] = [
    ["no-file", PLAIN],
    ["empty-file", PLAIN],
    ["comments", PLAIN],
    ["crlf", PLAIN],
    ["byte-order-mark", PLAIN],
    ["other-providers", PLAIN],
    ["other-providers-default-replaced", { ...PLAIN, accepted: ["replaceDefaultModel"] }],
    ["single-line", PLAIN],
    ["tabs", PLAIN],
    ["trailing-commas", PLAIN],
    ["own-options", PLAIN],
    ["provider-lists", PLAIN],
    ["provider-lists-fixed", { ...PLAIN, fix: true }],
    ["documented-override-moved", { ...PLAIN, accepted: ["moveDocumentedOverride"] }],
  ];
  for (const [name, options] of fixtures) {
    it(`writes exactly this, and nothing the second time: ${name}`, async () => {
      const files = await fs.readdir(path.join(FIXTURES, name));
      const after = files.find((file) => file.startsWith("after."))!;
      const config = `${GLOBAL}/opencode${path.extname(after)}`;
      const before = files.find((file) => file.startsWith("before."));
      if (before) await machine.write(config, await fs.readFile(path.join(FIXTURES, name, before)));
      await configure(options);
      const expected = await fs.readFile(path.join(FIXTURES, name, after), "utf8");
      assert.equal(await machine.read(config), asWritten(expected));
      assert.equal(await machine.read(KEY_FILE), `${API_KEY}\n`);
      assert.equal(isUnchanged(await prepareChange(fs, await plan(options))), true);
    });
  }

  for (const name of ["opencode.json", "config.json"]) {
    for (const code of ["EIO", "EACCES"]) {
      it(`plans nothing while a file cannot be read: the user's model would count as not there (${name}, ${code})`, async () => {
        await machine.write(`${GLOBAL}/${name}`, '{"model": "mine/own"}');
        await machine.write(`${GLOBAL}/opencode.jsonc`, "{}");
        const failing: typeof fs.open = (file, ...rest) =>
          file === machine.path(`${GLOBAL}/${name}`)
            ? Promise.reject(Object.assign(new Error("injected"), { code }))
            : fs.open(file, ...rest);
        const state = await inspectOpencode(
          { ...machine.environment, fs: { ...fs, open: failing } },
          PROFILE.baseUrl,
        );
        const refusal = { where: { path: machine.path(`${GLOBAL}/${name}`) } };
        assert.throws(() => planConfiguration(state, PROFILE, PLAIN), refusal);
        assert.throws(() => planKeyUpdate(state, API_KEY), refusal);
        assert.throws(() => planRemoval(state, () => undefined), refusal);
      });
    }
  }

  it("writes the key file before the configuration that refers to it", async () => {
    const { files } = await plan();
    assert.deepEqual(
      files.map((file) => file.path),
      [machine.path(KEY_FILE), machine.path(`${GLOBAL}/opencode.json`)],
    );
  });

  it("keeps the key for its owner alone and out of the configuration and the journal", async () => {
    await machine.write(KEY_FILE, "old");
    await fs.chmod(machine.path(KEY_FILE), 0o644);
    await configure();
    assert.equal((await fs.stat(machine.path(KEY_FILE))).mode & 0o777, 0o600);
    for (const file of [`${GLOBAL}/opencode.json`, "journal/journal.json"]) {
      assert.equal((await machine.read(file))?.includes(API_KEY), false, file);
    }
    assert.equal(JSON.stringify((await plan()).notices).includes(API_KEY), false);
  });

  it("replaces a key that stood in the configuration itself", async () => {
    await machine.write(
      `${GLOBAL}/opencode.json`,
      '{ "provider": { "tokenpool": { "options": { "apiKey": "literal-key" } } } }',
    );
    await configure();
    assert.equal((await machine.read(`${GLOBAL}/opencode.json`))?.includes("literal-key"), false);
    assert.equal((await machine.inspect()).apiKey, API_KEY);
  });

  it("is seen by the next inspection", async () => {
    await configure();
    const state = await machine.inspect();
    assert.equal(state.usesTokenPool, true);
    assert.equal(state.baseUrl, "https://api.clawto.link/v1");
    assert.equal(state.apiKey, API_KEY);
    assert.equal(state.defaultModel, "tokenpool/gpt-5.5");
  });

  it("offers the review model beside the model, and follows a new choice of model", async () => {
    await configure();
    await configure(PLAIN, { ...PROFILE, model: "gpt-6", reviewModel: "own/model" });
    const { model, small_model, provider } = await parsed(`${GLOBAL}/opencode.json`);
    assert.deepEqual([model, small_model], ["tokenpool/gpt-6", "tokenpool/gpt-6"]);
    const { models } = (provider as { tokenpool: { models: Record<string, { name: string }> } }).tokenpool;
    assert.deepEqual(
      Object.entries(models).map(([id, { name }]) => [id, name]),
      [
        ["gpt-5.5", "GPT-5.5"],
        ["gpt-6", "GPT-6"],
        ["own/model", "own/model"],
      ],
    );
  });

  it("leaves a default model alone that a weaker file sets", async () => {
    await machine.write(`${GLOBAL}/opencode.json`, '{ "model": "other/model" }');
    await machine.write(`${GLOBAL}/opencode.jsonc`, "{}");
    const { notices } = await plan();
    assert.match(notices.join(), /keeps other\/model as its default model/);
    await configure();
    const written = await parsed(`${GLOBAL}/opencode.jsonc`);
    assert.deepEqual([written.model, written.small_model], [undefined, undefined]);
    assert.equal(await machine.read(`${GLOBAL}/opencode.json`), '{ "model": "other/model" }');
  });

  it("names the gateway it replaces", async () => {
    await machine.write(
      `${GLOBAL}/opencode.json`,
      '{ "provider": { "tokenpool": { "options": { "baseURL": "https://gateway.example/v1" } } } }',
    );
    assert.match((await plan()).notices.join(), /pointed to gateway\.example/);
  });

  it("has nothing to say where nothing of the user's is replaced, in the way or elsewhere", async () => {
    assert.deepEqual((await plan()).notices, []);
    await configure();
    assert.deepEqual((await plan()).notices, []);
  });

  it("proposes to become the default only where another model is", async () => {
    const proposed = async () => proposals(await machine.inspect()).map(({ id }) => id);
    assert.deepEqual(await proposed(), []);
    await machine.write(`${GLOBAL}/opencode.json`, '{ "model": "other/model" }');
    assert.deepEqual(await proposed(), ["replaceDefaultModel"]);
    await configure({ ...PLAIN, accepted: ["replaceDefaultModel"] });
    assert.deepEqual(await proposed(), []);
  });

  it("names the files that win over the change", async () => {
    await machine.write(".opencode/opencode.json", '{ "model": "other/model" }');
    assert.match((await plan()).notices.join(), /\.opencode[/\\]opencode\.json is read later .*: model/);
  });

  it("fixes a provider list in the file that sets it", async () => {
    await machine.write(`${GLOBAL}/opencode.json`, '{ "disabled_providers": ["tokenpool", "other"] }');
    await machine.write(`${GLOBAL}/opencode.jsonc`, "{}");
    await configure({ ...PLAIN, fix: true });
    assert.deepEqual(await parsed(`${GLOBAL}/opencode.json`), { disabled_providers: ["other"] });
  });

  it("refuses a broken file and writes nothing at all", async () => {
    await machine.write(`${GLOBAL}/opencode.json`, '{ "model": ');
    await assert.rejects(configure(), { code: "change/invalid-syntax" });
    assert.equal(await machine.read(KEY_FILE), undefined);
  });

  it("changes only the key file for a new key", async () => {
    await configure();
    const config = await machine.read(`${GLOBAL}/opencode.json`);
    const newKey = "sk-" + "cd34".repeat(16);
    const entry = await machine.apply((state: OpencodeState) => planKeyUpdate(state, newKey));
    assert.deepEqual(
      entry?.files.map((file) => file.path),
      [machine.path(KEY_FILE)],
    );
    assert.equal(await machine.read(KEY_FILE), `${newKey}\n`);
    assert.equal(await machine.read(`${GLOBAL}/opencode.json`), config);
  });
});
