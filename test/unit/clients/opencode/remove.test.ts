import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { readOriginalValues } from "../../../../src/changes/history/before";
import type { ConfigurationOptions } from "../../../../src/clients/client";
import { planConfiguration } from "../../../../src/clients/opencode/configure";
import { planRemoval } from "../../../../src/clients/opencode/remove";
import { API_KEY, PROFILE, TemporaryMachine } from "./temporaryMachine";

const FIXTURES = path.resolve("test/fixtures/opencode");
const CONFIG = ".config/opencode/opencode.json";
const KEY_FILE = ".config/tokenpool/api-key";
const PLAIN: ConfigurationOptions = { fix: false, versions: [] };

describe("removing TokenPool from OpenCode", () => {
  let machine: TemporaryMachine;
  beforeEach(async () => {
    machine = await TemporaryMachine.make();
  });
  afterEach(() => machine.remove());

  const configure = (options = PLAIN) => machine.apply((state) => planConfiguration(state, PROFILE, options));
  const remove = async () => {
    const originals = await readOriginalValues(machine.store);
    return machine.apply((state) => planRemoval(state, originals));
  };

  const restored: [string, ConfigurationOptions][] = [
    ["comments", PLAIN],
    ["crlf", PLAIN],
    ["byte-order-mark", PLAIN],
    ["other-providers", PLAIN],
    ["other-providers-default-replaced", { ...PLAIN, accepted: ["replaceDefaultModel"] }],
    ["single-line", PLAIN],
    ["tabs", PLAIN],
    ["trailing-commas", PLAIN],
    ["provider-lists-fixed", { ...PLAIN, fix: true }],
  ];
  for (const [name, options] of restored) {
    it(`gives back the bytes from before: ${name}`, async () => {
      const before = (await fs.readdir(path.join(FIXTURES, name))).find((file) =>
        file.startsWith("before."),
      )!;
      const config = `.config/opencode/opencode${path.extname(before)}`;
      const original = await fs.readFile(path.join(FIXTURES, name, before));
      await machine.write(config, original);
      await configure(options);
      await configure(options);
      await remove();
      assert.equal(await machine.read(config), original.toString());
      assert.equal(await machine.read(KEY_FILE), undefined);
      assert.equal((await machine.inspect()).usesTokenPool, false);
    });
  }

  it("deletes the file it made", async () => {
    await configure();
    await remove();
    assert.equal(await machine.read(CONFIG), undefined);
    assert.equal(await machine.read(KEY_FILE), undefined);
  });

  it("keeps a file of OpenCode's own making, although nothing else is in it", async () => {
    const made = '{\n  "$schema": "https://opencode.ai/config.json"\n}\n';
    await machine.write(CONFIG, made);
    await configure();
    await remove();
    assert.equal(await machine.read(CONFIG), made);
  });

  it("takes the reference out before the key file goes", async () => {
    await configure();
    const { files } = planRemoval(await machine.inspect(), () => undefined);
    assert.deepEqual(
      files.map((file) => file.path),
      [machine.path(CONFIG), machine.path(KEY_FILE)],
    );
  });

  it("removes what is ours without a journal, and nothing else", async () => {
    await machine.write(
      CONFIG,
      '{\n  "model": "tokenpool/own",\n  "small_model": "other/small",\n  "theme": "dark"\n}\n',
    );
    await configure();
    await machine.apply((state) => planRemoval(state, () => undefined));
    assert.deepEqual(JSON.parse((await machine.read(CONFIG)) ?? ""), {
      small_model: "other/small",
      theme: "dark",
      $schema: "https://opencode.ai/config.json",
    });
  });

  it("never puts back a model of the provider that it removes", async () => {
    await machine.write(CONFIG, '{ "model": "tokenpool/own" }');
    await configure();
    await remove();
    assert.equal((await machine.inspect()).defaultModel, undefined);
  });

  it("keeps a default model that the user chose since", async () => {
    await configure();
    const text = (await machine.read(CONFIG)) ?? "";
    await machine.write(CONFIG, text.replace('"model": "tokenpool/gpt-5.5"', '"model": "other/model"'));
    await remove();
    assert.deepEqual(JSON.parse((await machine.read(CONFIG)) ?? ""), { model: "other/model" });
  });

  it("follows the provider into a file that is no longer the strongest", async () => {
    await configure();
    await machine.write(".config/opencode/opencode.jsonc", '{ "theme": "dark" }');
    await remove();
    assert.equal(await machine.read(CONFIG), undefined);
    assert.equal(await machine.read(".config/opencode/opencode.jsonc"), '{ "theme": "dark" }');
  });

  it("keeps the key file while something else refers to it", async () => {
    await machine.write(
      CONFIG,
      '{ "provider": { "own": { "options": { "apiKey": "{file:~/.config/tokenpool/api-key}" } } } }',
    );
    await configure();
    const { notices } = planRemoval(await machine.inspect(), () => undefined);
    assert.match(notices.join(), /tokenpool[/\\]api-key stays/);
    await remove();
    assert.equal(await machine.read(KEY_FILE), `${API_KEY}\n`);
  });

  it("changes nothing where nothing is ours", async () => {
    await machine.write(CONFIG, '{ "model": "other/model" }');
    assert.equal(await remove(), undefined);
  });
});
