import assert from "node:assert/strict";
import { readOriginalValues } from "../../src/changes/history/before";
import { Refusal } from "../../src/changes/refusal";
import { planConfiguration } from "../../src/clients/codex/configure";
import { planRemoval } from "../../src/clients/codex/remove";
import { planUndo } from "../../src/clients/codex/undo";
import { diagnose } from "../../src/doctor/diagnose";
import { type Gateway, startGateway } from "../gateway/gateway";
import { askCodex } from "../harness/clientPrograms";
import { AUTH, authOf, CONFIG, configOfCard, OUR_CARD } from "../unit/clients/codex/ccSwitch/ccSwitchHome";
import { Machine, OTHER_KEY } from "../unit/doctor/machine";
import { chatGptLogin, unsignedToken } from "./chatGptLogin";

interface Home {
  readonly title: string;
  readonly settings: object;
  readonly files: Readonly<Record<string, string>>;
  /** TokenPool is CC Switch's to take out. */
  readonly removalRefused?: true;
}

const LOGIN = JSON.stringify(chatGptLogin());
/** Nobody listens there: only what we write lets Codex answer. */
const NOWHERE = "http://127.0.0.1:9";

const HOMES: readonly Home[] = [
  {
    title: "our card current",
    settings: { currentProviderCodex: OUR_CARD },
    files: { [CONFIG]: configOfCard("TokenPool", NOWHERE), [AUTH]: authOf(OTHER_KEY) },
    removalRefused: true,
  },
  {
    title: "our card current, with the trap of a table of our own",
    settings: { currentProviderCodex: OUR_CARD, preserveCodexOfficialAuthOnSwitch: true },
    files: {
      [CONFIG]: `model_provider = "OpenAI"\nexperimental_bearer_token = "${OTHER_KEY}"\n\n[model_providers.OpenAI]\nname = "OpenAI"\nbase_url = "${NOWHERE}"\nwire_api = "responses"\nrequires_openai_auth = true\n`,
      [AUTH]: LOGIN,
    },
    removalRefused: true,
  },
  {
    title: "another card current",
    settings: { currentProviderCodex: "my-relay-1764000000001" },
    files: { [CONFIG]: configOfCard("My relay", NOWHERE), [AUTH]: authOf(OTHER_KEY) },
  },
  {
    title: "the official card with a ChatGPT login",
    settings: { currentProviderCodex: "codex-official" },
    files: { [CONFIG]: "model_reasoning_effort = 'high' # mine\n", [AUTH]: LOGIN },
  },
  {
    title: "preserve mode: the key in CC Switch's table, a ChatGPT login in auth.json",
    settings: { currentProviderCodex: OUR_CARD, preserveCodexOfficialAuthOnSwitch: true },
    files: { [CONFIG]: configOfCard("TokenPool", NOWHERE, OTHER_KEY), [AUTH]: LOGIN },
    removalRefused: true,
  },
  {
    title: "moved directories: CC Switch writes elsewhere",
    settings: { currentProviderCodex: OUR_CARD, codexConfigDir: "~/elsewhere" },
    files: {
      [CONFIG]: "# mine\nmodel = 'mine' # why\n",
      "elsewhere/config.toml": configOfCard("TokenPool", NOWHERE),
      "elsewhere/auth.json": authOf(OTHER_KEY),
    },
  },
];

describe("the real Codex in homes as CC Switch leaves them", function () {
  this.timeout(120_000);
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  const use = ({ settings, files }: Home, test: (machine: Machine) => Promise<void>) =>
    Machine.use(
      {
        files: { ".cc-switch/settings.json": JSON.stringify(settings), ...files },
        apiKey: gateway.key,
        baseUrl: gateway.url,
      },
      test,
    );

  async function configure(machine: Machine) {
    const { codex } = await machine.snapshot();
    const profile = { apiKey: gateway.key, baseUrl: gateway.url, model: "gpt-5.5", reviewModel: "gpt-5.5" };
    return machine.apply(planConfiguration(codex, profile, { fix: true, versions: ["0.169.0"] }));
  }

  /** Codex has files of its own beside these. */
  async function filesOf(machine: Machine, { files }: Home): Promise<string[]> {
    return Promise.all(Object.keys(files).map((name) => machine.read(name)));
  }

  for (const home of HOMES) {
    it(`${home.title}: answers with our key alone, and Restore gives every byte back`, () =>
      use(home, async (machine) => {
        const before = await filesOf(machine, home);
        const entry = await configure(machine);
        assert.ok(entry);
        gateway.clear();
        const { stdout, stderr } = await askCodex(machine.home, "say hi");
        assert.match(stdout, /Hello from the TokenPool simulator/, stderr);
        const sent = new Set(gateway.requests.map(({ headers }) => headers.authorization));
        assert.deepEqual([...sent], [`Bearer ${gateway.key}`], "no other token reached the gateway");
        await machine.apply(await planUndo(machine.store, entry));
        assert.deepEqual(await filesOf(machine, home), before);
      }));

    it(`${home.title}: Remove takes our things out, or says that CC Switch has to`, () =>
      use(home, async (machine) => {
        const before = await filesOf(machine, home);
        await configure(machine);
        const configured = await filesOf(machine, home);
        const { codex } = await machine.snapshot();
        const originals = await readOriginalValues(machine.store);
        const remove = () => planRemoval(codex, originals);
        if (home.removalRefused) {
          assert.throws(
            remove,
            (error) => error instanceof Refusal && error.code === "ccswitch/manages-codex",
          );
          assert.deepEqual(await filesOf(machine, home), configured);
        } else {
          await machine.apply(remove());
          assert.deepEqual(await filesOf(machine, home), before);
        }
      }));
  }

  it("the trap is real: with a token outside any table Codex sends the ChatGPT token, and after the fix our key", () =>
    use(
      {
        title: "",
        settings: {},
        files: {
          [CONFIG]: `model_provider = "OpenAI"\nexperimental_bearer_token = "${OTHER_KEY}"\n\n[model_providers.OpenAI]\nname = "OpenAI"\nbase_url = "${gateway.url}"\nwire_api = "responses"\nrequires_openai_auth = true\n`,
          [AUTH]: LOGIN,
        },
      },
      async (machine) => {
        gateway.clear();
        await askCodex(machine.home, "say hi");
        const trapped = gateway.requests.map(({ headers }) => headers.authorization);
        assert.ok(trapped.includes(`Bearer ${unsignedToken()}`), trapped.join());
        const found = diagnose(await machine.snapshot()).find(({ code }) => code === "codex/token-ignored");
        assert.equal(found?.severity, "error");
        assert.ok(found.fix);
        await machine.apply(found.fix());
        gateway.clear();
        const { stdout, stderr } = await askCodex(machine.home, "say hi");
        assert.match(stdout, /Hello from the TokenPool simulator/, stderr);
        const sent = new Set(gateway.requests.map(({ headers }) => headers.authorization));
        assert.deepEqual([...sent], [`Bearer ${gateway.key}`]);
      },
    ));

  it("a broken config.toml is refused with its place, and nothing is written", () =>
    use(
      {
        title: "",
        settings: { currentProviderCodex: OUR_CARD },
        files: { [CONFIG]: 'a = "\n', [AUTH]: LOGIN },
      },
      async (machine) => {
        const before = await machine.allFiles();
        await assert.rejects(
          configure(machine),
          (error) => error instanceof Refusal && error.where.line === 0,
        );
        assert.deepEqual(await machine.allFiles(), before);
      },
    ));
});
