import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { applyChange, applyChanges } from "../../../src/changes/apply";
import { rememberingFileSystem } from "../../../src/changes/disk/readings";
import { prepareChange, prepareChanges } from "../../../src/changes/prepare";
import type { FileSystem } from "../../../src/changes/disk/userFile";
import type { KeyEdit } from "../../../src/changes/document/edits/keyEdit";
import { Refusal } from "../../../src/changes/refusal";
import {
  API_KEY,
  planOf,
  refusalOf,
  remove,
  set,
  setSecret,
  systemError,
  TemporaryStore,
} from "./temporaryStore";

describe("apply change", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  /** The real file system, except that one file cannot be renamed into its place. */
  const failingRename = (name: string, code: string): FileSystem => ({
    ...fs,
    rename: (from, to) => (to === home.path(name) ? Promise.reject(systemError(code)) : fs.rename(from, to)),
  });

  it("writes nothing and leaves no entry when there is nothing to do", async () => {
    await home.write("config", "a = 1\n");
    assert.equal(await home.apply(home.toml("config", set("a", 1))), undefined);
    assert.deepEqual(await home.journal(), []);
  });

  it("keeps the old bytes in a backup and the change in the journal", async () => {
    await home.write("config", "\ufeffa = 1 # mine\r\n");
    const entry = await home.apply(home.toml("config", set("a", 2)), home.json("auth.json", set("b", 1)));
    assert.equal(await home.read("config"), "\ufeffa = 2 # mine\r\n");
    assert.equal(entry?.state, "done");
    assert.deepEqual(
      entry.files.map(({ path, change }) => [path, change]),
      [
        [home.path("config"), "updated"],
        [home.path("auth.json"), "created"],
      ],
    );
    assert.equal(await fs.readFile(entry.files[0]?.backup ?? "", "utf8"), "\ufeffa = 1 # mine\r\n");
    assert.deepEqual(await home.journal(), [entry]);
  });

  it("keeps store, journal and backups for the user alone", async () => {
    await home.write("config", "a = 1\n", 0o644);
    const entry = await home.apply(home.toml("config", set("a", 2)));
    const backup = entry?.files[0]?.backup ?? "";
    assert.equal((await fs.stat(backup)).mode & 0o777, 0o600);
    for (const folder of ["store", "store/backups", "store/locks"])
      assert.equal(await home.mode(folder), 0o700);
    assert.equal(await home.mode("store/journal.json"), 0o600);
  });

  it("never writes the key into the journal", async () => {
    await home.apply({ ...home.json("auth.json", setSecret("OPENAI_API_KEY", API_KEY)), credential: true });
    assert.equal((await home.read("store/journal.json"))?.includes(API_KEY), false);
    assert.equal(await home.mode("auth.json"), 0o600);
  });

  it("writes in the order of the plan", async () => {
    const renamed: string[] = [];
    home.fs = {
      ...fs,
      rename: (from, to) => {
        renamed.push(String(to));
        return fs.rename(from, to);
      },
    };
    await home.apply(home.json("z-first", set("a", 1)), home.toml("a-second", set("a", 1)));
    const [first, second] = renamed.filter((name) => !name.startsWith(home.path("store")));
    assert.deepEqual([first, second], [home.path("z-first"), home.path("a-second")]);
    assert.equal(
      renamed[0],
      home.path("store/journal.json"),
      "the journal knows before the first file changes",
    );
  });

  it("plans again on the new bytes when a file changed since the preview", async () => {
    await home.write("config", "a = 1\n");
    const plan = planOf([home.toml("config", set("a", 2))]);
    const shown = await prepareChange(fs, plan);
    await home.write("config", "# theirs\na = 1\n");
    let plans = 0;
    await applyChange(home.store, () => Promise.resolve((plans++, plan)), shown);
    assert.equal(plans, 2);
    assert.equal(await home.read("config"), "# theirs\na = 2\n");
  });

  for (const [state, text] of [
    ["of which nothing was planned then", undefined],
    ["in which there was nothing to do then", "a = 2\n"],
  ] as const) {
    it(`writes nothing when a file comes in that was not shown, ${state}`, async () => {
      await home.write("one", "a = 1\n");
      if (text !== undefined) await home.write("two", text);
      const [one, two] = [home.toml("one", set("a", 2)), home.toml("two", set("a", 2))];
      const shown = await prepareChange(fs, planOf(text === undefined ? [one] : [one, two]));
      await home.write("two", "a = 1\n");
      const work = applyChange(home.store, () => Promise.resolve(planOf([one, two])), shown);
      const { where } = await refusalOf("change/changed-meanwhile", work);
      assert.equal(where.path, home.path("two"));
      assert.deepEqual([await home.read("one"), await home.read("two")], ["a = 1\n", "a = 1\n"]);
    });
  }

  describe("when keys that were shown moved on", () => {
    const BEFORE = "a = 1\n[t]\nb = 1\n";
    const EDITS = [set("a", 2), set("t.c", 3), remove("t.b")];

    /** Shows a change, lets somebody write the file, and applies it. @returns what is there then, or the refusal */
    async function meanwhile(theirs: string, edits: readonly KeyEdit[] = EDITS, before = BEFORE) {
      await home.write("config", before);
      const plan = planOf([home.toml("config", ...edits)]);
      const shown = await prepareChange(fs, plan);
      await home.write("config", theirs);
      const work = applyChange(home.store, () => Promise.resolve(plan), shown);
      const refusal = await work.then(
        () => undefined,
        (error: unknown) => error,
      );
      return { refusal, text: await home.read("config") };
    }

    for (const [what, theirs] of [
      ["a value that it replaces", "a = 9\n[t]\nb = 1\n"],
      ["a key that it adds", "a = 1\n[t]\nb = 1\nc = 9\n"],
      ["a value that it takes out", "a = 1\n[t]\nb = 9\n"],
      ["the kind of a value", 'a = "1"\n[t]\nb = 1\n'],
    ] as const) {
      it(`writes nothing where somebody set ${what}`, async () => {
        const { refusal, text } = await meanwhile(theirs);
        assert.ok(refusal instanceof Refusal, String(refusal));
        assert.deepEqual(
          [refusal.code, refusal.where.path],
          ["change/changed-meanwhile", home.path("config")],
        );
        assert.match(refusal.message, /changed in another way than planned/);
        assert.equal(text, theirs);
      });
    }

    it("writes nothing where a table that it takes out got another key", async () => {
      const theirs = "a = 1\n[t]\nb = 1\nmine = 1\n";
      const { refusal, text } = await meanwhile(theirs, [remove("t")]);
      assert.ok(refusal instanceof Refusal, String(refusal));
      assert.equal(text, theirs);
    });

    for (const [what, edit] of [
      ["another value", set("a", 3)],
      ["another key", set("z", 3)],
    ] as const) {
      it(`writes nothing where the plan for the new file sets ${what}`, async () => {
        await home.write("config", "a = 1\n");
        const [plan, other] = [set("a", 2), edit].map((each) => planOf([home.toml("config", each)]));
        assert.ok(plan && other);
        const shown = await prepareChange(fs, plan);
        await home.write("config", "# theirs\na = 1\n");
        await refusalOf(
          "change/changed-meanwhile",
          applyChange(home.store, () => Promise.resolve(other), shown),
        );
        assert.equal(await home.read("config"), "# theirs\na = 1\n");
      });
    }

    for (const [theirs, code] of [
      ["theirs", "change/changed-meanwhile"],
      ["new", undefined],
    ] as const) {
      it(`${code ? "writes nothing" : "has nothing to do"} where a file of the key alone holds ${theirs}`, async () => {
        const content = Buffer.from("new");
        const file = { kind: "replace", path: home.path("key"), content, credential: true } as const;
        await home.write("key", "old", 0o600);
        const shown = await prepareChange(fs, planOf([file]));
        await home.write("key", theirs, 0o600);
        const work = applyChange(home.store, () => Promise.resolve(planOf([file])), shown);
        if (code) await refusalOf(code, work);
        else assert.equal(await work, undefined);
        assert.equal(await home.read("key"), theirs);
      });
    }

    for (const [what, theirs, result] of [
      [
        "wrote elsewhere",
        "# mine\na = 1 # too\nd = 4\n[t]\nb = 1\n",
        "# mine\na = 2 # too\nd = 4\n[t]\nc = 3\n",
      ],
      ["did a part of it", "a = 2\n[t]\nb = 1\n", "a = 2\n[t]\nc = 3\n"],
      ["saved it another way", "a=0x1\nt.b=1\n", "a=2\nt.c = 3\n"],
    ] as const) {
      it(`does what was shown where somebody ${what}`, async () => {
        const { refusal, text } = await meanwhile(theirs);
        assert.deepEqual([refusal, text], [undefined, result]);
      });
    }
  });

  it("gives up when the file keeps changing", async () => {
    await home.write("config", "a = 1\n");
    const plan = planOf([home.toml("config", set("a", 2))]);
    const shown = await prepareChange(fs, plan);
    let writes = 0;
    const makePlan = async () => {
      await home.write("config", `a = 1 # ${++writes}\n`);
      return plan;
    };
    const refusal = await refusalOf("change/changed-meanwhile", applyChange(home.store, makePlan, shown));
    assert.equal(refusal.where.path, home.path("config"));
    assert.equal(await home.read("config"), "a = 1 # 3\n");
    assert.deepEqual(await home.journal(), []);
  });

  it("plans again when another program writes just before the renaming, and takes the first file back", async () => {
    await home.write("one", "a = 1\n");
    await home.write("two", "a = 1\n");
    home.fs = { ...fs, rename: writingBefore("two", ["a = 1 # theirs\n"]) };
    await home.apply(home.toml("one", set("a", 2)), home.toml("two", set("a", 2)));
    assert.equal(await home.read("one"), "a = 2\n");
    assert.equal(await home.read("two"), "a = 2 # theirs\n");
    assert.equal((await home.journal()).length, 1);
    assert.deepEqual(await home.names(), ["one", "two"]);
  });

  it("gives up when another program writes just before the renaming again and again", async () => {
    await home.write("one", "a = 1\n");
    await home.write("two", "a = 1\n");
    home.fs = { ...fs, rename: writingBefore("two", ["a = 1 # 3\n", "a = 1 # 4\n"]) };
    const work = home.apply(home.toml("one", set("a", 2)), home.toml("two", set("a", 2)));
    const refusal = await refusalOf("change/changed-meanwhile", work);
    assert.equal(refusal.where.path, home.path("two"));
    assert.deepEqual([await home.read("one"), await home.read("two")], ["a = 1\n", "a = 1 # 4\n"]);
    assert.deepEqual(await home.journal(), []);
    assert.deepEqual(await home.names(), ["one", "two"]);
  });

  /** Renames, but another program writes a file right after the one before it has got its new name. */
  function writingBefore(name: string, contents: string[]): FileSystem["rename"] {
    return async (from, to) => {
      await fs.rename(from, to);
      if (to !== home.path("one") || (await home.read("one")) !== "a = 2\n") return;
      const content = contents.shift();
      if (content !== undefined) await home.write(name, content);
    };
  }

  it("leaves no folder behind that it made for a file it could not write", async () => {
    home.fs = failingRename("new/deep/config", "EACCES");
    await refusalOf("change/no-permission", home.apply(home.toml("new/deep/config", set("a", 1))));
    assert.deepEqual(await home.names(), []);
  });

  it("names the file for which no folder can be made", async () => {
    await home.write("file", "");
    const refusal = await refusalOf("change/write-failed", home.apply(home.toml("file/deep/c", set("a", 1))));
    assert.equal(refusal.where.path, home.path("file/deep/c"));
  });

  it("needs no space once the first file has its new name", async () => {
    await home.write("one", "a = 1\n");
    await home.write("two", "a = 1\n");
    let isFull = false;
    home.fs = {
      ...fs,
      open: (name, flags, mode) =>
        isFull && flags === "wx" ? Promise.reject(systemError("ENOSPC")) : fs.open(name, flags, mode),
      rename: async (from, to) => {
        await fs.rename(from, to);
        isFull ||= to === home.path("one");
      },
    };
    await home.apply(home.toml("one", set("a", 2)), home.toml("two", set("a", 2)));
    assert.deepEqual([await home.read("one"), await home.read("two")], ["a = 2\n", "a = 2\n"]);
    assert.deepEqual(
      (await home.journal()).map(({ state }) => state),
      ["done"],
    );
  });

  for (const [code, refused] of [
    ["ENOSPC", "change/write-failed"],
    ["EACCES", "change/no-permission"],
    ["EROFS", "change/no-permission"],
  ] as const) {
    it(`takes the first file back when the second fails with ${code}`, async () => {
      await home.write("auth.json", '{ "tokens": "mine" }', 0o600);
      await home.write("config", "a = 1\n");
      home.fs = failingRename("config", code);
      const files = [
        home.json("auth.json", set("b", 1)),
        home.json("new", set("b", 1)),
        home.toml("config", set("a", 2)),
      ];
      const refusal = await refusalOf(refused, home.apply(...files));
      assert.equal(refusal.where.path, home.path("config"));
      assert.equal(await home.read("auth.json"), '{ "tokens": "mine" }');
      assert.equal(await home.read("config"), "a = 1\n");
      assert.deepEqual(await home.names(), ["auth.json", "config"]);
      assert.deepEqual(await home.journal(), []);
      assert.deepEqual(await fs.readdir(home.path("store/backups")), []);
    });
  }

  describe("of several plans", () => {
    const one = () => planOf([home.toml("one", set("a", 2))]);
    const two = () => planOf([home.toml("two", set("a", 2))]);
    const both = async () => [await home.read("one"), await home.read("two")];
    beforeEach(async () => {
      await home.write("one", "a = 1\n");
      await home.write("two", "a = 1\n");
    });

    it("makes an entry of the same group for each that had something to do", async () => {
      const entries = await home.applyPlans(one(), two());
      assert.deepEqual(await home.journal(), entries);
      assert.deepEqual(
        entries.map(({ files }) => files.map(({ path }) => path)),
        [[home.path("one")], [home.path("two")]],
      );
      assert.ok(entries[0]?.group);
      assert.equal(entries[1]?.group, entries[0].group);
      assert.deepEqual(await both(), ["a = 2\n", "a = 2\n"]);
    });

    it("makes no group where only one had something to do", async () => {
      const entries = await home.applyPlans(planOf([home.toml("one", set("a", 1))]), two());
      assert.deepEqual(
        entries.map(({ files, group }) => [files[0]?.path, group]),
        [[home.path("two"), undefined]],
      );
    });

    it("takes the first plan back when the second is refused while it is written", async () => {
      home.fs = failingRename("two", "EACCES");
      await refusalOf("change/no-permission", home.applyPlans(one(), two()));
      assert.deepEqual(await both(), ["a = 1\n", "a = 1\n"]);
      assert.deepEqual(await home.journal(), []);
      assert.deepEqual(await fs.readdir(home.path("store/backups")), []);
    });

    it("writes nothing when a later one cannot be planned on what the file has become", async () => {
      const plans = [one(), two()];
      const shown = await prepareChanges(fs, plans);
      await home.write("two", "a = [\n");
      const work = applyChanges(home.store, () => Promise.resolve(plans), shown);
      await refusalOf("change/invalid-syntax", work);
      assert.deepEqual(await both(), ["a = 1\n", "a = [\n"]);
    });

    it("refuses two plans for the same file, and leaves it as it was", async () => {
      const other = planOf([home.toml("one", set("b", 2))]);
      await refusalOf("change/changed-meanwhile", home.applyPlans(one(), other));
      assert.deepEqual(await both(), ["a = 1\n", "a = 1\n"]);
      assert.deepEqual(await home.journal(), []);
    });

    it("calls all done in one step, so that a crash before it takes all back", async () => {
      const states: (readonly string[])[] = [];
      home.fs = {
        ...fs,
        rename: async (from, to) => {
          await fs.rename(from, to);
          if (to === home.path("store/journal.json"))
            states.push((await home.journal()).map(({ state }) => state));
        },
      };
      await home.applyPlans(one(), two());
      assert.deepEqual(states, [
        ["writing", "writing"],
        ["done", "done"],
      ]);
    });
  });

  it("refuses before any file changes when no backup can be saved", async () => {
    await home.write("config", "a = 1\n");
    const open: typeof fs.open = (name, flags, mode) =>
      String(name).includes("backups") ? Promise.reject(systemError("ENOSPC")) : fs.open(name, flags, mode);
    home.fs = { ...fs, open };
    await refusalOf("change/write-failed", home.apply(home.toml("config", set("a", 2))));
    assert.equal(await home.read("config"), "a = 1\n");
  });

  it("keeps the entry as unfinished when not even the way back works", async () => {
    await home.write("one", "a = 1\n");
    await home.write("two", "a = 1\n");
    let renames = 0;
    home.fs = {
      ...fs,
      rename: (from, to) => {
        if (String(to).startsWith(home.path("store"))) return fs.rename(from, to);
        return ++renames > 1 ? Promise.reject(systemError("ENOSPC")) : fs.rename(from, to);
      },
    };
    const refusal = await refusalOf(
      "change/write-failed",
      home.apply(home.toml("one", set("a", 2)), home.toml("two", set("a", 2))),
    );
    assert.match(refusal.message, /taken back as soon as/);
    assert.deepEqual(
      (await home.journal()).map(({ state }) => state),
      ["writing"],
    );
  });

  it("takes everything back when another program writes a file right after us", async () => {
    await home.write("one", "a = 1\n");
    await home.write("two", "a = 1\n");
    home.fs = {
      ...fs,
      rename: async (from, to) => {
        await fs.rename(from, to);
        if (to === home.path("two")) await home.write("two", "theirs = true\n");
      },
    };
    const work = home.apply(home.toml("one", set("a", 2)), home.toml("two", set("a", 2)));
    await refusalOf("change/changed-meanwhile", work);
    assert.equal(await home.read("one"), "a = 1\n");
    assert.equal(await home.read("two"), "theirs = true\n");
  });

  it("sees by its bytes what another program wrote while the system's clock stood still", async () => {
    await home.write("one", "a = 1\nb = 1\n");
    const frozen = await fs.stat(home.path("one"));
    // Of one length, and with the times of a network drive that tells them late.
    const stat = ((file: string) =>
      file === home.path("one") ? Promise.resolve(frozen) : fs.stat(file)) as FileSystem["stat"];
    home.fs = rememberingFileSystem({ ...fs, stat });
    const makePlan = () => Promise.resolve(planOf([home.toml("one", set("a", 2))]));
    const shown = await prepareChange(home.fs, await makePlan());
    await home.write("one", "a = 1\nb = 2\n");
    await applyChange(home.store, makePlan, shown);
    assert.equal(await home.read("one"), "a = 2\nb = 2\n");
  });
});
