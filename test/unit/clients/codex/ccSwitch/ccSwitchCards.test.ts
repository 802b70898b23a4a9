import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { ChangePlan } from "../../../../../src/changes/plan";
import { readOriginalValues } from "../../../../../src/changes/history/before";
import { prepareChange } from "../../../../../src/changes/prepare";
import { Refusal } from "../../../../../src/changes/refusal";
import { type CodexState, inspectCodex } from "../../../../../src/clients/codex/state/state";
import { planConfiguration, planKeyUpdate } from "../../../../../src/clients/codex/configure";
import { planRemoval } from "../../../../../src/clients/codex/remove";
import { planUndo } from "../../../../../src/clients/codex/undo";
import { API_KEY, ENDPOINT, Machine, OTHER_KEY } from "../../../doctor/machine";
import { AUTH, authOf, CONFIG, configOfCard, OUR_CARD } from "./ccSwitchHome";

const PROFILE = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.4" };
const OPTIONS = { fix: true, versions: ["0.169.0"] };
const LOGIN = '{"auth_mode":"chatgpt","OPENAI_API_KEY":null,"tokens":{"access_token":"made up"}}';

function use(
  settings: object,
  files: Record<string, string>,
  test: (machine: Machine) => Promise<void>,
): Promise<void> {
  return Machine.use({ files: { ".cc-switch/settings.json": JSON.stringify(settings), ...files } }, test);
}

const inspect = (machine: Machine): Promise<CodexState> =>
  inspectCodex(machine.sources().environment, ENDPOINT);

/** Configures, looks, and takes the change back: every byte has to be there again. */
async function configureAndUndo(
  machine: Machine,
  look: (plan: ChangePlan) => Promise<void> | void,
): Promise<void> {
  const before = await machine.allFiles();
  const plan = planConfiguration(await inspect(machine), PROFILE, OPTIONS);
  const entry = await machine.apply(plan);
  assert.ok(entry);
  await look(plan);
  assert.equal(await machine.apply(planConfiguration(await inspect(machine), PROFILE, OPTIONS)), undefined);
  await machine.apply(await planUndo(machine.store, entry));
  assert.deepEqual(await machine.allFiles(), before);
}

function refusalOf(plan: () => ChangePlan): string {
  try {
    plan();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return "none";
}

describe("Codex while CC Switch uses our card", () => {
  const settings = { currentProviderCodex: OUR_CARD };
  const files = {
    [CONFIG]: configOfCard("TokenPool", "https://api.tokenpool.dev"),
    [AUTH]: authOf(OTHER_KEY),
  };

  it("is configured in CC Switch's own table, which its next switch keeps; no second table comes up", () =>
    use(settings, files, (machine) =>
      configureAndUndo(machine, async ({ notices }) => {
        assert.equal(
          await machine.read(CONFIG),
          configOfCard("TokenPool", ENDPOINT)
            .replace('"gpt-5-codex"', '"gpt-5.5"')
            .replace("storage = true\n", 'storage = true\nreview_model = "gpt-5.4"\n'),
        );
        assert.match(await machine.read(AUTH), new RegExp(API_KEY));
        assert.match(notices.join(), /survives its next switch/);
      }),
    ));

  it("is known by its files where the card was made by hand", () =>
    use({ currentProviderCodex: "0b5c-by-hand" }, files, (machine) =>
      configureAndUndo(machine, async () => {
        assert.doesNotMatch(await machine.read(CONFIG), /OpenAI\]/);
      }),
    ));

  it("gets out of the trap of a second table: the provider in use is CC Switch's again", () =>
    use(
      settings,
      {
        ...files,
        [CONFIG]: `model_provider = "OpenAI"\n\n[model_providers.OpenAI]\nname = "OpenAI"\nbase_url = "${ENDPOINT}"\nrequires_openai_auth = true\n`,
      },
      (machine) =>
        configureAndUndo(machine, async () => {
          const text = await machine.read(CONFIG);
          assert.match(text, /^model_provider = "custom"$/m);
          assert.match(text, /\[model_providers\.custom\]\nname = "TokenPool"\nbase_url/);
        }),
    ));

  it("keeps the table whole where an undo would leave one without a name: Codex would not start", () =>
    use(settings, { [CONFIG]: "a = 1\n" }, async (machine) => {
      const entry = await machine.apply(planConfiguration(await inspect(machine), PROFILE, OPTIONS));
      assert.ok(entry);
      await fs.appendFile(path.join(machine.home, CONFIG), "stream_max_retries = 1\n");
      const configured = await machine.read(CONFIG);
      const plan = await planUndo(machine.store, entry);
      await machine.apply(plan);
      const table = (text: string) => text.slice(text.indexOf("[model_providers"));
      assert.equal(table(await machine.read(CONFIG)), table(configured));
      assert.match(plan.notices.join(" "), /changed since: model_providers\.custom/);
    }));

  it("is not removed: CC Switch would bring it back; the user is told where to choose another", () =>
    use(settings, files, async (machine) => {
      const state = await inspect(machine);
      const originals = await readOriginalValues(machine.store);
      assert.equal(
        refusalOf(() => planRemoval(state, originals)),
        "ccswitch/manages-codex",
      );
    }));

  it("is not changed while nobody can read what CC Switch is set to, and the place is told", () =>
    Machine.use(
      { files: { ...files, ".cc-switch/settings.json": '{\n  "currentProviderCodex": ' } },
      async (machine) => {
        const before = await machine.allFiles();
        const state = await inspect(machine);
        for (const plan of [
          () => planConfiguration(state, PROFILE, OPTIONS),
          () => planKeyUpdate(state, API_KEY),
          () => planRemoval(state, () => undefined),
        ]) {
          assert.equal(refusalOf(plan), "change/invalid-syntax");
        }
        const where = state.ccSwitchProblem?.where;
        assert.deepEqual(
          [where?.path, where?.line],
          [path.join(machine.home, ".cc-switch/settings.json"), 1],
        );
        assert.deepEqual(await machine.allFiles(), before);
      },
    ));

  it("is not changed while CC Switch leads the requests through itself and overwrites every change", () =>
    use(
      { ...settings, enableLocalProxy: true },
      { ...files, [CONFIG]: configOfCard("TokenPool", "http://127.0.0.1:15721") },
      async (machine) => {
        const state = await inspect(machine);
        const code = refusalOf(() => planConfiguration(state, PROFILE, OPTIONS));
        assert.equal(code, "ccswitch/manages-codex");
        assert.equal(
          refusalOf(() => planKeyUpdate(state, API_KEY)),
          "ccswitch/manages-codex",
        );
      },
    ));
});

describe("Codex while CC Switch keeps a ChatGPT login", () => {
  const settings = { currentProviderCodex: OUR_CARD, preserveCodexOfficialAuthOnSwitch: true };
  const files = { [CONFIG]: configOfCard("TokenPool", ENDPOINT, OTHER_KEY), [AUTH]: LOGIN };

  it("has the key in CC Switch's table, in place, and the login stays as it is", () =>
    use(settings, files, (machine) =>
      configureAndUndo(machine, async ({ notices, files: planned }) => {
        assert.equal(await machine.read(AUTH), LOGIN);
        assert.deepEqual(
          planned.map(({ path: file }) => path.basename(file)),
          ["config.toml"],
        );
        assert.match(
          await machine.read(CONFIG),
          new RegExp(`^experimental_bearer_token = "${API_KEY}"$`, "m"),
        );
        assert.doesNotMatch(notices.join(), /ChatGPT|Removed because/);
      }),
    ));

  it("has the key in auth.json where that mode is off, and the token goes, because it would outrank the key", () =>
    use({ currentProviderCodex: OUR_CARD }, files, (machine) =>
      configureAndUndo(machine, async ({ notices }) => {
        assert.match(await machine.read(AUTH), new RegExp(`"OPENAI_API_KEY":"${API_KEY}"`));
        assert.doesNotMatch(await machine.read(CONFIG), /experimental_bearer_token/);
        assert.match(notices.join(" "), /signed in to ChatGPT.*Removed because/);
      }),
    ));

  it("gets a new key there too", () =>
    use(settings, files, async (machine) => {
      const state = await inspect(machine);
      assert.equal(state.apiKey, OTHER_KEY);
      await machine.apply(planKeyUpdate(state, API_KEY));
      assert.equal(await machine.read(CONFIG), configOfCard("TokenPool", ENDPOINT, API_KEY));
      assert.equal(await machine.read(AUTH), LOGIN);
    }));

  it("never gets a new key into a table that leads elsewhere", () =>
    use(
      settings,
      { ...files, [CONFIG]: configOfCard("Else", "https://elsewhere.example", OTHER_KEY) },
      async (machine) => {
        const { files: planned } = await prepareChange(
          machine.store.fs,
          planKeyUpdate(await inspect(machine), API_KEY),
        );
        assert.deepEqual(
          planned.map(({ planned: { path: file } }) => path.basename(file)),
          ["auth.json"],
        );
      },
    ));

  it("gets no earlier token back into a table that leads elsewhere since", () =>
    use(settings, files, async (machine) => {
      const entry = await machine.apply(planConfiguration(await inspect(machine), PROFILE, OPTIONS));
      assert.ok(entry);
      const moved = (await machine.read(CONFIG)).replace(ENDPOINT, "https://elsewhere.example");
      await fs.writeFile(path.join(machine.home, CONFIG), moved);
      const plan = await planUndo(machine.store, entry);
      await machine.apply(plan);
      const text = await machine.read(CONFIG);
      assert.ok(!text.includes(OTHER_KEY) && text.includes("https://elsewhere.example"));
      assert.match(plan.notices.join(" "), /Left alone.*model_providers\.custom/);
    }));

  it("gets no later token sent to the earlier address", () =>
    use(
      settings,
      { ...files, [CONFIG]: configOfCard("Relay", "https://relay.example", OTHER_KEY) },
      async (machine) => {
        const entry = await machine.apply(planConfiguration(await inspect(machine), PROFILE, OPTIONS));
        assert.ok(entry);
        const later = (await machine.read(CONFIG)).replace(API_KEY, `${API_KEY}later`);
        await fs.writeFile(path.join(machine.home, CONFIG), later);
        await machine.apply(await planUndo(machine.store, entry));
        assert.ok(!(await machine.read(CONFIG)).includes("relay.example"));
      },
    ));

  it("gets no token back that was removed, where the table leads elsewhere since", () =>
    use({ currentProviderCodex: OUR_CARD }, files, async (machine) => {
      const entry = await machine.apply(planConfiguration(await inspect(machine), PROFILE, OPTIONS));
      assert.ok(entry);
      const moved = (await machine.read(CONFIG)).replace(ENDPOINT, "https://elsewhere.example");
      await fs.writeFile(path.join(machine.home, CONFIG), moved);
      await machine.apply(await planUndo(machine.store, entry)).catch(() => undefined);
      assert.ok(!(await machine.read(CONFIG)).includes(OTHER_KEY));
    }));

  it("keeps both keys out of the journal", () =>
    use(settings, files, async (machine) => {
      await machine.apply(planConfiguration(await inspect(machine), PROFILE, OPTIONS));
      const journal = await fs.readFile(path.join(machine.home, "journal/journal.json"), "utf8");
      assert.ok(!journal.includes(API_KEY) && !journal.includes(OTHER_KEY));
    }));
});

describe("Codex while CC Switch uses another card", () => {
  const settings = { currentProviderCodex: "my-relay-1764000000001" };
  const files = { [CONFIG]: configOfCard("My relay", "https://relay.example"), [AUTH]: authOf(OTHER_KEY) };

  it("is configured in a table of ours, and the preview says what the next switch makes of it", () =>
    use(settings, files, (machine) =>
      configureAndUndo(machine, async ({ notices }) => {
        const text = await machine.read(CONFIG);
        assert.match(text, /^model_provider = "OpenAI"$/m);
        assert.match(text, /base_url = "https:\/\/relay\.example"/);
        assert.match(notices.join(" "), /currently uses “my-relay”; its next switch would save TokenPool/);
      }),
    ));

  it("says that the ChatGPT login would be gone where that is the card", () =>
    use({ currentProviderCodex: "codex-official" }, { [AUTH]: LOGIN }, (machine) =>
      configureAndUndo(machine, ({ notices }) => {
        assert.match(notices.join(" "), /“OpenAI Official”.*login would be gone from CC Switch/);
      }),
    ));

  it("can be removed like everywhere", () =>
    use(settings, files, async (machine) => {
      await machine.apply(planConfiguration(await inspect(machine), PROFILE, OPTIONS));
      const originals = await readOriginalValues(machine.store);
      await machine.apply(planRemoval(await inspect(machine), originals));
      assert.equal(await machine.read(CONFIG), files[CONFIG]);
      assert.equal(await machine.read(AUTH), files[AUTH]);
    }));

  it("shows nothing of another program's text but a name", () =>
    use({ currentProviderCodex: "[x](command:evil)\n$(zap)" }, files, async (machine) => {
      assert.equal((await inspect(machine)).ccSwitch?.name, "xcommandevilzap");
    }));

  it("is none of CC Switch's where that writes into another directory, or was never switched", async () => {
    for (const other of [{ ...settings, codexConfigDir: "/elsewhere" }, {}])
      await use(other, files, async (machine) => {
        assert.equal((await inspect(machine)).ccSwitch, undefined);
      });
  });
});
