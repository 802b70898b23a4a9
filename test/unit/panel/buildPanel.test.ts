import assert from "node:assert/strict";
import { buildPanel, type Panel } from "../../../src/panel/buildPanel";
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

function panelOf(state: MachineState, test: (panel: Panel, machine: Machine) => void): Promise<void> {
  return Machine.use(state, async (machine) =>
    test(
      buildPanel(await machine.snapshot(), { checking: false, homeDirectory: machine.home, locale: "en" }),
      machine,
    ),
  );
}

const statuses = ({ model }: Panel) => model.mistakes.map(({ id, status }) => `${id}: ${status}`);

const HEALTHY: MachineState = {
  files: { ...CODEX_FILES, ...OPENCODE_FILES },
  health: [
    healthReport({ phases: { dnsMs: 3, connectMs: 20, tlsMs: 40, waitMs: 110, bodyMs: 2, totalMs: 175 } }),
  ],
  askGit: () => Promise.resolve(undefined),
};

describe("what the panel shows", () => {
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
      assert.deepEqual(panel.model.problems, []);
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
        const [problem, ...others] = panel.model.problems;
        assert.deepEqual(others, []);
        assert.ok(problem?.file);
        assert.ok(statuses(panel).includes("keyInConfig: found"));
        assert.equal(problem.file.label, "~/.codex/config.toml:9");
        assert.equal(panel.places.get(problem.file.id)?.path, `${machine.home}/.codex/config.toml`);
        assert.ok(problem.fixable && panel.fixable.has(problem.id));
        assert.equal(problem.action, undefined);
        assert.deepEqual(panel.model.summary, { status: "error", text: "1 problem found" });
      },
    ));

  it("offers to show only files that are there", () =>
    panelOf({ files: { ".codex/config.toml": codexConfig({}) } }, ({ model }) => {
      const [problem, ...others] = model.problems;
      assert.deepEqual(others, []);
      assert.equal(problem?.file?.label, "~/.codex/auth.json");
      assert.equal(problem.file.exists, false);
    }));

  it("offers the console where nothing can be fixed", () =>
    panelOf(
      { health: [healthReport({ state: "noQuota", code: "account/no-quota", httpStatus: 402 })] },
      (panel) => {
        const [problem] = panel.model.problems;
        assert.ok(statuses(panel).includes("noQuota: found"));
        assert.deepEqual(problem?.action, { action: "openConsole", label: "Open Console" });
        assert.equal(problem.fixable, false);
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
        unknownAnswer: "<b>*Come back* later</b>",
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
          ["12.5 USD left", undefined],
        );
        assert.equal(
          model.endpoints[0]?.families,
          "IPv4: 80 ms · IPv6: does not answer (network/unreachable)",
        );
        assert.equal(model.endpoints[0].answer, "The endpoint says: <b>*Come back* later</b>");
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
        assert.equal(opencode.action?.action, "configureOpenCode");
      },
    ));

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
    const meant = "Is meant to use TokenPool, but asks";
    assert.deepEqual(await useAt("https://tokenpool.dev/v1"), ["error", `${meant} tokenpool.dev`]);
    assert.deepEqual(await useAt("https://elsewhere.example"), ["error", `${meant} elsewhere.example`]);
    assert.deepEqual(await useAt(undefined), ["error", "Is meant to use TokenPool, but has no address"]);
  });

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
