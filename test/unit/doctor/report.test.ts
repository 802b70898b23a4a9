import assert from "node:assert/strict";
import fc from "fast-check";
import { redactor } from "../../../src/doctor/redact";
import { diagnosticReport, reportMarkdown } from "../../../src/doctor/report";
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
} from "./machine";

const ABOUT = {
  version: "1.2.3",
  generatedAt: "2026-11-23T10:00:00.000Z",
  host: { vscode: "1.105.0", platform: "linux x64", node: "22.0.0", remote: "ssh-remote" },
  settings: { "tokenpool.model": "gpt-5.5" },
};

function reportsOn(state: MachineState) {
  return Machine.use(state, async (machine) => {
    const snapshot = await machine.snapshot();
    const report = diagnosticReport(snapshot, ABOUT);
    const redact = redactor(machine.home, [snapshot.apiKey, snapshot.codex.apiKey, snapshot.opencode.apiKey]);
    return { report, markdown: reportMarkdown(report, redact), home: machine.home };
  });
}

describe("the diagnostic report", () => {
  it("has the shape of the contract", async () => {
    const files = { ...CODEX_FILES, ...OPENCODE_FILES, ".codex/config.toml": codexConfig({ auth: "" }) };
    const { report, home } = await reportsOn({ files, health: [healthReport({})] });
    assert.deepEqual(Object.keys(report).sort(), [
      "clients",
      "findings",
      "generatedAt",
      "health",
      "host",
      "settings",
      "version",
    ]);
    assert.deepEqual(report.clients[0], {
      client: "codex",
      installed: true,
      version: "0.169.0",
      usesTokenPool: true,
      files: [`${home}/.codex/config.toml`, `${home}/.codex/auth.json`],
      overriddenBy: [],
    });
    assert.deepEqual(
      report.findings.map(({ code, fixable }) => [code, fixable]),
      [["codex/key-not-sent", true]],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report, "plain JSON");
  });

  it("tells support what it needs", async () => {
    const { markdown } = await reportsOn({
      files: {
        ...CODEX_FILES,
        ".codex/config.toml": codexConfig({ auth: "" }),
        "project/.codex/config.toml": 'model = "gpt-9"\n',
        "project/.git/HEAD": "",
      },
      folders: ["project"],
      variables: { CODEX_API_KEY: "another" },
      health: [healthReport({ state: "noQuota", code: "account/no-quota", httpStatus: 402 })],
    });
    for (const part of [
      "Extension 1.2.3, VS Code 1.105.0, Node 22.0.0, linux x64, remote: ssh-remote",
      "- `api.clawto.link`: noQuota, account/no-quota, HTTP 402, via direct (total 180 ms",
      "- error `codex/key-not-sent` in `~/.codex/config.toml`, line 6 (can be fixed)",
      "- Codex 0.169.0: uses TokenPool",
      "  - reads `~/.codex/config.toml`",
      "  - overridden by `environment variable CODEX_API_KEY`",
      "  - overridden by `~/project/.codex/config.toml: model`",
      "- OpenCode 1.18.33: does not use TokenPool",
      "- tokenpool.model: `gpt-5.5`",
    ]) {
      assert.ok(markdown.includes(part), `${part}\n${markdown}`);
    }
  });

  it("is a page with five parts, each said also where it is empty", async () => {
    const { markdown } = await reportsOn({
      files: CODEX_FILES,
      versions: { codex: ["0.169.0"], opencode: ["1.18.33"] },
      health: [healthReport({ endpoint: "no address", phases: { dnsMs: 3, waitMs: 110, totalMs: 175 } })],
    });
    const expected = [
      "# TokenPool diagnostic report",
      "",
      "- Extension 1.2.3, VS Code 1.105.0, Node 22.0.0, linux x64, remote: ssh-remote",
      "- Made 2026-11-23T10:00:00.000Z",
      "",
      "## Endpoints",
      "",
      "- `no address`: ok, via direct (dns 3 ms, wait 110 ms, total 175 ms; checked 2026-11-23T10:00:00.000Z)",
      "",
      "## Problems",
      "",
      "- none found",
      "",
      "## Clients",
      "",
      "- Codex 0.169.0: uses TokenPool",
      "  - reads `~/.codex/config.toml`",
      "  - reads `~/.codex/auth.json`",
      "- OpenCode 1.18.33: does not use TokenPool",
      "  - reads `~/.config/opencode/opencode.json`",
      "  - reads `~/.config/tokenpool/api-key`",
      "",
      "## Settings",
      "",
      "- tokenpool.model: `gpt-5.5`",
      "",
    ];
    assert.deepEqual(markdown.split("\n"), expected);
  });

  it("leaves the version of a client out that is not there", async () => {
    const { report } = await reportsOn({ versions: { codex: [], opencode: [] } });
    assert.deepEqual(
      report.clients.map((client) => [client.installed, "version" in client]),
      Array(2).fill([false, false]),
    );
  });

  it("never holds what was planted anywhere on the machine", () => {
    const secret = fc.stringMatching(/^[0-9A-Za-z]{24,40}$/);
    return fc.assert(
      fc.asyncProperty(fc.array(secret, { minLength: 8, maxLength: 8 }), async (secrets) => {
        const [bearer, header, token, other, variable, dotEnv, project, model] = secrets;
        const { markdown, report } = await reportsOn({
          files: {
            ".codex/config.toml":
              codexConfig({ more: `experimental_bearer_token = "${bearer}"` }) +
              `\n[model_providers.other]\nname = "x"\nhttp_headers = { X = "${header}" }\n`,
            ".codex/auth.json": codexAuth({ OPENAI_API_KEY: API_KEY, tokens: { access_token: token } }),
            ".codex/.env": `X=${dotEnv}\nHTTPS_PROXY=http://user:${dotEnv}@127.0.0.1:1\n`,
            ".config/opencode/opencode.json": opencodeConfig({
              model: `tokenpool/${model}`,
              provider: { other: { options: { apiKey: other } } },
            }),
            "project/opencode.json": JSON.stringify({
              provider: { tokenpool: { options: { baseURL: `https://${project}.example/${project}` } } },
            }),
          },
          folders: ["project"],
          variables: { CODEX_API_KEY: variable ?? "", OPENAI_BASE_URL: `https://x/${variable}` },
          health: [healthReport({ endpoint: `https://host/${project}` })],
        });
        assert.ok(report.findings.length > 0);
        for (const planted of [...secrets, API_KEY]) assert.ok(!markdown.includes(planted), markdown);
      }),
      { numRuns: 60, seed: 20261123 },
    );
  }).timeout(60_000);
});

describe("redaction", () => {
  const redact = redactor("/home/annette", ["the-secret"]);
  const texts: [string, string][] = [
    ["/home/annette/.codex/config.toml", "~/.codex/config.toml"],
    ["/home/bob/project", "/home/…/project"],
    ["/home/annettes/project", "/home/…/project"],
    ["/mnt/c/Users/Annette/.codex", "/mnt/c/Users/…/.codex"],
    ["C:\\Users\\Annette\\.codex", "C:\\Users\\…\\.codex"],
    ["/srv/annette/project", "/srv/…/project"],
    ["/srv/annettes/project", "/srv/annettes/project"],
    ["a the-secret b", "a … b"],
    ["sk-abcdef123456 and eyJhbGciOi.eyJzdWIi", "… and …"],
  ];
  for (const [text, expected] of texts) it(text, () => assert.equal(redact(text), expected));

  it("lets nothing end the code span that it stands in", async () => {
    const { report } = await reportsOn({ files: CODEX_FILES });
    const hostile = { ...report, settings: { "tokenpool.model": "a`b\nc\rd`` <b>" } };
    const markdown = reportMarkdown(hostile, (path) => path);
    assert.ok(markdown.includes("- tokenpool.model: `a'b'c'd'' <b>`\n"));
    assert.ok(reportMarkdown(report, () => "`x`\n# y").includes("  - reads `'x''# y`\n"));
  });

  it("says so where nothing was checked, found or installed", async () => {
    const { markdown } = await reportsOn({
      files: { ...CODEX_FILES, ...OPENCODE_FILES },
      versions: { codex: ["0.169.0", "0.169.0", "0.100.0"], opencode: [] },
    });
    assert.match(markdown, /^## Endpoints\n\n- not checked yet$/m);
    assert.match(markdown, /^- Codex 0\.169\.0, 0\.100\.0: uses TokenPool$/m);
    assert.match(markdown, /^- OpenCode not installed: uses TokenPool$/m);
  });
});
