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
    mutate: ["src/changes/history/**/*.ts", "src/changes/{followingChange,store}.ts"],
    tests: [
      "test/unit/changes/history/**/*.test.ts",
      "test/unit/changes/apply.test.ts",
      "test/unit/changes/followingChange.test.ts",
    ],
  },
  undo: {
    mutate: [
      "src/clients/*/undo.ts",
      "src/clients/providerUndo.ts",
      "src/clients/restoreEdit.ts",
      "src/editor/clientCommands/restoreConfiguration.ts",
    ],
    // Left out is one that takes minutes.
    tests: [
      "test/unit/clients/**/*.test.ts",
      "!test/unit/clients/codex/restoreShapes.test.ts",
      "test/unit/editor/clientCommands/restoreConfiguration.test.ts",
    ],
  },
  paths: {
    mutate: [
      "src/changes/spelling.ts",
      "src/clients/machine/{joinVariables,pathRules,programData,searchPath,userPath}.ts",
      "src/clients/*/state/home.ts",
      "src/clients/codex/state/systemFiles.ts",
    ],
    tests: [
      "test/unit/changes/spelling.test.ts",
      "test/unit/clients/machine/**/*.test.ts",
      "test/unit/clients/*/state/home.test.ts",
      "test/unit/clients/network/*.test.ts",
      "test/unit/doctor/problems/client/administrators.test.ts",
    ],
  },
  keys: {
    mutate: [
      "src/changes/document/maskSecrets.ts",
      "src/doctor/redact.ts",
      "src/doctor/problems/secrets/{credentialFiles,keyInText,keySearch,utf16}.ts",
      "src/gateway/{apiKey,pastedKey,userInfo}.ts",
      "src/clients/opencode/state/keyFile.ts",
      "src/clients/*/state/sentKeys.ts",
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
      "test/unit/clients/*/state/sentKeys.test.ts",
      "test/unit/editor/keys/keyNames.test.ts",
      "test/unit/editor/keys/keyStore.test.ts",
    ],
  },
  // Which client gets which key, and what becomes of one that is replaced or removed.
  keyCommands: {
    mutate: [
      "src/editor/keys/{clientKeys,handMade,keysInUse,neededKey,switchApiKey,undoneKey,whatIsLeft}.ts",
      "src/editor/setUp/{removeApiKey,replaceApiKey}.ts",
    ],
    tests: [
      "test/unit/editor/keys/*.test.ts",
      "test/unit/editor/setUp/*.test.ts",
      "test/unit/editor/clientCommands/ccSwitch/addToCcSwitch.test.ts",
    ],
  },
};

/**
 * Everything else, of which a sample is taken. Left out are tests that draw at random, take minutes, read documents or
 * the sources themselves, which are changed, or ask other processes.
 */
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
    "!test/unit/l10n/**",
    "!test/unit/network/**",
  ],
};
