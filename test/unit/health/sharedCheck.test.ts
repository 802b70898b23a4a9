import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { readTextIfAny } from "../../../src/changes/disk/readBytes";
import { readSharedCheck, type SharedCheckStore, writeSharedCheck } from "../../../src/health/sharedCheck";

const API_KEY = "sk-" + "ab12".repeat(16);
const OTHER_KEY = "sk-" + "cd34".repeat(16);
const TARGET = { endpoint: "https://api.clawto.link", model: "gpt-5.5" };
const RESULT = { report: { state: "ok" }, findings: { models: ["gpt-5.5"] } };

describe("what a check found, shared between windows", () => {
  let folder: string;
  let store: SharedCheckStore;
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "shared-"));
    const readText = (file: string, largest: number) => readTextIfAny(fs, file, largest);
    store = { fs, file: path.join(folder, "storage", "health.json"), readText };
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  const read = (apiKey = API_KEY, target: unknown = TARGET) => readSharedCheck(store, apiKey, target);
  const text = () => fs.readFile(store.file, "utf8");

  it("is nothing before the first check", async () => {
    assert.equal(await read(), undefined);
  });

  it("reaches another window", async () => {
    await writeSharedCheck(store, API_KEY, TARGET, RESULT);
    assert.deepEqual(await read(), RESULT);
  });

  it("counts for the same key and target only", async () => {
    await writeSharedCheck(store, API_KEY, TARGET, RESULT);
    assert.equal(await read(OTHER_KEY), undefined);
    assert.equal(await read(API_KEY, { ...TARGET, model: "gpt-5.4" }), undefined);
  });

  it("holds no part of the key, and is the user's alone", async () => {
    await writeSharedCheck(store, API_KEY, TARGET, RESULT);
    assert.ok(!(await text()).includes(API_KEY.slice(0, 12)));
    assert.equal((await fs.stat(store.file)).mode & 0o777, 0o600);
  });

  it("cannot be made up without the key", async () => {
    await writeSharedCheck(store, API_KEY, TARGET, RESULT);
    const forged = (await text()).replace("ok", "no");
    await fs.writeFile(store.file, forged);
    assert.equal(await read(), undefined);
  });

  for (const [name, content] of Object.entries({
    empty: "",
    "cut off": '{"content":"{}',
    "of another kind": "[1]",
    "without a seal": '{"content":"{}"}',
    "with a seal of the wrong length": '{"content":"{}","seal":"x"}',
  })) {
    it(`ignores a file that is ${name}`, async () => {
      await writeSharedCheck(store, API_KEY, TARGET, RESULT);
      await fs.writeFile(store.file, content);
      assert.equal(await read(), undefined);
    });
  }

  it("leaves no litter when it cannot be written, and does not fail", async () => {
    await fs.mkdir(store.file, { recursive: true });
    await writeSharedCheck(store, API_KEY, TARGET, RESULT);
    assert.deepEqual(await fs.readdir(path.dirname(store.file)), ["health.json"]);
  });
});
