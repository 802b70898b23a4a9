import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as net from "node:net";
import { readBytes, readTextIfAny } from "../../../../src/changes/disk/readBytes";
import { inspectGit } from "../../../../src/doctor/problems/secrets/gitFacts";
import { KeySearch } from "../../../../src/doctor/problems/secrets/keySearch";
import { readSharedCheck } from "../../../../src/health/sharedCheck";
import { API_KEY, refusalOf, TemporaryStore } from "../temporaryStore";

/** The kernel gives a process's page map in parts of eight bytes only. */
const LARGEST = 131_071;

describe("reading a file", () => {
  let home: TemporaryStore;
  beforeEach(async () => (home = await TemporaryStore.make()));
  afterEach(() => home.remove());

  it("gives all of it, also of one longer than a chunk", async () => {
    const content = Buffer.alloc(200_000, "0123456789");
    await home.write("file", content);
    const { bytes, info } = await readBytes(fs, home.path("file"), 200_000);
    assert.deepEqual(Buffer.from(bytes), content);
    assert.equal(info.size, 200_000);
    await refusalOf("change/too-large", readBytes(fs, home.path("file"), 199_999));
  });

  it("reads no more than the limit and one byte where the size is not the truth", async () => {
    await home.write("file", Buffer.alloc(300_000));
    let read = 0;
    const growing = lying(0, (bytes) => (read += bytes));
    await refusalOf("change/too-large", readBytes(growing, home.path("file"), 1_000));
    assert.equal(read, 1_001);
  });

  it("takes ever more at once where the size is not the truth, so that copying stays linear", async () => {
    await home.write("file", Buffer.alloc(5_000_000));
    let reads = 0;
    const growing = lying(0, () => reads++);
    const { bytes } = await readBytes(growing, home.path("file"), 5_000_000);
    assert.equal(bytes.length, 5_000_000);
    assert.ok(reads < 15, `${reads} reads`);
  });

  /** The real file system, except that it calls every file as long as it is told. */
  function lying(size: number, onRead: (bytes: number) => void): Pick<typeof fs, "open"> {
    const open: typeof fs.open = async (...args) => {
      const file = await fs.open(...args);
      const stat = async () => Object.assign(await file.stat(), { size });
      const read = async (into: Uint8Array, at: number, length: number, from: number) => {
        const result = await file.read(into, at, length, from);
        onRead(result.bytesRead);
        return result;
      };
      return { stat, read, close: () => file.close() } as unknown as fs.FileHandle;
    };
    return { open };
  }

  it("asks the open file what it is, not the name", async () => {
    await fs.mkdir(home.path("folder"));
    await home.write("file", "x");
    const swapped = { open: ((_name, ...rest) => fs.open(home.path("folder"), ...rest)) as typeof fs.open };
    await refusalOf("change/not-a-file", readBytes(swapped, home.path("file"), 10));
  });

  const unix = process.platform === "win32" ? describe.skip : describe;
  unix("that is none", () => {
    const kinds = ["pipe", "socket", "/dev/zero", ...(process.platform === "linux" ? ["pagemap"] : [])];
    let server: net.Server;
    beforeEach(async () => {
      execFileSync("mkfifo", [home.path("pipe")]);
      server = net.createServer();
      await new Promise<void>((resolve) => server.listen(home.path("socket"), resolve));
      await fs.symlink("/dev/zero", home.path("zero"));
      await fs.symlink("/proc/self/pagemap", home.path("pagemap"));
    });
    afterEach(() => server.close());

    for (const kind of kinds) {
      it(`does not wait, nor read without end: ${kind}`, async () => {
        const file = kind.startsWith("/") ? kind : home.path(kind);
        const code = kind === "pagemap" ? "change/too-large" : "change/not-a-file";
        await refusalOf(code, readBytes(fs, file, LARGEST));
        assert.equal(await readTextIfAny(fs, file, LARGEST), undefined);
      });
    }

    it("is nothing to Git's exclude file, to the search for the key and to the shared check", async () => {
      await home.write("file", "x");
      const place = { workTree: home.root, exclude: home.path("pipe") };
      const askGit = () => Promise.resolve({ ...place, tracked: false, committed: false, ignored: false });
      const [fact] = (await inspectGit(askGit, fs, [home.path("file")])) ?? [];
      assert.equal(fact?.exclude.text, "");
      const repository = {
        head: undefined,
        changes: [{ path: home.path("pipe"), staged: false, unstaged: true, untracked: true }],
        changedBetween: () => Promise.resolve([]),
        textIn: () => Promise.resolve(undefined),
      };
      assert.deepEqual(await new KeySearch(fs, API_KEY).find(repository), []);
      assert.equal(
        await readSharedCheck(
          { fs, file: home.path("pipe"), readText: (file, most) => readTextIfAny(fs, file, most) },
          API_KEY,
          {},
        ),
        undefined,
      );
    });
  });
});
