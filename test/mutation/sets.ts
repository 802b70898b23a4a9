/**
 * Source files, and the tests that must notice when something in them is changed. Glob patterns from the root;
 * those of tests without a comma, at which Mocha would part them.
 */
export interface MutationSet {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/**
 * Locks, paths, file modes, journal, undo, masking and handling of keys: a fault here loses a user's text or
 * shows a key. Each part has tests near to it only: they are quick, and what they let live is a gap.
 */
export const ESSENTIAL: Readonly<Record<string, MutationSet>> = {
  // Apart from the slow tests: that a lock is never given back is noticed by waiting for all tests that need it.
  locks: {
    mutate: ["src/changes/disk/{changeLock,folders,lockFile}.ts"],
    tests: [
      "test/unit/changes/disk/changeLock.test.ts",
      "test/unit/changes/disk/folders.test.ts",
      "test/unit/changes/disk/lockFile.test.ts",
    ],
  },
  disk: {
    mutate: ["src/changes/disk/!(changeLock|folders|lockFile|retryingFileSystem).ts"],
    tests: [
      "test/unit/changes/disk/*.test.ts",
      "!test/unit/changes/disk/busyFiles.test.ts",
      "test/unit/changes/apply.test.ts",
    ],
  },
  busy: {
    mutate: ["src/changes/disk/retryingFileSystem.ts"],
    tests: ["test/unit/changes/disk/busyFiles.test.ts"],
  },
  history: {
    mutate: ["src/changes/history/**/*.ts"],
    tests: ["test/unit/changes/history/**/*.test.ts", "test/unit/changes/apply.test.ts"],
  },
  undo: {
    mutate: ["src/clients/*/undo.ts", "src/clients/providerUndo.ts", "src/clients/restoreEdit.ts"],
    // Left out is one that takes minutes.
    tests: ["test/unit/clients/**/*.test.ts", "!test/unit/clients/codex/restoreShapes.test.ts"],
  },
  paths: {
    mutate: ["src/clients/machine/{pathRules,searchPath,userPath}.ts", "src/clients/*/state/home.ts"],
    tests: ["test/unit/clients/machine/**/*.test.ts", "test/unit/clients/*/state/home.test.ts"],
  },
  keys: {
    mutate: [
      "src/changes/document/maskSecrets.ts",
      "src/doctor/redact.ts",
      "src/doctor/problems/secrets/{credentialFiles,keyInText,keySearch,utf16}.ts",
      "src/gateway/{apiKey,pastedKey,userInfo}.ts",
      "src/clients/opencode/state/keyFile.ts",
      "src/editor/keys/{keychain,keyNames,keyStore}.ts",
    ],
    tests: [
      "test/unit/changes/document/maskSecrets.test.ts",
      "test/unit/doctor/redact.test.ts",
      "test/unit/doctor/problems/secrets/**/*.test.ts",
      "test/unit/gateway/apiKey.test.ts",
      "test/unit/gateway/pastedKey.test.ts",
      "test/unit/gateway/userInfo.test.ts",
      "test/unit/clients/opencode/**/*.test.ts",
      "test/unit/editor/keys/{keyNames,keyStore}.test.ts",
    ],
  },
};

/** Everything else, of which a sample is taken. Left out are tests that draw at random, take minutes or read documents. */
export const REST: MutationSet = {
  mutate: [
    "src/**/*.{ts,tsx}",
    ...Object.values(ESSENTIAL).flatMap(({ mutate }) => mutate.map((file) => `!${file}`)),
  ],
  tests: [
    "test/unit/*/**/*.test.ts",
    "!test/unit/changes/properties/**",
    "!test/unit/clients/codex/restoreShapes.test.ts",
    "!test/unit/doctor/growth.test.ts",
    "!test/unit/doctor/hostileFiles.test.ts",
    "!test/unit/doctor/problems/problemTable.test.ts",
    "!test/unit/health/simulations.test.ts",
  ],
};
