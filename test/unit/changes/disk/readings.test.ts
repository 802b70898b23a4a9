import assert from "node:assert/strict";
import { rememberingFileSystem } from "../../../../src/changes/disk/readings";
import { type FileSystem, readUserFile, readUserFileAfresh } from "../../../../src/changes/disk/userFile";
import { withContents } from "../../../../src/changes/disk/withContents";
import { MemoryFileSystem } from "../memoryFileSystem";
import { refusalOf, systemError } from "../temporaryStore";

const FILE = "/home/file";

describe("a file system that remembers", () => {
  let disk: MemoryFileSystem;
  let opens: number;
  let remembering: FileSystem;
  beforeEach(() => {
    disk = new MemoryFileSystem();
    disk.write(FILE, "one");
    opens = 0;
    const open: FileSystem["open"] = (...args) => {
      opens++;
      return disk.fs.open(...args);
    };
    remembering = rememberingFileSystem({ ...disk.fs, open });
  });
  const textOf = async (read: Promise<{ bytes: Uint8Array } | undefined>) =>
    Buffer.from((await read)?.bytes ?? []).toString();

  it("opens a file once that stays as it was, and each time where it must be looked at", async () => {
    await readUserFile(remembering, FILE);
    assert.equal(await textOf(readUserFile(remembering, FILE)), "one");
    assert.equal(opens, 1);
    assert.equal(await textOf(readUserFileAfresh(remembering, FILE)), "one");
    assert.equal(opens, 2);
  });

  it("reads anew what was written, replaced or deleted", async () => {
    await readUserFile(remembering, FILE);
    disk.write(FILE, "two");
    assert.equal(await textOf(readUserFile(remembering, FILE)), "two");
    await disk.fs.unlink(FILE);
    assert.equal(await readUserFile(remembering, FILE), undefined);
  });

  it("sees by any one of the file's marks that it is not the same", async () => {
    for (const mark of ["dev", "ino", "size", "mtimeMs", "ctimeMs"]) {
      const stat = (async (file: string) => {
        const info: object = await disk.fs.stat(file);
        return { ...info, [mark]: -1 };
      }) as unknown as FileSystem["stat"];
      const changed = rememberingFileSystem({ ...disk.fs, open: remembering.open, stat });
      await readUserFile(changed, FILE);
      const before = opens;
      await readUserFile(changed, FILE);
      assert.equal(opens, before + 1, mark);
    }
  });

  it("answers nothing from before for a file that can no longer be read", async () => {
    await readUserFile(remembering, FILE);
    const { open } = remembering;
    remembering.open = () => Promise.reject(systemError("EACCES"));
    await refusalOf("change/no-permission", readUserFileAfresh(remembering, FILE));
    await refusalOf("change/no-permission", readUserFile(remembering, FILE));
    remembering.open = open;
    assert.equal(await textOf(readUserFile(remembering, FILE)), "one");
  });

  it("refuses what is too large for one reader, though another has read it", async () => {
    await readUserFile(remembering, FILE);
    await refusalOf("change/too-large", readUserFile(remembering, FILE, 2));
  });

  it("leaves what it remembers to nobody who shows other contents", async () => {
    await readUserFile(remembering, FILE);
    const typing = withContents(remembering, () => Buffer.from("typed"));
    assert.equal(await textOf(readUserFile(typing, FILE)), "typed");
  });
});
