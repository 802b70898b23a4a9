import assert from "node:assert/strict";
import { mock } from "node:test";
import { KeychainError } from "../../../../src/editor/keys/keychain";
import { ApiKeyStore, MOST_KEYS } from "../../../../src/editor/keys/keyStore";
import { KEY_NAMES, SECRET_NAME } from "../../../../src/ids";
import { Memory, Secrets } from "./secrets";

const keyOf = (number: number) => "sk-" + `${number}`.padStart(4, "a").repeat(16);
const KEY = keyOf(1);
const OTHER = keyOf(2);

describe("ApiKeyStore", () => {
  let secrets: Secrets;
  let memory: Memory;
  let store: ApiKeyStore;
  beforeEach(() => {
    secrets = new Secrets(KEY);
    memory = new Memory();
    store = new ApiKeyStore(secrets, memory);
  });

  const listed = async (of = store) =>
    (await of.list()).map(({ name, apiKey, inUse }) => [name, apiKey, inUse] as const);

  it("notices what another window does to the key in use, and nothing else", async () => {
    const there = new ApiKeyStore(secrets, new Memory());
    await there.remove(KEY);
    const seen: (string | undefined)[] = [];
    const registration = store.onDidChange(() => void store.read().then((key) => seen.push(key)));
    await there.write(KEY);
    await secrets.store("somebody.else", "x");
    await there.add(OTHER);
    await there.remove(KEY);
    registration.dispose();
    await there.write(KEY);
    assert.deepEqual(seen, [KEY, undefined]);
  });

  it("notices what another window does to any key, so that what is masked is up to date", async () => {
    assert.deepEqual(await store.all(), [KEY]);
    let changes = 0;
    const registration = store.onDidChangeAny(() => changes++);
    await new ApiKeyStore(secrets, new Memory()).add(OTHER);
    assert.deepEqual([...(await store.all())].sort(), [KEY, OTHER].sort());
    assert.ok(changes > 0);
    registration.dispose();
  });

  it("keeps the one key of a version before where that finds it, and writes nothing beside it", async () => {
    assert.deepEqual(await listed(), [["Default", KEY, true]]);
    await store.write(OTHER);
    assert.deepEqual([...secrets.values], [[SECRET_NAME, OTHER]]);
    await store.remove(OTHER);
    assert.deepEqual([[...secrets.values], [...memory.values]], [[], []]);
  });

  it("adds a second one and changes to it and back, and an older version finds the one in use", async () => {
    const added = await store.add(OTHER, "Work");
    assert.deepEqual(await listed(), [
      ["Default", KEY, true],
      ["Work", OTHER, false],
    ]);
    assert.equal(secrets.stored, KEY);
    assert.ok(added);
    await store.use(added);
    assert.deepEqual(await listed(), [
      ["Default", KEY, false],
      ["Work", OTHER, true],
    ]);
    assert.equal(secrets.stored, OTHER);
    await store.use({ apiKey: KEY });
    assert.equal(secrets.stored, KEY);
  });

  it("replaces the one in use alone", async () => {
    await store.add(OTHER, "Work");
    await store.write(keyOf(3));
    assert.deepEqual(await listed(), [
      ["Default", keyOf(3), true],
      ["Work", OTHER, false],
    ]);
  });

  it("has no key twice, whether it is added or takes the place of another", async () => {
    await store.add(OTHER, "Work");
    assert.equal((await store.add(OTHER, "Again"))?.name, "Work");
    assert.equal((await store.add(KEY))?.name, "Default");
    await store.write(OTHER);
    assert.deepEqual(await listed(), [["Work", OTHER, true]]);
    assert.ok(![...secrets.values.values()].includes(KEY));
  });

  it("removes the one in use from everywhere, and takes no other in its place", async () => {
    await store.add(OTHER, "Work");
    await store.remove(KEY);
    assert.deepEqual(await listed(), [["Work", OTHER, false]]);
    assert.ok(![...secrets.values.values()].includes(KEY));
    assert.equal(await store.read(), undefined);
  });

  it("removes one that is not in use", async () => {
    await store.add(OTHER, "Work");
    await store.remove(OTHER);
    assert.deepEqual(await listed(), [["Default", KEY, true]]);
  });

  it("keeps the order and the names that the user gave", async () => {
    await store.add(OTHER, "Work");
    await store.add(keyOf(3), "Spare");
    const keys = await store.list();
    await store.arrange(
      [...keys].reverse().map((key) => (key.apiKey === KEY ? { ...key, name: "Private" } : key)),
    );
    assert.deepEqual(await listed(), [
      ["Spare", keyOf(3), false],
      ["Work", OTHER, false],
      ["Private", KEY, true],
    ]);
  });

  it("gives the next free name to one whose own is empty or another's", async () => {
    assert.equal((await store.add(OTHER, "Default"))?.name, "Key 2");
    assert.equal((await store.add(keyOf(3), " "))?.name, "Key 3");
    assert.equal((await store.add(keyOf(4), "Work"))?.name, "Work");
  });

  it("keeps a name where the other would be empty or another's, and both where two are exchanged", async () => {
    await store.add(OTHER, "Work");
    const names = async () => (await store.list()).map(({ name }) => name);
    for (const [first, second] of [
      ["Work", "Work"],
      [" ", "Default"],
      ["Work", "Default"],
    ] as const) {
      await store.arrange([
        { apiKey: KEY, name: first },
        { apiKey: OTHER, name: second },
      ]);
      assert.deepEqual(await names(), ["Default", "Work"]);
    }
    await store.arrange([
      { apiKey: KEY, name: "Default" },
      { apiKey: OTHER, name: "Home" },
    ]);
    assert.deepEqual(await names(), ["Default", "Home"]);
  });

  it("gives another name to one that is alone", async () => {
    const before = await store.named();
    assert.equal(await store.named(), before, "known, as long as none changes");
    await store.arrange([{ apiKey: KEY, name: "Mine" }]);
    assert.deepEqual(await listed(), [["Mine", KEY, true]]);
    assert.equal((await store.named()).get(KEY), "Mine");
    await store.arrange([{ apiKey: KEY, name: "Ours" }]);
    assert.equal((await store.named()).get(KEY), "Ours", "also where no secret changed");
  });

  it(`keeps ${MOST_KEYS} keys and no more, and loses none that an older version wrote`, async () => {
    for (let number = 2; number <= MOST_KEYS; number++) assert.ok(await store.add(keyOf(number)));
    assert.equal(await store.add(keyOf(99)), undefined);
    assert.equal((await store.add(keyOf(7)))?.name, "Key 7");
    // An older version writes only the one that it knows.
    await secrets.store(SECRET_NAME, keyOf(99));
    await store.use({ apiKey: keyOf(5) });
    assert.equal((await store.all()).length, MOST_KEYS + 1);
    assert.ok((await store.all()).includes(keyOf(99)));
  });

  it(`takes no further key for use where ${MOST_KEYS} are stored and none is in use`, async () => {
    await store.remove(KEY);
    for (let number = 1; number <= MOST_KEYS; number++) assert.ok(await store.add(keyOf(number)));
    assert.equal(await store.write(keyOf(99)), false);
    assert.equal(await store.read(), undefined);
    assert.equal((await store.all()).length, MOST_KEYS);
    assert.equal(await store.write(keyOf(7)), true, "one of them");
    assert.equal(await store.write(keyOf(99)), true, "in place of the one in use");
    assert.equal((await store.all()).length, MOST_KEYS);
  });

  it("knows all keys where the names are gone, as in another profile, or nonsense", async () => {
    await store.add(OTHER, "Work");
    assert.deepEqual(await listed(new ApiKeyStore(secrets, new Memory())), [
      ["Default", KEY, true],
      ["Key 2", OTHER, false],
    ]);
    for (const nonsense of [
      7,
      "x",
      [null, 7, { slot: "1", name: {} }, { slot: 1, name: " " }, { slot: 9, name: "x" }],
    ]) {
      await memory.update(KEY_NAMES, nonsense);
      assert.deepEqual(
        (await listed()).map(([name]) => name),
        ["Default", "Key 2"],
      );
    }
  });

  it("loses no key of two that are added at once", async () => {
    await Promise.all([store.add(OTHER, "Work"), store.add(keyOf(3), "Spare")]);
    assert.deepEqual(await listed(), [
      ["Default", KEY, true],
      ["Work", OTHER, false],
      ["Spare", keyOf(3), false],
    ]);
  });

  it("goes on after a change that failed", async () => {
    secrets.error = new Error("locked");
    const adding = store.add(OTHER);
    await assert.rejects(adding, KeychainError);
    secrets.error = undefined;
    assert.ok(await store.add(OTHER));
  });

  it("leaves the name of a key that was added since the list was shown", async () => {
    await store.add(OTHER, "Work");
    const shown = await store.list();
    await new ApiKeyStore(secrets, memory).add(keyOf(3), "Spare");
    await store.arrange([...shown].reverse());
    assert.deepEqual(await listed(), [
      ["Work", OTHER, false],
      ["Default", KEY, true],
      ["Spare", keyOf(3), false],
    ]);
  });

  it("brings no key back that was removed since the list was shown", async () => {
    const added = await store.add(OTHER, "Work");
    assert.ok(added);
    await new ApiKeyStore(secrets, memory).remove(OTHER);
    assert.equal(await store.use(added), false);
    assert.deepEqual(await listed(), [["Default", KEY, true]]);
  });

  it("does not go on with what it knew while a key was being written", async () => {
    const told = secrets.onDidChange;
    // VS Code tells of a change only later.
    secrets.onDidChange = () => ({ dispose: () => true });
    const late = new ApiKeyStore(secrets, memory);
    secrets.onDidChange = told;
    const write = secrets.store;
    secrets.store = async (name, value) => {
      await late.all();
      return write(name, value);
    };
    await late.write(OTHER);
    assert.deepEqual(await late.all(), [OTHER]);
    secrets.delete = async (name) => {
      await late.all();
      secrets.values.delete(name);
    };
    await late.remove(OTHER);
    assert.deepEqual(await late.all(), []);
  });

  it("asks a keychain that failed again", async () => {
    secrets.error = new Error("locked");
    await assert.rejects(store.all(), KeychainError);
    secrets.error = undefined;
    assert.deepEqual(await store.all(), [KEY]);
  });

  it("names what a keychain refused, and the kind of its error at most", async () => {
    secrets.get = () => Promise.reject(new RangeError(KEY));
    await assert.rejects(store.read(), {
      name: "KeychainError",
      message: "keychain read failed: RangeError",
    });
  });

  it("tells a failing keychain apart and quotes nothing of it", async () => {
    secrets.store = () => Promise.reject(new TypeError(`cannot store ${KEY}`));
    await assert.rejects(store.write(KEY), (error) => {
      assert.ok(error instanceof KeychainError);
      assert.equal(error.message, "keychain write failed: TypeError");
      return true;
    });
  });

  it("names a failure to delete that is no error at all", async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what others throw is not ours to choose
    secrets.delete = () => Promise.reject(KEY);
    await assert.rejects(store.remove(KEY), { message: "keychain delete failed: string" });
  });

  describe("on a keychain that does not answer", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
    afterEach(() => mock.timers.reset());

    /** From now on it answers nothing, and does all it was asked, in that order, once it is told to. */
    function silence(): { answer: () => Promise<void> } {
      const { get, store: put, delete: drop } = secrets;
      const asked: (() => unknown)[] = [];
      const later =
        <Args extends unknown[], Result>(operation: (...args: Args) => Promise<Result>) =>
        (...args: Args) =>
          new Promise<Result>((resolve) => asked.push(async () => resolve(await operation(...args))));
      Object.assign(secrets, { get: later(get), store: later(put), delete: later(drop) });
      const answer = async () => {
        Object.assign(secrets, { get, store: put, delete: drop });
        for (const work of asked) await work();
        await new Promise(setImmediate);
      };
      return { answer };
    }

    /** Lets time pass until the work is over, one way or the other. */
    async function waiting(work: Promise<unknown>): Promise<unknown> {
      const state = { isOver: false };
      void work.catch(() => undefined).finally(() => (state.isOver = true));
      for (let minutes = 0; minutes < 60 && !state.isOver; minutes++) {
        mock.timers.tick(60_000);
        await new Promise(setImmediate);
      }
      assert.ok(state.isOver, "never ends");
      return work;
    }

    it("gives up each change and each look, and goes on as soon as it answers", async () => {
      const silent = silence();
      const lookingAndChanging = [
        () => store.read(),
        () => store.all(),
        () => store.write(OTHER),
        () => store.add(OTHER),
        () => store.use({ apiKey: KEY }),
        () => store.arrange([{ apiKey: KEY, name: "Work" }]),
        () => store.remove(KEY),
      ];
      const message = "keychain read failed: TimeoutError";
      for (const work of lookingAndChanging) await assert.rejects(waiting(work()), { message });
      await silent.answer();
      assert.deepEqual(await listed(), [["Default", KEY, true]]);
      await store.add(OTHER, "Work");
      assert.equal((await listed()).length, 2);
    });

    it("does nothing after the step that came too late, and has no key twice when it is tried again", async () => {
      const { store: put } = secrets;
      let late: () => Promise<void> = () => Promise.resolve();
      const written: string[] = [];
      secrets.store = (name, value) => {
        written.push(name);
        return new Promise((resolve) => (late = () => put(name, value).then(resolve)));
      };
      await assert.rejects(waiting(store.add(OTHER, "Work")), KeychainError);
      assert.equal(written.length, 1, "the step after the one that nobody answered was not made");
      secrets.store = (name, value) => (written.push(name), put(name, value));
      await late();
      await new Promise(setImmediate);
      assert.equal(written.length, 1, "nor was it when the answer came");
      await store.add(OTHER, "Work");
      await store.add(OTHER, "Work");
      assert.deepEqual((await listed()).map(([, apiKey]) => apiKey).sort(), [KEY, OTHER].sort());
    });

    it("stores a key also where VS Code cannot write down that there is one", async () => {
      memory.update = () => Promise.reject(new Error("disk full"));
      await store.write(OTHER);
      assert.equal(secrets.stored, OTHER);
    });

    it("remembers that a key is stored, or removed, also when the answer comes too late", async () => {
      for (const [work, isStored] of [
        [() => store.write(OTHER), true],
        [() => store.remove(OTHER), false],
      ] as const) {
        const { store: put, delete: drop } = secrets;
        let late: () => Promise<void> = () => Promise.resolve();
        secrets.store = (name, value) =>
          new Promise((resolve) => (late = () => put(name, value).then(resolve)));
        secrets.delete = (name) => new Promise((resolve) => (late = () => drop(name).then(resolve)));
        await assert.rejects(waiting(work()), KeychainError);
        Object.assign(secrets, { store: put, delete: drop });
        await late();
        await new Promise(setImmediate);
        assert.equal(store.wasStored(), isStored);
      }
    });
  });
});
