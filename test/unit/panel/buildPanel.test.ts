import assert from "node:assert/strict";
import type { Action } from "../../../src/doctor/action";
import { KNOWLEDGE } from "../../../src/doctor/problems/knowledge";
import { sentenceOf } from "../../../src/health/texts";
import { panelAction } from "../../../src/panel/actionLabels";
import { diagnose } from "../../../src/doctor/diagnose";
import { buildPanel, type Panel } from "../../../src/panel/buildPanel";
import type { PanelModel } from "../../../src/panel/panelModel";
import { ELEVEN_PROBLEMS } from "../doctor/elevenProblems";
import {
  API_KEY,
  codexAuth,
  codexConfig,
  CODEX_FILES,
  healthReport,
  Machine,
  type MachineState,
  opencodeConfig,
  OPENCODE_FILES,
  OTHER_KEY,
} from "../doctor/machine";

function panelOf(
  state: MachineState,
  test: (panel: Panel, machine: Machine) => void,
  checking = false,
  keychainError?: string,
): Promise<void> {
  return Machine.use(state, async (machine) => {
    const snapshot = await machine.snapshot();
    const context = { checking, homeDirectory: machine.home, keychainError };
    test(buildPanel({ snapshot, problems: diagnose(snapshot) }, context), machine);
  });
}

const problemsIn = ({ parts }: PanelModel) => parts.flatMap(({ problems }) => problems);

const statuses = ({ model }: Panel) => model.mistakes.map(({ id, status }) => `${id}: ${status}`);

const HEALTHY: MachineState = {
  files: { ...CODEX_FILES, ...OPENCODE_FILES },
  health: [
    healthReport({ phases: { dnsMs: 3, connectMs: 20, tlsMs: 40, waitMs: 110, bodyMs: 2, totalMs: 175 } }),
  ],
  askGit: () => Promise.resolve(undefined),
};

describe("what the panel shows", () => {
  it("does not say that no key is stored where the keychain cannot be read", () => {
    const why = "VS Code cannot read the API key from the keychain: locked.";
    const test = ({ model }: Panel) => {
      assert.deepEqual(model.summary, { status: "error", text: why });
      assert.equal(model.parts.find(({ id }) => id === "key")?.text, why);
      assert.deepEqual(
        problemsIn(model).filter(({ id }) => id.startsWith("key/missing")),
        [],
      );
    };
    return panelOf({ ...HEALTHY, apiKey: null }, test, false, why);
  });

  it("says of every common mistake that it was looked for", () =>
    panelOf(HEALTHY, (panel) => {
      assert.deepEqual(statuses(panel), [
        "website: ok",
        "keyInConfig: ok",
        "incompleteKey: ok",
        "unavailableModel: ok",
        "noQuota: ok",
        "secretsInGit: ok",
      ]);
      assert.deepEqual(panel.model.summary, { status: "ok", text: "No problems found" });
      assert.deepEqual(problemsIn(panel.model), []);
      assert.equal(panel.fixable.size, 0);
    }));

  it("says what was looked at, and nothing of what could not be", async () => {
    await panelOf(HEALTHY, ({ model }) => {
      assert.deepEqual(model.checked, [
        "Codex: ~/.codex/config.toml, ~/.codex/auth.json",
        "OpenCode: ~/.config/opencode/opencode.json, ~/.config/tokenpool/api-key",
        "Environment variables, and the clients on the PATH",
        "api.clawto.link, asked with your key",
        "Git: whether a file with your key could be committed",
      ]);
    });
    const project = { ".codex/x": "", "work/opencode.json": "{}" };
    await panelOf({ files: project, folders: ["work"], health: [] }, ({ model }) => {
      assert.ok(model.checked.includes("Open folders: ~/work/opencode.json"));
      assert.ok(!model.checked.some((each) => /asked with your key/.test(each)));
    });
    const unasked = { ...HEALTHY, health: [healthReport({ state: "noKey" })] };
    await panelOf({ ...unasked, askGit: undefined }, ({ model }) => {
      assert.ok(!model.checked.some((each) => /asked with your key|^Git/.test(each)));
    });
  });

  it("says what could not be looked for", () =>
    panelOf({ apiKey: null, files: { ".codex/config.toml": "[" } }, (panel) => {
      assert.deepEqual(statuses(panel), [
        "website: unchecked",
        "keyInConfig: unchecked",
        "incompleteKey: unchecked",
        "unavailableModel: unchecked",
        "noQuota: unchecked",
        // No file holds a key, so none can be committed.
        "secretsInGit: ok",
      ]);
      assert.equal(panel.model.summary.text, "TokenPool is not set up yet");
      assert.equal(panel.model.keyStored, false);
    }));

  it("shows a problem with its place in the file and a fix by id", () =>
    panelOf(
      { files: { ...CODEX_FILES, ".codex/config.toml": codexConfig({ more: `api_key = "${API_KEY}"` }) } },
      (panel, machine) => {
        const [problem, ...others] = problemsIn(panel.model);
        assert.deepEqual(others, []);
        assert.ok(problem?.file);
        assert.ok(statuses(panel).includes("keyInConfig: found"));
        assert.equal(problem.file.label, "~/.codex/config.toml:9");
        assert.equal(panel.places.get(problem.file.id)?.path, `${machine.home}/.codex/config.toml`);
        assert.ok(problem.fixable && panel.fixable.has(problem.id));
        assert.deepEqual([problem.action, problem.advice], [undefined, undefined]);
        assert.deepEqual(panel.model.summary, { status: "error", text: "1 problem found" });
      },
    ));

  it("shows what a problem was found by", () =>
    panelOf({ files: CODEX_FILES, variables: { CODEX_API_KEY: OTHER_KEY } }, ({ model }) => {
      assert.deepEqual(
        problemsIn(model).map(({ evidence }) => evidence),
        ["CODEX_API_KEY"],
      );
    }));

  it("tells whether all is known", async () => {
    for (const checking of [true, false])
      await panelOf(HEALTHY, ({ model }) => assert.equal(model.checking, checking), checking);
  });

  it("offers to show only files that are there", () =>
    panelOf({ files: { ".codex/config.toml": codexConfig({}) } }, ({ model }) => {
      const [problem, ...others] = problemsIn(model);
      assert.deepEqual(others, []);
      assert.equal(problem?.file?.label, "~/.codex/auth.json");
      assert.equal(problem.file.exists, false);
    }));

  it("shows OpenCode's key file as there only where OpenCode reads it", async () => {
    const keyFile = async (files: Record<string, string>) => {
      let exists: unknown;
      await panelOf({ files }, ({ model }) => {
        const shown = model.clients[1]?.files.find(({ label }) => label === "~/.config/tokenpool/api-key");
        exists = shown?.exists;
      });
      return exists;
    };
    assert.equal(await keyFile(OPENCODE_FILES), true);
    const unread = opencodeConfig({}, { apiKey: "{env:OTHER}" });
    assert.equal(await keyFile({ ...OPENCODE_FILES, ".config/opencode/opencode.json": unread }), false);
    assert.equal(await keyFile({ ".config/opencode/opencode.json": opencodeConfig() }), false);
  });

  it("offers the console where nothing can be fixed", () =>
    panelOf(
      { health: [healthReport({ state: "noQuota", code: "account/no-quota", httpStatus: 402 })] },
      (panel) => {
        const [problem] = problemsIn(panel.model);
        assert.ok(statuses(panel).includes("noQuota: found"));
        assert.deepEqual(problem?.action, { action: "openConsole", label: "Open Console" });
        assert.equal(problem.fixable, false);
        assert.equal(problem.advice, KNOWLEDGE["account/no-quota"].fix());
        assert.equal(panel.model.endpoints[0]?.detail, "HTTP 402");
        assert.equal(panel.model.endpoints[0].status, "error");
      },
    ));

  it("lists the phases in their order, what is left for the key, and both endpoints", () =>
    panelOf(
      {
        ...HEALTHY,
        otherEndpoint: { baseUrl: "https://api.tokenpool.dev", totalMs: 90 },
        usage: { unit: "USD", remaining: 12.5, windows: [] },
        answerSays: "<b>*Come back* later</b>",
        addressFamilies: [
          { baseUrl: "https://api.clawto.link", family: 4, totalMs: 80 },
          { baseUrl: "https://api.clawto.link", family: 6, code: "network/unreachable" },
        ],
      },
      ({ model }) => {
        assert.deepEqual(
          model.endpoints.map(({ host, chosen }) => [host, chosen]),
          [
            ["api.clawto.link", true],
            ["api.tokenpool.dev", false],
          ],
        );
        assert.deepEqual(
          model.endpoints.map(({ quota }) => quota),
          ["$12.50 left", undefined],
        );
        assert.equal(model.endpoints[0]?.families, "IPv4: 80 ms · IPv6: does not answer");
        assert.deepEqual(model.endpoints[0].answer, {
          before: "The endpoint says: ",
          words: "<b>*Come back* later</b>",
          language: "en",
          after: "",
        });
        assert.match(model.endpoints[1]?.sentence ?? "", /90 ms.*without your key/);
        assert.deepEqual(
          model.endpoints[0].phases.map(({ ms }) => ms),
          [3, 20, 40, 110, 2],
        );
      },
    ));

  it("tells for each client whom it uses, where it looks and what overrides that", () =>
    panelOf(
      {
        files: {
          ...CODEX_FILES,
          ".config/opencode/opencode.json": opencodeConfig(
            {},
            { baseURL: "https://user:word@elsewhere.example/v1" },
          ),
          ".opencode/opencode.json": JSON.stringify({ model: "x/y" }),
        },
        variables: { CODEX_API_KEY: API_KEY },
        versions: { codex: ["0.169.0", "0.0.0"], opencode: [] },
      },
      ({ model }) => {
        const [codex, opencode] = model.clients;
        assert.equal(codex?.use, "Uses TokenPool (api.clawto.link)");
        assert.equal(codex.version, "0.169.0, version unknown");
        assert.deepEqual(
          codex.files.map(({ label, exists }) => [label, exists]),
          [
            ["~/.codex/config.toml", true],
            ["~/.codex/auth.json", true],
          ],
        );
        assert.deepEqual(codex.chain, [
          "environment variable CODEX_API_KEY",
          "~/.codex/config.toml: everything else",
        ]);
        assert.equal(opencode?.use, "Uses elsewhere.example, not TokenPool");
        assert.equal(opencode.version, "not installed");
        assert.deepEqual(opencode.chain, [
          "~/.opencode/opencode.json: model",
          "~/.config/opencode/opencode.json: everything else",
        ]);
        assert.equal(opencode.action?.action, "configure:opencode");
      },
    ));

  it("offers to configure a client only where it does not use TokenPool, and no chain where nothing overrides", () =>
    panelOf({ files: CODEX_FILES }, ({ model }) => {
      const [codex, opencode] = model.clients;
      assert.deepEqual([codex?.status, codex?.action, codex?.chain], ["ok", undefined, []]);
      assert.deepEqual(
        [opencode?.status, opencode?.use, opencode?.action?.action],
        ["unknown", "Not configured for TokenPool", "configure:opencode"],
      );
    }));

  it("warns of an OpenCode that uses TokenPool under the name of another provider", () => {
    const openai = { options: { baseURL: "https://api.clawto.link/v1", apiKey: API_KEY } };
    const files = { ".config/opencode/opencode.json": JSON.stringify({ provider: { openai } }) };
    return panelOf({ files }, ({ model }) => {
      const { status, use } = model.clients[1] ?? {};
      assert.deepEqual([status, use], ["warning", 'Uses TokenPool through its provider "openai"']);
    });
  });

  it("counts an OpenCode that uses TokenPool by a provider of the user's own", () => {
    const relay = { options: { baseURL: "https://api.clawto.link/v1", apiKey: API_KEY } };
    const files = { ".config/opencode/opencode.json": JSON.stringify({ provider: { relay } }) };
    return panelOf({ files }, ({ model }) => {
      const { status, use } = model.clients[1] ?? {};
      assert.deepEqual([status, use], ["ok", "Uses TokenPool (api.clawto.link)"]);
    });
  });

  it("calls no client well whose address is wrong, another's or missing, whatever its model", async () => {
    const useAt = async (baseURL: string | undefined) => {
      const files = { ".config/opencode/opencode.json": opencodeConfig({}, { baseURL }) };
      let shown: unknown;
      await panelOf({ files }, ({ model }) => {
        const { status, use } = model.clients[1] ?? {};
        shown = [status, use];
      });
      return shown;
    };
    const meant = "Configured for TokenPool, but sends requests to";
    assert.deepEqual(await useAt("https://tokenpool.dev/v1"), ["error", `${meant} tokenpool.dev`]);
    assert.deepEqual(await useAt("https://elsewhere.example"), ["error", `${meant} elsewhere.example`]);
    assert.deepEqual(await useAt(undefined), ["error", "Configured for TokenPool, but has no address"]);
  });

  describe("has a part for everything that has to work", () => {
    const partsOf = async (state: MachineState) => {
      let shown: (readonly [string, string, string, readonly string[]])[] = [];
      await panelOf(state, ({ model }) => {
        shown = model.parts.map(({ name, status, text, problems }) => [
          name,
          status,
          text,
          problems.map(({ title }) => title),
        ]);
      });
      return shown;
    };
    const statusesOf = async (state: MachineState) =>
      (await partsOf(state)).map(([name, status]) => `${name}: ${status}`);

    it("all well, in the order in which it is set up", async () => {
      const texts = [
        "A key is stored in VS Code's secret storage.",
        "api.clawto.link: The endpoint works and accepts your key.",
        "Uses TokenPool (api.clawto.link)",
        "Uses TokenPool (api.clawto.link)",
      ];
      const names = ["Key", "Endpoint", "Codex", "OpenCode"];
      assert.deepEqual(
        await partsOf(HEALTHY),
        names.map((name, index) => [name, "ok", texts[index], []]),
      );
    });

    it("each with its problems, as bad as the worst of them", async () => {
      const parts = await partsOf(ELEVEN_PROBLEMS);
      assert.deepEqual(
        parts.map(([name, status, , problems]) => [name, status, problems.length]),
        [
          ["Key", "ok", 0],
          ["Endpoint", "unknown", 0],
          ["Codex", "error", 7],
          ["OpenCode", "error", 4],
        ],
      );
    });

    it("a client is not well while a variable overrules it, whatever its files say", async () => {
      const state = { ...HEALTHY, variables: { CODEX_API_KEY: OTHER_KEY } };
      assert.deepEqual(await statusesOf(state), ["Key: ok", "Endpoint: ok", "Codex: error", "OpenCode: ok"]);
    });

    it("the key, to which belongs what the gateway says of it", async () => {
      const health = [healthReport({ state: "noQuota", code: "account/no-quota", httpStatus: 402 })];
      const [key, endpoint] = await partsOf({ ...HEALTHY, health });
      const { title } = KNOWLEDGE["account/no-quota"];
      assert.deepEqual([key?.[1], key?.[3]], ["error", [title()]]);
      assert.deepEqual(endpoint?.slice(1), ["error", `api.clawto.link: ${title()}`, []]);
    });

    it("the endpoint, to which belongs what is wrong on the way there", async () => {
      const health = [healthReport({ state: "unreachable", code: "network/dns" })];
      const [, endpoint] = await partsOf({ ...HEALTHY, health });
      assert.deepEqual(endpoint?.[3], [KNOWLEDGE["network/dns"].title()]);
      const [, invalid] = await partsOf({ ...HEALTHY, health: [], baseUrl: "no address" });
      assert.deepEqual(invalid?.slice(1, 3), ["error", "The chosen address is not valid."]);
    });

    it("nothing is well where nothing is set up, and nothing is wrong but the key", async () => {
      assert.deepEqual(await statusesOf({ apiKey: null }), [
        "Key: error",
        "Endpoint: unknown",
        "Codex: unknown",
        "OpenCode: unknown",
      ]);
    });

    it("CC Switch where it is, with what it does to Codex", async () => {
      const ours = JSON.stringify({ currentProviderCodex: "tokenpool-1764000000000" });
      const uses = async (settings: string) => {
        const files = { ...HEALTHY.files, ".cc-switch/settings.json": settings };
        return (await partsOf({ ...HEALTHY, files }))[4]?.slice(0, 3);
      };
      assert.deepEqual(await uses(ours), ["CC Switch", "ok", "Uses TokenPool's card for Codex."]);
      const none = "Is on this machine, without TokenPool's card in use for Codex.";
      assert.deepEqual(await uses("{}"), ["CC Switch", "ok", none]);
      assert.deepEqual(await uses("["), ["CC Switch", "unknown", "Its settings cannot be read."]);
      const other = JSON.stringify({ currentProviderCodex: "someone" });
      const files = { ...HEALTHY.files, ".cc-switch/settings.json": other };
      const [, , codex, , ccSwitch] = await partsOf({ ...HEALTHY, files });
      assert.deepEqual([codex?.[1], ccSwitch?.[1]], ["ok", "warning"]);
    });
  });

  it("leads from a mistake to the problems that are one", () =>
    panelOf(ELEVEN_PROBLEMS, ({ model }) => {
      const website = model.mistakes.find(({ id }) => id === "website");
      const titles = problemsIn(model).filter(({ id }) => website?.problems.includes(id));
      assert.deepEqual(
        titles.map(({ title }) => title),
        ["Base URL points to a website, not the API"],
      );
    }));

  it("says what a fix will do, without a key", () =>
    panelOf(ELEVEN_PROBLEMS, ({ model }) => {
      const fixing = (title: string) => problemsIn(model).find((each) => each.title === title)?.fixing;
      assert.deepEqual(fixing("Base URL points to a website, not the API"), [
        'Set model_providers.OpenAI.base_url to "https://api.clawto.link" in config.toml',
      ]);
      // Of the whole configuration only what is not there already.
      assert.deepEqual(fixing("API key found in config.toml"), [
        "Write your API key to auth.json",
        "Remove model_providers.OpenAI.api_key from config.toml",
      ]);
      assert.deepEqual(fixing("The file with OpenCode's API key is missing"), [
        "Write your API key to api-key",
      ]);
    }));

  it("says of a fix in a file of Git's what it is for", async () => {
    const git = { workTree: "/", exclude: "/exclude", tracked: false, committed: false, ignored: false };
    await panelOf({ ...HEALTHY, askGit: () => Promise.resolve(git) }, ({ model }) => {
      assert.deepEqual(problemsIn(model)[0]?.fixing, ["Exclude auth.json from Git in this clone"]);
    });
  });

  describe("counts problems", () => {
    const summary = async (state: MachineState) => {
      let shown: unknown;
      await panelOf(state, ({ model }) => (shown = [model.summary, problemsIn(model).length]));
      return shown;
    };
    const noQuota = [healthReport({ state: "noQuota", code: "account/no-quota", httpStatus: 402 })];

    it("and takes the status of the worst", async () => {
      const files = { ...CODEX_FILES, ".codex/config.toml": codexConfig({ auth: "" }) };
      assert.deepEqual(await summary({ files, health: noQuota }), [
        { status: "error", text: "2 problems found" },
        2,
      ]);
    });

    it("but not what is only worth knowing", async () => {
      const state = { ...HEALTHY, versions: { codex: [], opencode: ["1.18.33"] } };
      assert.deepEqual(await summary(state), [{ status: "ok", text: "No problems found" }, 1]);
    });

    it("also where no key is stored", async () => {
      const files = { ".codex/config.toml": "[" };
      assert.deepEqual(await summary({ files, apiKey: null }), [
        { status: "information", text: "TokenPool is not set up yet" },
        0,
      ]);
    });
  });

  describe("tells of the chosen endpoint", () => {
    const endpoint = async (state: Partial<MachineState>) => {
      let shown: Panel["model"]["endpoints"][number] | undefined;
      await panelOf({ ...HEALTHY, ...state }, ({ model }) => (shown = model.endpoints[0]));
      return shown;
    };

    for (const [state, status] of [
      ["ok", "ok"],
      ["slow", "information"],
      ["degraded", "warning"],
      ["unauthorized", "error"],
      ["noQuota", "error"],
      ["rateLimited", "warning"],
      ["notAnApi", "error"],
      ["blocked", "error"],
      ["gatewayError", "warning"],
      ["unreachable", "error"],
      ["offline", "information"],
      ["noKey", "unknown"],
    ] as const) {
      it(`how bad it is: ${state}`, async () => {
        const shown = await endpoint({ health: [healthReport({ state })] });
        assert.equal(shown?.status, status);
        assert.equal(shown.sentence, sentenceOf(healthReport({ state })));
        assert.equal(shown.totalMs, state === "noKey" ? undefined : 180);
        assert.equal(shown.checkedAt === undefined, state === "noKey");
      });
    }

    it("what it says in its own words, marked as what they are, beside our sentence", async () => {
      const refused = { health: [healthReport({ state: "noQuota", code: "account/no-quota" })] };
      const says = async (answerSays: string) => (await endpoint({ ...refused, answerSays }))?.answer;
      const chinese = "用户额度不足, 剩余额度: ＄0.000000";
      assert.deepEqual(await says(chinese), {
        before: "The endpoint says: ",
        words: chinese,
        language: "zh",
        after: "",
      });
      assert.equal((await says("잔액이 부족합니다"))?.language, "ko");
      assert.equal((await says("残高が不足しています"))?.language, "ja");
      assert.equal((await says("Insufficient balance"))?.language, "en");
      const page = await endpoint({
        health: [healthReport({ state: "unreachable", code: "network/filtered" })],
        answerSays: "上网认证",
      });
      assert.deepEqual(page?.answer, {
        before: "The page that answers is titled “",
        words: "上网认证",
        language: "zh",
        after: "”.",
      });
    });

    it("by which way it was asked, and what it answered", async () => {
      const detail = async (report: Partial<Parameters<typeof healthReport>[0]>) =>
        (await endpoint({ health: [healthReport(report)] }))?.detail;
      assert.equal(await detail({}), "");
      assert.equal(await detail({ via: "proxy" }), "through a proxy");
      assert.equal(await detail({ via: "editor" }), "through VS Code's network");
      assert.equal(await detail({ via: "editor", httpStatus: 200 }), "HTTP 200 · through VS Code's network");
    });

    it("the cause where it is known, but none of what works", async () => {
      const sentence = async (report: Parameters<typeof healthReport>[0]) =>
        (await endpoint({ health: [healthReport(report)] }))?.sentence;
      const { title, cause } = KNOWLEDGE["account/no-quota"];
      assert.equal(await sentence({ state: "noQuota", code: "account/no-quota" }), `${title()}. ${cause()}`);
      const works = { state: "slow", code: "network/proxy-mismatch" } as const;
      assert.equal(await sentence(works), sentenceOf(healthReport(works)));
    });

    it("which limit is used up, where the endpoint says so", async () => {
      const health = [healthReport({ state: "noQuota", code: "account/no-quota" })];
      const shown = await endpoint({ health, usedUp: { name: "5h" } });
      const { title } = KNOWLEDGE["account/no-quota"];
      const rest = "The limit for 5h is used up: it comes back by itself, topping up does not help.";
      assert.equal(shown?.sentence, `${title()}. ${rest}`);
    });

    it("which families have no address, and which do not answer", async () => {
      const baseUrl = "https://api.clawto.link";
      const shown = await endpoint({
        addressFamilies: [
          { baseUrl, family: 4, totalMs: 80 },
          { baseUrl, family: 6, code: "network/dns" },
        ],
      });
      assert.equal(shown?.families, "IPv4: 80 ms · IPv6: no address");
    });

    it("before its first check, and nothing of an address that is none", async () => {
      assert.deepEqual(await endpoint({ health: [] }), {
        host: "api.clawto.link",
        chosen: true,
        status: "unknown",
        sentence: "Not checked yet.",
        detail: "",
        phases: [],
      });
      assert.equal(await endpoint({ health: [], baseUrl: "no address" }), undefined);
    });
  });

  it("tells of the other endpoint why it does not answer", async () => {
    const other = async (code?: string) => {
      let shown: unknown;
      const baseUrl = "https://api.tokenpool.dev";
      const otherEndpoint = { baseUrl, ...(code !== undefined && { code }) } as MachineState["otherEndpoint"];
      await panelOf({ ...HEALTHY, ...(otherEndpoint && { otherEndpoint }) }, ({ model }) => {
        const { status, sentence } = model.endpoints[1] ?? {};
        shown = [status, sentence];
      });
      return shown;
    };
    assert.deepEqual(await other("network/dns"), ["information", KNOWLEDGE["network/dns"].title()]);
    assert.deepEqual(await other(), ["information", "The check failed."]);
  });

  it("names each version of a client once", async () => {
    const versions = async (...codex: readonly string[]) => {
      let shown: unknown;
      await panelOf({ ...HEALTHY, versions: { codex, opencode: [] } }, ({ model }) => {
        shown = model.clients.map(({ version }) => version);
      });
      return shown;
    };
    assert.deepEqual(await versions("0.169.0", "0.169.0", "0.60.0"), ["0.169.0, 0.60.0", "not installed"]);
    assert.deepEqual(await versions("0.0.0", "0.0.0"), ["version unknown", "not installed"]);
  });

  it("labels its buttons", () => {
    const labels: Readonly<Record<Action, string>> = {
      setUp: "Set Up…",
      setApiKey: "Set API Key…",
      selectApiKey: "Switch API Key…",
      replaceApiKey: "Replace Key…",
      selectEndpoint: "Select Endpoint…",
      checkHealth: "Check Again",
      fixAll: "Fix All…",
      "configure:codex": "Configure Codex",
      "configure:opencode": "Configure OpenCode",
      addToCcSwitch: "Add to CC Switch…",
      "install:codex": "How to Install Codex",
      "install:opencode": "How to Install OpenCode",
      chooseModel: "Choose Model…",
      unstageKey: "Unstage",
      openConsole: "Open Console",
      openDocumentation: "Open Documentation",
      showLog: "Show Log",
    };
    for (const [action, label] of Object.entries(labels))
      assert.deepEqual(panelAction(action as Action), { action, label });
  });

  it("offers to install a client that is not there", () =>
    panelOf({ ...HEALTHY, versions: { codex: [], opencode: ["1.18.33"] } }, ({ model }) => {
      assert.deepEqual(
        problemsIn(model).map(({ severity, action, fixable }) => [severity, action, fixable]),
        [["information", { action: "install:codex", label: "How to Install Codex" }, false]],
      );
    }));

  it("never holds a key, whatever is wrong with it", async () => {
    const keys = [API_KEY, OTHER_KEY, `Bearer ${API_KEY}`, API_KEY.slice(0, 30), `${API_KEY.slice(0, 20)}…`];
    for (const key of keys) {
      const files = {
        ".codex/config.toml": codexConfig({
          more: `api_key = "${key}"\nexperimental_bearer_token = "${key}"`,
        }),
        ".codex/auth.json": codexAuth({ OPENAI_API_KEY: key }),
        ".config/opencode/opencode.json": opencodeConfig({}, { apiKey: key }),
      };
      await panelOf({ files, variables: { CODEX_API_KEY: OTHER_KEY } }, ({ model, places }) => {
        const shown = JSON.stringify([model, [...places.values()]]);
        assert.ok(model.mistakes.some(({ status }) => status === "found"));
        assert.ok(!shown.includes("ab12ab12") && !shown.includes("cd34cd34"));
      });
    }
  });
});
