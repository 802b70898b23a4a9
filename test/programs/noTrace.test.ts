import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { applyChanges } from "../../src/changes/apply";
import { readOriginalValues } from "../../src/changes/history/before";
import { prepareChanges } from "../../src/changes/prepare";
import type { ChangePlan } from "../../src/changes/plan";
import type { ChangeStore } from "../../src/changes/store";
import type { ClientEnvironment } from "../../src/clients/client";
import { CLIENT_IDS, type ClientId } from "../../src/clients/clientId";
import { withTemporaryFolder } from "../../src/clients/machine/askProgram";
import { programVersions } from "../../src/clients/machine/programVersions";
import { CLIENTS } from "../../src/clients/registry";
import { diagnose } from "../../src/doctor/diagnose";
import { takeSnapshot } from "../../src/doctor/snapshot/snapshot";
import { linkClientPrograms } from "../harness/clientPrograms";
import { API_KEY, ENDPOINT, Machine } from "../unit/doctor/machine";

const MARKER = "ran-because-of-us";

/** Leaves a marker in the home as soon as its code runs. */
const PLUGIN = `import * as fs from "node:fs";
fs.writeFileSync(process.env.HOME + "/${MARKER}", "plugin");
export const Marker = async () => ({});
`;

const LEAVES_MARKER = `touch "$HOME/${MARKER}"`;

const CODEX_WITH_HELPERS = `notify = ["sh", "-c", '${LEAVES_MARKER}']

[mcp_servers.marker]
command = "sh"
args = ["-c", '${LEAVES_MARKER}']

[model_providers.other]
name = "Other"
base_url = "http://127.0.0.1:9"

[model_providers.other.auth]
command = "sh"
args = ["-c", '${LEAVES_MARKER}']
`;

const OPENCODE_WITH_HELPERS = JSON.stringify({
  $schema: "https://opencode.ai/config.json",
  plugin: ["a-plugin-of-npm"],
  mcp: { marker: { type: "local", command: ["sh", "-c", LEAVES_MARKER], enabled: true } },
});

const HOMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "an empty home": {},
  "a home whose clients have plugins, helpers and MCP servers": {
    ".codex/config.toml": CODEX_WITH_HELPERS,
    ".config/opencode/opencode.json": OPENCODE_WITH_HELPERS,
    ".config/opencode/plugin/marker.js": PLUGIN,
    ".opencode/plugins/marker.js": PLUGIN,
  },
};

describe("a look, a change and its way back", function () {
  this.timeout(240_000);

  for (const [title, files] of Object.entries(HOMES)) {
    for (const way of ["undo", "remove"] as const) {
      it(`leave nothing and start nothing of the user's: ${title}, ${way}`, () =>
        withTemporaryFolder((folder) =>
          Machine.use({ files }, async (machine) => {
            const environment = await environmentOf(machine, folder);
            const store = { fs, directory: path.join(folder, "store"), now: () => new Date() };
            const before = await entriesOf(machine.home);
            await look(machine, environment);
            assert.deepEqual(await entriesOf(machine.home), before, "after a look");

            const configured = await configure(environment, store);
            await look(machine, environment);
            const plans =
              way === "undo"
                ? () =>
                    Promise.all(
                      configured.map((entry) => CLIENTS[entry.client as ClientId].planUndo(store, entry)),
                    )
                : removals(environment, store);
            await change(store, plans);
            assert.deepEqual(await entriesOf(machine.home), before, `after ${way}`);
          }),
        ));
    }
  }
});

async function environmentOf(machine: Machine, folder: string): Promise<ClientEnvironment> {
  const bin = await linkClientPrograms(path.join(folder, "bin"));
  return {
    ...machine.sources().environment,
    // Codex makes no helpers below the temporary directory, where this home is: on a user's machine it would.
    variables: {
      PATH: `${bin}:/usr/bin:/bin`,
      HOME: machine.home,
      TMPDIR: bin,
      // Without a plugin of npm's, which nobody can fetch here, OpenCode would start its own.
      npm_config_registry: "http://127.0.0.1:1/",
      npm_config_fetch_retries: "0",
    },
  };
}

/** As Run Diagnostics does: versions, every file, and the clients' own word. */
async function look(machine: Machine, environment: ClientEnvironment): Promise<void> {
  const versions = Object.fromEntries(
    await Promise.all(
      CLIENT_IDS.map(async (id) => [id, await programVersions(environment, CLIENTS[id].program)]),
    ),
  ) as Record<ClientId, string[]>;
  assert.ok(
    CLIENT_IDS.every((id) => versions[id].length === 1),
    JSON.stringify(versions),
  );
  const snapshot = await takeSnapshot({
    ...machine.sources(),
    environment,
    askVersions: () => Promise.resolve(versions),
    checkStarts: async (states) => {
      for (const id of CLIENT_IDS) await CLIENTS[id].checkStart(environment, states[id]);
      return {};
    },
  });
  diagnose(snapshot);
}

async function configure(environment: ClientEnvironment, store: ChangeStore) {
  const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
  return change(store, () =>
    Promise.all(
      CLIENT_IDS.map(async (id) => {
        const state = await CLIENTS[id].inspect(environment, ENDPOINT);
        return CLIENTS[id].planConfiguration(state, profile, { fix: true, versions: [] });
      }),
    ),
  );
}

function removals(environment: ClientEnvironment, store: ChangeStore) {
  return async () => {
    const originals = await readOriginalValues(store);
    return Promise.all(
      CLIENT_IDS.map(async (id) =>
        CLIENTS[id].planRemoval(await CLIENTS[id].inspect(environment, ENDPOINT), originals),
      ),
    );
  };
}

async function change(store: ChangeStore, makePlans: () => Promise<ChangePlan[]>) {
  return applyChanges(store, makePlans, await prepareChanges(fs, await makePlans()));
}

/** Every entry of a home with the bytes of files, folders included. */
async function entriesOf(home: string): Promise<readonly (readonly [name: string, content: string])[]> {
  const entries = await fs.readdir(home, { recursive: true, withFileTypes: true });
  const found = entries.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    const content = entry.isFile()
      ? await fs.readFile(file, "utf8")
      : entry.isDirectory()
        ? "folder"
        : "link";
    return [path.relative(home, file), content] as const;
  });
  return (await Promise.all(found)).sort(([a], [b]) => a.localeCompare(b));
}
