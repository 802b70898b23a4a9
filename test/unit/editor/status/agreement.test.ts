import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import type { MarkdownString } from "vscode";
import { diagnose } from "../../../../src/doctor/diagnose";
import { isCounted } from "../../../../src/doctor/overview/nextStep";
import { notedOf } from "../../../../src/doctor/overview/noted";
import { overviewOf } from "../../../../src/doctor/overview/overview";
import { diagnosticReport } from "../../../../src/doctor/report";
import { isWorking } from "../../../../src/health/schedule";
import { buildPanel } from "../../../../src/panel/buildPanel";
import type { PanelStatus } from "../../../../src/panel/panelModel";
import { user } from "../../../fakes/vscode";
import {
  CODEX_FILES,
  ENDPOINT,
  healthReport,
  Machine,
  type MachineState,
  OPENCODE_FILES,
} from "../../doctor/machine";
import { isMachineCase } from "../../doctor/problems/problemCase";
import { PROBLEM_CASES } from "../../doctor/problems/table";
import { SIMULATED } from "../../health/simulatedModes";
import { Secrets, servicesIn } from "../services";

const { StatusBar } = await import("../../../../src/editor/status/statusBar");
const { showActions } = await import("../../../../src/editor/status/showActions");
const { published } = await import("../../../../src/editor/files/published");

const FILES = { ...CODEX_FILES, ...OPENCODE_FILES };

/** The clients use a gateway of one's own. */
const ELSEWHERE = Object.fromEntries(
  Object.entries(FILES).map(([name, text]) => [name, text.replaceAll(ENDPOINT, "https://gateway.example")]),
);

/** Every mode of the simulator on a machine that is set up, and every broken set-up at an endpoint that works. */
const STATES: [string, MachineState][] = [
  ["all is well", { files: FILES }],
  ["a key and no client", {}],
  [
    "neither key nor client",
    { apiKey: null, health: [healthReport({ state: "noKey", code: "key/missing" })] },
  ],
  ["offline", { files: FILES, health: [healthReport({ state: "offline", code: "network/offline" })] }],
  ["slow", { files: FILES, health: [healthReport({ state: "slow", code: "network/slow" })] }],
  ["another gateway chosen than the clients have", { files: ELSEWHERE }],
  ["an address in the settings that is none", { files: ELSEWHERE, baseUrl: "no address" }],
  ...Object.entries(SIMULATED).map(([mode, [state, code]]): [string, MachineState] => [
    `the endpoint answers ${mode}`,
    { files: FILES, health: [healthReport({ state, code })] },
  ]),
  ...Object.entries(PROBLEM_CASES).flatMap(([code, cases]) =>
    cases.filter(isMachineCase).map((each): [string, MachineState] => [`${code}: ${each.title}`, each]),
  ),
];

/** What the hover says of a client without a problem that counts, by what the panel's strip shows. */
const SAID: Partial<Record<PanelStatus, string>> = {
  ok: "TokenPool",
  unknown: "not configured",
  error: "does not work",
};

describe("bar, hover, menu, panel and marks agree on", () => {
  beforeEach(() => user.reset());

  for (const [title, state] of STATES) {
    it(title, async () => {
      const shown = await surfaces({ health: [healthReport({})], ...state });
      const { overview, bar, hover, menu, panel, marks, report, counted } = shown;
      // One number everywhere.
      assert.equal(overview.count, counted);
      assert.equal(panel.parts.flatMap(({ problems }) => problems).filter(isCounted).length, counted);
      const number = /(\d+) problems? found/.exec(panel.summary.text)?.[1] ?? "0";
      assert.equal(Number(number), counted, panel.summary.text);
      if (counted > 0 && report.state !== "noKey") assert.match(hover, new RegExp(`${counted} problem`));
      if (counted > 0) assert.match(bar.spoken, new RegExp(`${counted} problem`));

      // A check mark is a claim.
      const isWell = bar.text === "$(check) TokenPool";
      assert.equal(isWell, counted === 0 && report.state === "ok" && shown.isSomeClientUsed, bar.text);
      assert.equal(isWell, panel.summary.status === "ok", `${bar.text} and ${panel.summary.text}`);
      if (isWell) {
        assert.deepEqual(marks, []);
        assert.ok(panel.parts.every(({ status }) => status !== "error" && status !== "warning"));
      }
      if (!isWorking(report) && report.state !== "noKey")
        assert.notEqual(panel.parts.find(({ id }) => id === "endpoint")?.status, "ok");

      // One state of each client.
      for (const { client, usesTokenPool } of shown.clients) {
        const part = panel.parts.find(({ id }) => id === client)!;
        const said = new RegExp(`${part.name}: (.+?)(?: · |\\n)`).exec(hover.replaceAll("\\", ""))?.[1] ?? "";
        const own = part.problems.filter(isCounted).length;
        const told = own > 0 ? `${own} problem${own > 1 ? "s" : ""} found` : SAID[part.status];
        assert.equal(said, told, `${part.name} is ${part.status} in the panel`);
        // What is meant to use it, and does not, may be either.
        if (part.status === "ok") assert.ok(usesTokenPool, part.name);
        if (part.status === "unknown") assert.ok(!usesTokenPool, part.name);
      }

      // What is marked in a file is counted, and told in the panel.
      const told = panel.parts.flatMap(({ problems }) => problems.map(({ id }) => id));
      for (const mark of marks) assert.ok(told.includes(mark), mark);

      // One next step.
      if (overview.next)
        assert.ok(hover.replaceAll("\\", "").includes(`**[${menu[0]}](command:`), `${menu[0]}: ${hover}`);
      if (bar.isRed) assert.ok(counted > 0 || !isWorking(report));
    });
  }
});

async function surfaces(state: MachineState & { health: NonNullable<MachineState["health"]> }) {
  return Machine.use(state, async (machine) => {
    const snapshot = await machine.snapshot();
    const problems = diagnose(snapshot);
    const noted = notedOf(snapshot, problems);
    const [report = healthReport({})] = state.health;
    const overview = overviewOf({ report, usedUp: state.usedUp, noted });
    new StatusBar().show(overview, { report, findings: {}, noted, checking: false });
    const item = user.statusBar!;
    const status = { overview, noted };
    await showActions(servicesIn(machine.home, fs, new Secrets(undefined), { status }));
    const context = { checking: false, homeDirectory: machine.home };
    const open = problems.flatMap(({ path }) => (path === undefined ? [] : [path]));
    const marked = published(problems, open, true).problems.filter(({ path }) => path !== undefined);
    const about = {
      version: "",
      generatedAt: "",
      host: { vscode: "", platform: "", node: "" },
      settings: {},
    };
    return {
      report,
      clients: diagnosticReport(snapshot, about).clients,
      overview,
      counted: problems.filter(isCounted).length,
      isSomeClientUsed: noted.clients.some(({ use }) => use !== "none"),
      bar: {
        text: item.text,
        spoken: item.accessibilityInformation?.label ?? "",
        isRed: item.backgroundColor !== undefined,
      },
      hover: (item.tooltip as MarkdownString).value,
      menu: (user.lists.at(-1) ?? []).map(({ label }) => label),
      panel: buildPanel({ snapshot, problems }, context).model,
      marks: marked
        .filter(isCounted)
        .map(({ code, client, path, at }) =>
          [code, client, path, at].filter((part) => part !== undefined).join(" "),
        ),
    };
  });
}
