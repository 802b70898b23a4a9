import assert from "node:assert/strict";
import {
  type ChangedFile,
  KeySearch,
  LARGEST_BYTES,
  type RepositoryView,
} from "../../../../../src/doctor/problems/secrets/keySearch";
import { MemoryFileSystem } from "../../../changes/memoryFileSystem";
import { API_KEY } from "../../../changes/temporaryStore";

describe("the search for the key", () => {
  let memory: MemoryFileSystem;
  let opened: string[];
  let asked: string[];
  let search: KeySearch;
  beforeEach(() => {
    memory = new MemoryFileSystem();
    [opened, asked] = [[], []];
    const open = (file: string, ...rest: [string]) => {
      opened.push(file);
      return memory.fs.open(file, ...rest);
    };
    search = new KeySearch({ ...memory.fs, open: open as unknown as typeof memory.fs.open }, API_KEY);
  });

  const untracked = (path: string): ChangedFile => ({ path, staged: false, unstaged: true, untracked: true });
  const changed = (path: string): ChangedFile => ({ path, staged: false, unstaged: true, untracked: false });
  const staged = (path: string): ChangedFile => ({ path, staged: true, unstaged: false, untracked: false });

  /** @param texts what Git answers, by `head /path` or `index /path` */
  function view(
    head: string | undefined,
    changes: readonly ChangedFile[],
    texts: Readonly<Record<string, string>> = {},
    between: readonly string[] = [],
  ): RepositoryView {
    return {
      head,
      changes,
      changedBetween: (from, to) => {
        asked.push(`between ${from} ${to}`);
        return Promise.resolve(between);
      },
      textIn: (where, path) => {
        asked.push(`${where} ${path}`);
        return Promise.resolve(texts[`${where} ${path}`]);
      },
    };
  }

  it("finds every stored key, and reads a file once for all of them", async () => {
    const other = "sk-" + "ef56".repeat(16);
    const several = new KeySearch(memory.fs, API_KEY, other);
    memory.write("/a", `x ${other}`);
    memory.write("/b", `x ${API_KEY}`);
    memory.write("/c", "x");
    assert.deepEqual(await several.find(view("1", ["/a", "/b", "/c"].map(untracked))), [
      { path: "/a", stage: "untracked" },
      { path: "/b", stage: "untracked" },
    ]);
  });

  it("reads a file again only when it has changed, and its last commit only after a new one", async () => {
    memory.write("/a", "x");
    const changes = [changed("/a")];
    await search.find(view("1", changes));
    await search.find(view("1", changes));
    assert.deepEqual([opened, asked], [["/a"], ["head /a"]]);
    memory.write("/a", `now ${API_KEY}`);
    assert.deepEqual(await search.find(view("2", changes)), [{ path: "/a", stage: "changed" }]);
    assert.deepEqual(
      [opened, asked],
      [
        ["/a", "/a"],
        ["head /a", "between 1 2", "head /a"],
      ],
    );
  });

  it("remembers that a file held the key", async () => {
    memory.write("/a", API_KEY);
    for (let look = 0; look < 2; look++)
      assert.deepEqual(await search.find(view("1", [untracked("/a")])), [{ path: "/a", stage: "untracked" }]);
    assert.deepEqual(opened, ["/a"]);
  });

  it("asks Git nothing about a file that it does not know", async () => {
    memory.write("/a", API_KEY);
    await search.find(view(undefined, [untracked("/a")]));
    await search.find(view("1", [untracked("/a")]));
    await search.find(view(undefined, [untracked("/a")]));
    assert.deepEqual(asked, []);
  });

  it("asks Git for 50 files in one look and reads a thousand", async () => {
    const changes = Array.from({ length: 1_001 }, (_, index) => changed(`/${index}`));
    for (const { path } of changes) memory.write(path, API_KEY);
    const found = await search.find(view("1", changes));
    assert.deepEqual([asked.length, opened.length, found.length], [50, 1_000, 1_000]);
  });

  it("reads all that is staged, wherever it stands among the changes", async () => {
    const many = Array.from({ length: 1_502 }, (_, index) => staged(`/${index}`));
    const others = Array.from({ length: 1_001 }, (_, index) => untracked(`/other ${index}`));
    for (const { path } of [...many, ...others]) memory.write(path, "x");
    memory.write("/1501", API_KEY);
    assert.deepEqual(await search.find(view("1", [...others, ...many])), [
      { path: "/1501", stage: "staged" },
    ]);
  });

  for (const [title, bytes] of [
    ["UTF-16", Buffer.from(`\ufeffkey=${API_KEY}\r\n`, "utf16le")],
    ["UTF-16 without a mark", Buffer.from(`key=${API_KEY}`, "utf16le")],
    ["big-endian UTF-16", Buffer.from(`\ufeffkey=${API_KEY}`, "utf16le").swap16()],
    [
      "UTF-16 behind UTF-8, as >> makes it",
      Buffer.from(`héllo\n${Buffer.from(API_KEY, "utf16le").toString("latin1")}`, "latin1"),
    ],
    ["UTF-16 with a byte too many", Buffer.concat([Buffer.from(API_KEY, "utf16le"), Buffer.of(0x0a)])],
  ] as const) {
    it(`finds the key in ${title}, on disk and as Git shows it`, async () => {
      memory.write("/a", bytes);
      memory.write("/b", "x");
      const both = { ...staged("/b"), unstaged: true };
      const shown = bytes.toString("utf8");
      assert.deepEqual(await search.find(view("1", [staged("/a"), both], { "index /b": shown })), [
        { path: "/a", stage: "staged" },
        { path: "/b", stage: "staged" },
      ]);
    });
  }

  it("finds nothing in a link to a file with the key: Git keeps only where it leads", async () => {
    memory.write("/secret/key", API_KEY);
    memory.link("/link", "/secret/key");
    memory.link("/key", "/secret/key");
    assert.deepEqual(await search.find(view("1", [staged("/link"), untracked("/key")])), []);
  });

  it("finds the key below a folder that is reached by a link", async () => {
    memory.write("/real/a", API_KEY);
    memory.link("/opened", "/real");
    assert.deepEqual(await search.find(view("1", [untracked("/opened/a")])), [
      { path: "/opened/a", stage: "untracked" },
    ]);
  });

  it("looks at no more than a thousand files of new commits", async () => {
    const paths = Array.from({ length: 1_001 }, (_, index) => `/${index}`);
    for (const path of paths) memory.write(path, API_KEY);
    await search.find(view("1", []));
    assert.equal((await search.find(view("2", [], {}, paths))).length, 1_000);
  });

  it("looks in what is staged where the file differs from it", async () => {
    memory.write("/a", "x");
    const both = { ...staged("/a"), unstaged: true };
    assert.deepEqual(await search.find(view("1", [both], { "index /a": API_KEY })), [
      { path: "/a", stage: "staged" },
    ]);
    assert.deepEqual(asked, ["head /a", "index /a"]);
  });

  it("calls only that staged which was staged", async () => {
    memory.write("/a", API_KEY);
    const both = { ...staged("/a"), unstaged: true };
    assert.deepEqual(await search.find(view("1", [both], { "index /a": "x" })), [
      { path: "/a", stage: "changed" },
    ]);
  });

  it("goes on watching a file of the last commit, until the key is out of it", async () => {
    memory.write("/a", API_KEY);
    const committed = [{ path: "/a", stage: "committed" }];
    assert.deepEqual(await search.find(view("1", [changed("/a")], { "head /a": API_KEY })), committed);
    assert.deepEqual(await search.find(view("1", [])), committed);
    memory.write("/a", "clean");
    assert.deepEqual(await search.find(view("1", [])), []);
    memory.write("/a", `again ${API_KEY}`);
    assert.deepEqual(await search.find(view("1", [])), [], "it is no longer watched");
  });

  it("reads files up to the limit, and nothing that is none", async () => {
    memory.write("/limit", API_KEY + " ".repeat(LARGEST_BYTES - API_KEY.length));
    memory.write("/above", API_KEY + " ".repeat(LARGEST_BYTES - API_KEY.length + 1));
    memory.write("/folder/file", API_KEY);
    const changes = ["/limit", "/above", "/folder", "/gone"].map(untracked);
    assert.deepEqual(await search.find(view("1", changes)), [{ path: "/limit", stage: "untracked" }]);
    assert.deepEqual(opened, ["/limit"]);
  });

  it("goes on after a file that cannot be read", async () => {
    memory.write("/denied", API_KEY);
    memory.write("/a", API_KEY);
    const open = (file: string, ...rest: [string]) =>
      file === "/denied" ? Promise.reject(new Error("made by a test")) : memory.fs.open(file, ...rest);
    const fs = { ...memory.fs, open: open as unknown as typeof memory.fs.open };
    const found = await new KeySearch(fs, API_KEY).find(view("1", ["/denied", "/a"].map(untracked)));
    assert.deepEqual(found, [{ path: "/a", stage: "untracked" }]);
  });
});
