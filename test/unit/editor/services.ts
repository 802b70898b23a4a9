import type { LogOutputChannel } from "vscode";
import type { FileSystem } from "../../../src/changes/disk/userFile";
import { Diagnosis } from "../../../src/editor/diagnosis/diagnosis";
import { ApiKeyStore } from "../../../src/editor/keys/keyStore";
import type { Services } from "../../../src/editor/services";
import { Memory, Secrets } from "./keys/secrets";

export { Memory, Secrets };

/** What commands work with, on a home directory that is not the user's. @param more what a test is about */
export function servicesIn(
  home: string,
  fs: FileSystem,
  secrets: Secrets,
  more: { readonly [name in keyof Services]?: unknown } = {},
): Services {
  const nothing = () => Promise.resolve(undefined);
  const health = { knownRoute: nothing, findings: {}, report: undefined };
  const services = {
    apiKeys: new ApiKeyStore(secrets, new Memory()),
    changes: { fs, directory: `${home}/store`, now: () => new Date() },
    environment: () => ({
      fs,
      variables: {},
      homeDirectory: home,
      platform: process.platform,
      configuredDirectory: { codex: "", opencode: "" },
    }),
    health,
    log: { info: () => 0, warn: () => 0, error: () => 0 } as unknown as LogOutputChannel,
    secretGuard: { filesChanged: () => undefined, places: [], askGit: nothing, isWatching: false },
    watch: { lookAgain: () => undefined, watchFiles: () => undefined },
    diagnosis: new Diagnosis(
      () => services,
      () => undefined as never,
    ),
    ...more,
  } as unknown as Services;
  return services;
}
