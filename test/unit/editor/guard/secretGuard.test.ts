import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { LogOutputChannel } from "vscode";
import type { ClientEnvironment } from "../../../../src/clients/client";
import { ApiKeyStore } from "../../../../src/editor/keys/keyStore";
import { Setting } from "../../../../src/ids";
import { extensions, user } from "../../../fakes/vscode";
import { Memory, Secrets } from "../services";

const { SecretGuard } = await import("../../../../src/editor/guard/secretGuard");

const nothing = () => ({ dispose: () => undefined });
const repository = {
  rootUri: { fsPath: "/r" },
  state: {
    onDidChange: nothing,
    HEAD: undefined,
    indexChanges: [],
    workingTreeChanges: [],
    untrackedChanges: [],
  },
};
const api = {
  git: { path: "/none/git" },
  repositories: [repository],
  onDidOpenRepository: nothing,
  onDidCloseRepository: nothing,
};
const git = { enabled: true, onDidChangeEnablement: nothing, getAPI: () => api };

describe("the guard of the key", () => {
  const { getExtension } = extensions;
  beforeEach(() => {
    user.reset();
    extensions.getExtension = (() => ({ activate: () => Promise.resolve(git) })) as never;
  });
  afterEach(() => (extensions.getExtension = getExtension));

  const log = { warn: () => 0, error: () => 0 } as unknown as LogOutputChannel;
  const isWatching = async (key?: string) => {
    const environment = () =>
      ({ fs, platform: "linux", variables: {}, homeDirectory: "/none" }) as unknown as ClientEnvironment;
    const guard = new SecretGuard(new ApiKeyStore(new Secrets(key), new Memory()), environment, log);
    await guard.start();
    await guard.searchCommits();
    const is = guard.isWatching;
    guard.dispose();
    return is;
  };
  const key = "sk-" + "ab12".repeat(16);

  it("watches a repository that is open", async () => assert.equal(await isWatching(key), true));
  it("watches none where no key is stored", async () => assert.equal(await isWatching(), false));
  it("leaves no listener behind when Git is switched off and on, or when it is disposed of itself", async () => {
    let listeners = 0;
    const listen = () => (listeners++, { dispose: () => listeners-- });
    const listened = { ...repository, state: { ...repository.state, onDidChange: listen } };
    const full = {
      ...api,
      repositories: [listened],
      onDidOpenRepository: listen,
      onDidCloseRepository: listen,
    };
    let enable: (isOn: boolean) => unknown = () => undefined;
    const extension = {
      enabled: true,
      onDidChangeEnablement: (listener: typeof enable) => ((enable = listener), nothing()),
      getAPI: () => full,
    };
    extensions.getExtension = (() => ({ activate: () => Promise.resolve(extension) })) as never;
    const environment = () => ({}) as unknown as ClientEnvironment;
    const guard = new SecretGuard(new ApiKeyStore(new Secrets(key), new Memory()), environment, log);
    await guard.start();
    assert.equal(listeners, 3);
    for (const isOn of [false, true, false, true, true]) {
      extension.enabled = isOn;
      enable(isOn);
      assert.equal(listeners, isOn ? 3 : 0);
    }
    guard.dispose();
    assert.equal(listeners, 0);
  });
  it("finds a key that only an earlier commit holds, when it is asked to search, also where the file is staged again, until the folder is removed", async () => {
    const root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "tokenpool-guard-")));
    try {
      const program = execFileSync("which", ["git"], { encoding: "utf8" }).trim();
      const run = (...args: string[]) =>
        execFileSync(program, ["-C", root, "-c", "user.name=t", "-c", "user.email=t@t.test", ...args]);
      run("init", "--quiet");
      for (const text of [key, "taken out"]) {
        await fs.writeFile(path.join(root, "file"), text);
        run("add", "--all");
        run("commit", "--quiet", "--message", "c");
      }
      run("remote", "add", "origin", "/none");
      const HEAD = { commit: run("rev-parse", "HEAD").toString().trim() };
      const reverted: string[] = [];
      const state = { ...repository.state, HEAD };
      const own = {
        ...repository,
        rootUri: { fsPath: root },
        state,
        show: (ref: string) => Promise.resolve(run("show", `${ref}:file`).toString()),
        getObjectDetails: () => Promise.resolve({ size: 100 }),
        diffBetween: () => Promise.resolve([]),
        revert: (paths: string[]) => Promise.resolve(void reverted.push(...paths)),
      };
      let close: ((each: typeof own) => unknown) | undefined;
      const onDidCloseRepository = (listener: typeof close) => ((close = listener), nothing());
      const real = { ...api, git: { path: program }, repositories: [own], onDidCloseRepository };
      const extension = { ...git, getAPI: () => real };
      extensions.getExtension = (() => ({ activate: () => Promise.resolve(extension) })) as never;
      const environment = () => ({ fs, platform: process.platform }) as unknown as ClientEnvironment;
      const guard = new SecretGuard(new ApiKeyStore(new Secrets(key), new Memory()), environment, log);
      await guard.start();
      assert.deepEqual(await guard.searchCommits(), []);
      const file = path.join(root, "file");
      assert.deepEqual(guard.places, [{ path: file, stage: "committed" }]);
      await fs.writeFile(file, key);
      run("add", "--all");
      state.indexChanges = [{ uri: { fsPath: file }, status: 0 }] as never;
      await guard.searchCommits();
      assert.deepEqual(guard.places, [
        { path: file, stage: "staged" },
        { path: file, stage: "committed" },
      ]);
      await guard.unstage(file);
      assert.deepEqual(reverted, [file]);
      run("commit", "--quiet", "--message", "c");
      HEAD.commit = run("rev-parse", "HEAD").toString().trim();
      state.indexChanges = [];
      state.workingTreeChanges = [{ uri: { fsPath: file }, status: 5 }] as never;
      await guard.searchCommits();
      assert.deepEqual(guard.places, [{ path: file, stage: "committed" }], "once, where HEAD holds it");
      const looked = new Promise((resolve) => guard.onDidChange(resolve));
      close?.(own);
      await looked;
      assert.deepEqual(guard.places, []);
      guard.dispose();
    } finally {
      await fs.rm(root, { recursive: true });
    }
  });
  it("watches a repository once, and no more when its folder is removed: Git's extension makes a new object of it each time", async () => {
    let listeners = 0;
    const again = () => ({
      ...repository,
      state: { ...repository.state, onDidChange: () => (listeners++, { dispose: () => listeners-- }) },
    });
    let tellOpened: ((each: unknown) => unknown) | undefined;
    let tellClosed: typeof tellOpened;
    const asItIs = {
      ...api,
      get repositories() {
        return [again()];
      },
      onDidOpenRepository: (listener: typeof tellOpened) => ((tellOpened = listener), nothing()),
      onDidCloseRepository: (listener: typeof tellClosed) => ((tellClosed = listener), nothing()),
    };
    extensions.getExtension = (() => ({
      activate: () => Promise.resolve({ ...git, getAPI: () => asItIs }),
    })) as never;
    const guard = new SecretGuard(
      new ApiKeyStore(new Secrets(key), new Memory()),
      () => ({}) as unknown as ClientEnvironment,
      log,
    );
    await guard.start();
    tellOpened?.(again());
    assert.equal(listeners, 1);
    tellClosed?.(again());
    assert.equal(listeners, 0);
    guard.dispose();
  });
  it("watches none where it is switched off", async () => {
    user.settings.set(Setting.secretGuardEnabled, false);
    assert.equal(await isWatching(key), false);
  });
});
