/** Tests that do not run under Wine, and why; whoever runs this on Windows itself can take what is said of Wine out. */
export interface Difference {
  readonly why: string;
  /** Files below `test/unit`, or beginnings of their paths. */
  readonly files?: readonly string[];
  /** What the whole titles of tests look like. */
  readonly tests?: readonly RegExp[];
}

/** Not as Windows, and so neither tried nor worked around here. */
export const OF_WINE: readonly Difference[] = [
  {
    why: "Wine says that it made a symbolic link and did not; Windows refuses without developer mode (EPERM). Nor are there junctions.",
    files: ["changes/disk/trackedReads.test"],
    tests: [
      /symbolic link/,
      /behind (a|its|the) links?\b/,
      /however its way is spelled/,
      /by any way to the file$/,
      /by its old way also/,
      /of the same file by another way$/,
      /of one file where a later entry does not say/,
      /where it really is$/,
      /whichever way the home directory was opened$/,
      /settings lead in a circle/,
      /is enough to go back: of one that was there$/,
    ],
  },
  {
    why: "Wine finds no real path of more than 260 characters (UNKNOWN), does not delete a read-only file, and has no ACLs, 8.3 names, trailing dots, aliases of the Store, or WSL.",
  },
];

/** Meant for systems with modes, a shell or POSIX paths: what they prove is no fact of Windows. */
export const OF_POSIX: readonly Difference[] = [
  {
    why: "a double of a POSIX file system, with its paths and its power failures",
    files: [
      "changes/disk/busyFiles.test",
      "changes/disk/folders.test",
      "changes/disk/places.test",
      "changes/properties/",
      "clients/codex/restoreShapes.test",
      "clients/network/clientWays.test",
    ],
    tests: [/^the search path /],
  },
  {
    why: "a journal of the version before, with the paths of Linux in it",
    files: ["changes/history/importStore.test"],
  },
  {
    why: "an administrator's file that Codex does not read on Windows; those of Windows are in inside/administrators.test.ts",
    tests: [/^client\/managed (only a model that|a file of) an administrator/],
  },
  {
    why: "programs that are shell scripts; those of Windows are in inside/programs.test.ts",
    files: ["clients/startCheck.test", "clients/machine/askProgram.test"],
    tests: [
      /^the versions of a program /,
      /^the question to WSL answers/,
      /leaves the person's shell behind$/,
    ],
  },
  {
    why: "pipes, sockets and devices by their names",
    tests: [/^reading a file that is none does not wait, nor read without end: /, /shared check$/],
  },
  {
    why: "modes, of which Windows keeps only whether a file may be written",
    tests: [
      /for (the user|their owner|its owner) alone/,
      /\b(its|the|old) (old )?permissions\b/,
      /keeps the mode of an old file$/,
      /a (deleted )?credential file (away from everyone else|to the user alone)$/,
      /never writes the key into the journal$/,
      /forgets the key given and every earlier one/,
      /closes a copy that others could read$/,
      /change of permissions alone/,
      /that nobody else may read a file with a key any more$/,
      /is offered where only one of two files kept every byte$/,
      /tries again next time when a file cannot be written$/,
      /is refused when it is a directory or a device$/,
    ],
  },
];

/** @param title of the whole test @param file its path, with slashes */
export function isMeantForWindows(title: string, file: string): boolean {
  return ![...OF_WINE, ...OF_POSIX].some(
    ({ files = [], tests = [] }) =>
      files.some((each) => file.includes(`/test/unit/${each}`)) || tests.some((each) => each.test(title)),
  );
}
