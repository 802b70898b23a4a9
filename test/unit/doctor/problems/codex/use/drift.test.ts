import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { planUndo } from "../../../../../../src/changes/history/undoChange";
import { readWrittenValues } from "../../../../../../src/changes/history/writtenValues";
import { planConfiguration, planKeyUpdate } from "../../../../../../src/clients/codex/configure";
import { planRemoval } from "../../../../../../src/clients/codex/remove";
import { planConfiguration as planOpencode } from "../../../../../../src/clients/opencode/configure";
import { diagnose } from "../../../../../../src/doctor/diagnose";
import type { Problem } from "../../../../../../src/doctor/problem";
import { isDrift } from "../../../../../../src/doctor/problems/codex/use/drift";
import type { Snapshot } from "../../../../../../src/doctor/snapshot/snapshot";
import {
  API_KEY,
  codexAuth,
  codexConfig,
  ENDPOINT,
  Machine,
  type MachineState,
  OTHER_KEY,
} from "../../../machine";
import { AUTH, CONFIG, OPENCODE } from "../../files";

const PROFILE = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
const OPTIONS = { fix: true, versions: ["0.169.0"] };

/** As CC Switch writes the file when another provider is chosen: as a whole, with a provider "custom". */
const BY_CC_SWITCH = `model_provider = "custom"
model = "gpt-5-codex"
model_reasoning_effort = "high"
disable_response_storage = true

[model_providers.custom]
name = "Elsewhere"
base_url = "https://elsewhere.example/v1"
wire_api = "responses"
requires_openai_auth = true
`;

/** What remains to be said of that file once Codex uses TokenPool again: a line of CC Switch's. */
const OF_CC_SWITCH = ["codex/ignored-setting"];

async function look(machine: Machine, now: MachineState = {}): Promise<Snapshot> {
  return machine.snapshot({ ...now, written: await readWrittenValues(machine.store) });
}

async function findings(machine: Machine, now: MachineState = {}): Promise<Problem[]> {
  return diagnose(await look(machine, now));
}

/** A machine on which Configure Codex has just run. */
function configured(state: MachineState, test: (machine: Machine) => Promise<void>): Promise<void> {
  return Machine.use(state, async (machine) => {
    const { codex } = await look(machine);
    await machine.apply(planConfiguration(codex, PROFILE, OPTIONS));
    assert.deepEqual(await findings(machine), []);
    await test(machine);
  });
}

const write = (machine: Machine, name: string, text: string) =>
  fs.writeFile(path.join(machine.home, name), text);

const codes = (found: readonly Problem[]) => found.map(({ code }) => code);

describe("ccswitch/manages-codex", () => {
  const state = { files: { ".cc-switch/config.json": "{}" } };

  it("is found after CC Switch has rewritten config.toml, with file, place and name; the fix puts it back", () =>
    configured(state, async (machine) => {
      await write(machine, CONFIG, BY_CC_SWITCH);
      const [found, ...others] = await findings(machine);
      assert.deepEqual(others, []);
      assert.equal(found?.code, "ccswitch/manages-codex");
      assert.equal(found.severity, "warning");
      assert.equal(found.path, path.join(machine.home, CONFIG));
      assert.deepEqual(found.range, { line: 0, column: 17, endLine: 0, endColumn: 25 });
      assert.equal(found.evidence, "elsewhere.example");
      assert.match(found.message, /probably by CC Switch/);
      assert.ok(found.fix);
      const before = await machine.allFiles();
      await machine.applyAndUndo(found.fix(), async () => {
        assert.deepEqual(codes(await findings(machine)), OF_CC_SWITCH);
        const text = await machine.read(CONFIG);
        assert.match(text, /^model_provider = "OpenAI"$/m);
        assert.ok(text.includes("[model_providers.custom]"), "the other provider is still there");
      });
      assert.deepEqual(await machine.allFiles(), before);
    }));

  it("is found when CC Switch's own proxy has taken Codex over", () =>
    configured({ ...state, ports: [15721] }, async (machine) => {
      await write(
        machine,
        CONFIG,
        BY_CC_SWITCH.replace("https://elsewhere.example", "http://127.0.0.1:15721"),
      );
      assert.deepEqual(codes(await findings(machine)), ["ccswitch/manages-codex"]);
    }));

  it("has no fix where CC Switch's proxy would overwrite it: Configure Codex says what to do", () =>
    configured({ ...state, ports: [15721] }, async (machine) => {
      await write(
        machine,
        ".cc-switch/settings.json",
        '{"currentProviderCodex":"tokenpool-1764000000000","enableLocalProxy":true}',
      );
      await write(
        machine,
        CONFIG,
        BY_CC_SWITCH.replace("https://elsewhere.example", "http://127.0.0.1:15721"),
      );
      const [found] = await findings(machine);
      assert.equal(found?.code, "ccswitch/manages-codex");
      assert.equal(found.fix, undefined);
      assert.equal(found.action, "configure:codex");
    }));

  it("keeps quiet about the key that CC Switch keeps in its table beside a ChatGPT login", async () => {
    const settings = {
      currentProviderCodex: "tokenpool-1764000000000",
      preserveCodexOfficialAuthOnSwitch: true,
    };
    const table = (token: string) =>
      BY_CC_SWITCH.replace("https://elsewhere.example/v1", ENDPOINT).replace('"gpt-5-codex"', '"gpt-5.5"') +
      `experimental_bearer_token = "${token}"\n`;
    const files = {
      ".cc-switch/settings.json": JSON.stringify(settings),
      [AUTH]: codexAuth({ auth_mode: "chatgpt", OPENAI_API_KEY: null, tokens: { access_token: "access" } }),
    };
    await Machine.use({ files: { ...files, [CONFIG]: table(API_KEY) } }, async (machine) => {
      assert.deepEqual(codes(await findings(machine)), OF_CC_SWITCH);
    });
    await Machine.use({ files: { ...files, [CONFIG]: table(OTHER_KEY) } }, async (machine) => {
      const [found] = await findings(machine);
      assert.equal(found?.code, "codex/bearer-token-overrides");
      assert.equal(found.severity, "error");
      assert.ok(found.fix);
      const login = await machine.read(AUTH);
      await machine.apply(found.fix());
      assert.equal(await machine.read(AUTH), login);
      assert.match(await machine.read(CONFIG), new RegExp(`experimental_bearer_token = "${API_KEY}"`));
      assert.deepEqual(codes(await findings(machine)), OF_CC_SWITCH);
    });
  });

  it("is no business of somebody who never had TokenPool written by us", () =>
    Machine.use(
      { files: { ...state.files, [CONFIG]: BY_CC_SWITCH, [AUTH]: codexAuth({ OPENAI_API_KEY: "x" }) } },
      async (machine) => {
        assert.deepEqual(await findings(machine), []);
      },
    ));
});

describe("codex/other-tool-rewrites", () => {
  it("is not said where the address was taken out or emptied, which is a problem of its own", () =>
    configured({}, async (machine) => {
      const text = await machine.read(CONFIG);
      await write(machine, CONFIG, text.replace(/^base_url.*\n/m, ""));
      assert.deepEqual(codes(await findings(machine)), ["codex/requests-go-to-openai"]);
      await write(machine, CONFIG, text.replace(/^base_url.*$/m, 'base_url = ""'));
      assert.deepEqual(codes(await findings(machine)), ["endpoint/malformed"]);
    }));

  it("names the program whose local address Codex uses now", () =>
    configured({ ports: [57321] }, async (machine) => {
      await write(
        machine,
        CONFIG,
        BY_CC_SWITCH.replace("https://elsewhere.example", "http://127.0.0.1:57321"),
      );
      const [found] = await findings(machine);
      assert.equal(found?.code, "codex/other-tool-rewrites");
      assert.equal(found.severity, "warning");
      assert.match(found.message, /CodexPlusPlus/);
    }));

  it("accuses nobody where nothing tells who it was, and puts TokenPool back", () =>
    configured({}, async (machine) => {
      await write(machine, CONFIG, BY_CC_SWITCH);
      const [found, ...others] = await findings(machine);
      assert.deepEqual(others, []);
      assert.equal(found?.code, "codex/other-tool-rewrites");
      assert.equal(found.severity, "information");
      assert.ok(found.fix);
      await machine.apply(found.fix());
      assert.deepEqual(codes(await findings(machine)), OF_CC_SWITCH);
    }));

  it("is nothing after an undo or a removal of ours", async () => {
    const files = { [CONFIG]: BY_CC_SWITCH, [AUTH]: codexAuth({ OPENAI_API_KEY: "somebody else's" }) };
    await Machine.use({ files }, async (machine) => {
      const entry = await machine.apply(planConfiguration((await look(machine)).codex, PROFILE, OPTIONS));
      assert.ok(entry);
      await machine.apply(await planUndo(machine.store, entry));
      assert.equal(await machine.read(CONFIG), BY_CC_SWITCH);
      assert.deepEqual(await findings(machine), []);
    });
    await configured({}, async (machine) => {
      const { codex } = await look(machine);
      await machine.apply(planRemoval(codex, () => "absent"));
      assert.deepEqual(codes(await findings(machine)), []);
    });
  });
});

describe("codex/key-differs after a change of ours", () => {
  const reasonFor = async (machine: Machine, apiKey: string): Promise<string> => {
    const found = (await findings(machine, { apiKey })).find(({ code }) => code === "codex/key-differs");
    assert.ok(found?.fix, "it can be put back");
    assert.equal(found.path, path.join(machine.home, AUTH));
    assert.ok(found.range);
    const message = found.message;
    for (const key of [API_KEY, OTHER_KEY]) assert.ok(!message.includes(key.slice(0, 12)));
    return message;
  };

  it("says that the stored key is another one now", () =>
    configured({}, async (machine) => {
      assert.match(await reasonFor(machine, OTHER_KEY), /another one has been stored in VS Code since/);
    }));

  it("says that an earlier key of ours has come back", () =>
    configured({}, async (machine) => {
      const old = await machine.read(AUTH);
      await machine.apply(planKeyUpdate((await look(machine)).codex, OTHER_KEY));
      await write(machine, AUTH, old);
      assert.match(await reasonFor(machine, OTHER_KEY), /earlier key of yours/);
    }));

  it("says that somebody else has written a key, and puts ours back", () =>
    configured({}, async (machine) => {
      await write(machine, AUTH, codexAuth({ auth_mode: "apikey", OPENAI_API_KEY: OTHER_KEY }));
      assert.match(await reasonFor(machine, API_KEY), /Another program has replaced the key/);
      const [found] = await findings(machine);
      assert.ok(found?.fix);
      await machine.apply(found.fix());
      assert.deepEqual(await findings(machine), []);
    }));
});

describe("codex/chatgpt-login-wins after a change of ours", () => {
  it("says that a new login took the place of the key, and puts the key back", () =>
    configured({}, async (machine) => {
      const login = { auth_mode: "chatgpt", OPENAI_API_KEY: null, tokens: { access_token: "access" } };
      await write(machine, AUTH, codexAuth(login));
      const [found] = await findings(machine);
      assert.equal(found?.code, "codex/chatgpt-login-wins");
      assert.match(found.message, /took the place of the key that TokenPool wrote/);
      assert.ok(found.fix);
      await machine.apply(found.fix());
      assert.deepEqual(await findings(machine), []);
    }));
});

describe("codex/model-migrated after a change of ours", () => {
  it("is found and put back like everywhere", () =>
    configured({}, async (machine) => {
      await write(machine, CONFIG, codexConfig({ model: 'model = "gpt-6-sol"' }));
      const [found] = await findings(machine, { offeredModels: ["gpt-5.5"] });
      assert.equal(found?.code, "codex/model-migrated");
      assert.ok(found.fix);
      await machine.apply(found.fix());
      assert.deepEqual(await findings(machine, { offeredModels: ["gpt-5.5"] }), []);
    }));
});

describe("opencode/base-url-invalid after a change of ours", () => {
  it("tells that somebody has led the key elsewhere, and puts the address back", () =>
    Machine.use({ files: { [OPENCODE]: "{}" } }, async (machine) => {
      const { opencode } = await look(machine);
      await machine.apply(planOpencode(opencode, PROFILE, { fix: true, versions: ["1.18.33"] }));
      assert.deepEqual(await findings(machine), []);
      const text = await machine.read(OPENCODE);
      await write(machine, OPENCODE, text.replace(ENDPOINT, "https://elsewhere.example"));
      const [found, ...others] = await findings(machine);
      assert.deepEqual(others, []);
      assert.equal(found?.code, "opencode/base-url-invalid");
      assert.ok(isDrift(found));
      assert.match(found.message, /somebody has changed .* elsewhere\.example/);
      assert.ok(found.fix);
      await machine.apply(found.fix());
      assert.equal(await machine.read(OPENCODE), text);
    }));
});

describe("opencode/other-tool-rewrites", () => {
  const files = { [OPENCODE]: "{}", ".cc-switch/settings.json": "{}" };

  /** As CC Switch writes an entry anew: members sorted, unknown ones gone. */
  async function rewrite(machine: Machine): Promise<void> {
    const config = JSON.parse(await machine.read(OPENCODE)) as {
      provider: { tokenpool: { name?: string; models: Record<string, { limit: { input?: number } }> } };
    };
    const { tokenpool } = config.provider;
    delete tokenpool.name;
    for (const { limit } of Object.values(tokenpool.models)) delete limit.input;
    await write(machine, OPENCODE, JSON.stringify(config, undefined, 2));
  }

  const configure = async (machine: Machine) => {
    const { opencode } = await look(machine);
    await machine.apply(planOpencode(opencode, PROFILE, { fix: true, versions: ["1.18.33"] }));
    assert.deepEqual(await findings(machine), []);
  };

  it("names CC Switch where it has dropped the limit of the input and the name, and puts both back", () =>
    Machine.use({ files }, async (machine) => {
      await configure(machine);
      await rewrite(machine);
      const [found, ...others] = await findings(machine);
      assert.deepEqual(others, []);
      assert.equal(found?.code, "opencode/other-tool-rewrites");
      assert.ok(isDrift(found));
      assert.ok(found.fix && found.range);
      await machine.apply(found.fix());
      assert.deepEqual(await findings(machine), []);
      const { provider } = JSON.parse(await machine.read(OPENCODE)) as { provider: object };
      assert.match(
        JSON.stringify(provider),
        /"input":272000.*"name":"TokenPool"|"name":"TokenPool".*"input":272000/,
      );
    }));

  it("knows what was written through a link to the folder", () =>
    Machine.use({ files }, async (machine) => {
      const folder = path.dirname(path.join(machine.home, OPENCODE));
      await fs.rename(folder, `${folder}-real`);
      await fs.symlink(`${folder}-real`, folder);
      await configure(machine);
      await rewrite(machine);
      assert.deepEqual(codes(await findings(machine)), ["opencode/other-tool-rewrites"]);
    }));

  it("accuses CC Switch neither where it is not there, nor of a file that it does not write, or where that cannot be read", async () => {
    for (const [state, file] of [
      [{ [OPENCODE]: "{}" }, OPENCODE],
      [{ ...files, ".cc-switch/settings.json": '{"opencodeConfigDir":"/elsewhere"}' }, OPENCODE],
      [{ ...files, ".cc-switch/settings.json": "{" }, OPENCODE],
    ] as const)
      await Machine.use({ files: state }, async (machine) => {
        await configure(machine);
        await rewrite(machine);
        assert.deepEqual(codes(await findings(machine)), [], file);
      });
  });
});
