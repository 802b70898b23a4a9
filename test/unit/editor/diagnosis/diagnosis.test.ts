import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { mock } from "node:test";
import type { FileSystem } from "../../../../src/changes/disk/userFile";
import type { Services } from "../../../../src/editor/services";
import { Setting } from "../../../../src/ids";
import { extensions, user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { Diagnosis } = await import("../../../../src/editor/diagnosis/diagnosis");

const KEY = "sk-" + "ab12".repeat(16);
const OURS = `model_provider = "OpenAI"
model = "gpt-5.5"

[model_providers.OpenAI]
name = "OpenAI"
base_url = "https://api.clawto.link"
wire_api = "responses"
requires_openai_auth = true
`;
/** Writes down that it was started. */
const CODEX = '#!/bin/sh\necho "$1" >> "${0%/*}/started"\necho "codex-cli 0.169.0"\n';

describe("the diagnosis", () => {
  let home: string;
  let reads: number;
  let secrets: Secrets;
  let services: Services;
  let diagnosis: InstanceType<typeof Diagnosis>;
  let variables: Record<string, string>;
  const config = () => path.join(home, ".codex/config.toml");

  beforeEach(async () => {
    user.reset();
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "diagnosis-")));
    for (const [name, text] of [
      [".codex/config.toml", OURS],
      ["bin/codex", CODEX],
    ] as const) {
      await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
      await fs.writeFile(path.join(home, name), text, { mode: 0o755 });
    }
    reads = 0;
    const counting: FileSystem = {
      ...fs,
      open: (...args) => {
        if (String(args[0]) === config()) reads++;
        return fs.open(...args);
      },
    };
    secrets = new Secrets(KEY);
    variables = { PATH: `${home}/bin` };
    const given = servicesIn(home, counting, secrets);
    services = { ...given, environment: () => ({ ...given.environment(), variables: { ...variables } }) };
    diagnosis = new Diagnosis(
      () => services,
      () => undefined as never,
    );
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const started = () => fs.readFile(path.join(home, "bin/started"), "utf8").catch(() => "");

  it("is one look for all readers, also for those who come at once", async () => {
    const looks = await Promise.all([diagnosis.look("files"), diagnosis.look("files")]);
    looks.push(await diagnosis.look("files"));
    assert.equal(new Set(looks).size, 1);
    assert.equal(reads, 1);
  });

  it("serves who wants less by a deeper look that holds", async () => {
    const deep = await diagnosis.look("versions");
    assert.equal(await diagnosis.look("files"), deep);
    assert.equal(reads, 1);
  });

  it("lets no look of before, which knew less, serve again after a deeper one", async () => {
    await diagnosis.look("files");
    const deep = await diagnosis.look("asked");
    assert.equal(await diagnosis.look("files"), deep);
  });

  it("tells whether a look has all that any can have", async () => {
    assert.equal(diagnosis.knowsAll(await diagnosis.look("files")), false);
    const whole = await diagnosis.look("asked");
    assert.equal(diagnosis.knowsAll(await diagnosis.look("files")), true);
    await fs.appendFile(config(), "# mine\n");
    assert.equal(diagnosis.knowsAll(await diagnosis.look("files")), false);
    assert.equal(diagnosis.knowsAll(whole), false, "overtaken");
  });

  const changes: [string, () => unknown][] = [
    ["a file", () => fs.appendFile(config(), "# mine\n")],
    ["a file that was not there", () => fs.writeFile(path.join(home, ".codex/auth.json"), "{}")],
    ["the key", () => (secrets.stored = undefined)],
    ["a setting", () => user.settings.set(Setting.model, "gpt-5.6")],
    ["a variable", () => (variables.CODEX_API_KEY = "other")],
    ["what the last check found", () => (services = { ...services, health: { findings: {} } as never })],
    [
      "where the guard found the key",
      () => (services = { ...services, secretGuard: { places: [], askGit: () => undefined } as never }),
    ],
  ];
  for (const [name, change] of changes) {
    it(`looks anew when ${name} has changed`, async () => {
      const before = await diagnosis.look("files");
      await change();
      assert.notEqual(await diagnosis.look("files"), before);
    });
  }

  it("starts no program for who looks at files, and one for who wants versions", async () => {
    const { snapshot } = await diagnosis.look("files");
    assert.deepEqual([snapshot.versions.codex, await started()], [["0.0.0"], ""]);
    const { versions } = (await diagnosis.look("versions")).snapshot;
    assert.deepEqual([versions.codex, await started()], [["0.169.0"], "--version\n"]);
    await diagnosis.look("versions");
    assert.equal(await started(), "--version\n");
    await fs.appendFile(config(), "# mine\n");
    const again = (await diagnosis.look("files")).snapshot.versions;
    assert.deepEqual([again.codex, await started()], [["0.169.0"], "--version\n"], "it is remembered");
  });

  it("tells everybody of each look that was taken, and of none that held", async () => {
    const told: unknown[] = [];
    diagnosis.onDidLook((look) => told.push(look));
    const first = await diagnosis.look("files");
    await diagnosis.look("files");
    const asked = await diagnosis.ask();
    assert.deepEqual(told, [first, asked]);
  });

  it("has everybody look again after a client was asked, but not after other looks", async () => {
    const lookAgain = mock.fn();
    services = { ...services, watch: { lookAgain } as never };
    await diagnosis.look("asked");
    assert.equal(lookAgain.mock.callCount(), 0);
    const asked = await diagnosis.ask(["codex"]);
    assert.equal(lookAgain.mock.callCount(), 1);
    assert.equal(await diagnosis.look("asked"), asked);
  });

  it("knows what a program said before also for who looks at files", async () => {
    await diagnosis.look("versions");
    await fs.appendFile(config(), "# mine\n");
    assert.deepEqual((await diagnosis.look("files")).snapshot.versions.codex, ["0.169.0"]);
    assert.equal(await started(), "--version\n");
  });

  it("asks a program again that was replaced in its place", async () => {
    const versions = async () => (await diagnosis.look("versions")).snapshot.versions.codex;
    assert.deepEqual(await versions(), ["0.169.0"]);
    await fs.writeFile(path.join(home, "bin/codex"), CODEX.replace("0.169.0", "0.170.10"));
    assert.deepEqual(await versions(), ["0.170.10"]);
  });

  it("looks anew for the user, and then everybody sees that", async () => {
    const before = await diagnosis.look("files");
    const asked = await diagnosis.ask();
    assert.notEqual(asked, before);
    assert.equal(await diagnosis.look("files"), asked);
  });

  it("judges what is typed without asking a program or keeping it", async () => {
    const known = await diagnosis.look("versions");
    const typed = await diagnosis.typed(known, new Map([[config(), OURS.replace("responses", "chat")]]));
    const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);
    assert.ok(codes(typed.problems).includes("codex/wire-api-chat"), codes(typed.problems).join());
    assert.ok(!codes(known.problems).includes("codex/wire-api-chat"));
    assert.equal(typed.snapshot.versions, known.snapshot.versions);
    assert.equal(await diagnosis.look("versions"), known);
    assert.equal(await diagnosis.typed(known, new Map()), known);
    assert.equal(await started(), "--version\n");
  });

  it("asks Git from when it is there until the guard is switched off, and anew when it answers otherwise", async () => {
    await fs.writeFile(path.join(home, ".codex/auth.json"), JSON.stringify({ OPENAI_API_KEY: KEY }));
    let tracked = false;
    let fails = false;
    let guarded = true;
    const answer = () => ({
      workTree: home,
      exclude: `${home}/exclude`,
      tracked,
      committed: false,
      ignored: false,
    });
    const ask = () => (fails ? Promise.reject(new Error("no")) : Promise.resolve(answer()));
    const guard = services.secretGuard;
    const seen = async () => (await diagnosis.look("files")).snapshot.git?.map((fact) => fact.tracked);
    assert.equal(await seen(), undefined);
    const askGit = () => Promise.resolve(guarded ? ask : undefined);
    services = { ...services, secretGuard: { places: guard.places, askGit } as never };
    assert.deepEqual(await seen(), [false]);
    tracked = true;
    assert.deepEqual(await seen(), [true]);
    fails = true;
    await assert.rejects(seen(), /no/);
    fails = tracked = false;
    assert.deepEqual(await seen(), [false]);
    guarded = false;
    assert.equal(await seen(), undefined);
  });

  it("starts a Git of its own for who asks, and not where the guard is switched off", async () => {
    await fs.writeFile(path.join(home, ".codex/auth.json"), JSON.stringify({ OPENAI_API_KEY: KEY }));
    await fs.writeFile(path.join(home, "bin/git"), CODEX.replace('"$1"', "git"), { mode: 0o755 });
    const git = { enabled: true, getAPI: () => ({ git: { path: path.join(home, "bin/git") } }) };
    const { getExtension } = extensions;
    extensions.getExtension = (() => ({ activate: () => Promise.resolve(git) })) as never;
    try {
      user.settings.set(Setting.secretGuardEnabled, false);
      await diagnosis.look("asked");
      assert.ok(!(await started()).includes("git"), await started());
      user.settings.delete(Setting.secretGuardEnabled);
      await diagnosis.ask();
      assert.ok((await started()).includes("git"), await started());
    } finally {
      extensions.getExtension = getExtension;
    }
  });

  it("keeps no look that was under way while the user asked", async () => {
    let goOn = () => {};
    let reached = () => {};
    const isReached = new Promise<void>((resolve) => (reached = resolve));
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    const free = services;
    const stat = async (file: string) => {
      reached();
      await mayGoOn;
      return fs.stat(file);
    };
    services = {
      ...services,
      environment: () => ({ ...free.environment(), fs: { ...fs, stat } as unknown as FileSystem }),
    };
    const before = diagnosis.look("files");
    await isReached;
    const asked = await diagnosis.ask([], free);
    services = free;
    goOn();
    assert.notEqual(await before, asked);
    assert.equal(await diagnosis.look("files"), asked);
  });

  it("knows while somebody types at which proxy nothing listens", async () => {
    await fs.writeFile(path.join(home, ".codex/.env"), "HTTPS_PROXY=http://127.0.0.1:1\n");
    const known = await diagnosis.look("files");
    assert.equal(known.snapshot.deadProxy?.address, "127.0.0.1:1");
    const typed = await diagnosis.typed(known, new Map([[config(), `${OURS}# typed`]]));
    assert.equal(typed.snapshot.deadProxy, known.snapshot.deadProxy);
  });

  for (const reading of [1, 2]) {
    it(`judges no address by a report on another, corrected while the key is read, time ${reading}`, async () => {
      user.settings.set(Setting.baseUrl, "no address");
      let report: unknown = { state: "notAnApi", code: "endpoint/malformed", endpoint: "" };
      const health = {
        findings: {},
        get report() {
          return report;
        },
      };
      let readings = 0;
      const read = async () => {
        await Promise.resolve();
        if (++readings === reading) {
          user.settings.set(Setting.baseUrl, "https://api.clawto.link");
          report = undefined;
        }
        return KEY;
      };
      services = { ...services, health, apiKeys: { read, named: () => Promise.resolve(new Map()) } } as never;
      for (const look of [await diagnosis.look("files"), await diagnosis.look("files")])
        assert.equal(look.snapshot.health.length, look.snapshot.baseUrl.valid ? 0 : 1);
      assert.ok((await diagnosis.look("files")).snapshot.baseUrl.valid);
      assert.ok(readings > reading);
    });
  }

  it("looks again after a look that failed", async () => {
    const working = services;
    services = {
      ...services,
      environment: () => {
        throw new Error("no");
      },
    };
    await assert.rejects(diagnosis.look("files"), /no/);
    services = working;
    assert.ok((await diagnosis.look("files")).snapshot.codex.usesTokenPool);
  });
});
