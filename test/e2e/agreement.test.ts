import assert from "node:assert/strict";
import * as fs from "node:fs";
import type { DiagnosticReport } from "../../src/doctor/report";
import { GATEWAY_MODES } from "../gateway/modes";
import { ELEVEN_PROBLEM_FILES } from "../unit/doctor/elevenProblems";
import { API_KEY, CODEX_FILES, ENDPOINT, OPENCODE_FILES } from "../unit/doctor/machine";
import { isMachineCase, type MachineCase } from "../unit/doctor/problems/problemCase";
import { PROBLEM_CASES } from "../unit/doctor/problems/table";
import { disagreements } from "./support/disagreements";
import { OTHER_EXTENSION } from "./support/otherExtension";
import { useSession, writeFile } from "./support/session";
import { readShown } from "./support/shown";

type Files = Readonly<Record<string, string | Uint8Array>>;
/** With a problem that is found there. */
type SetUp = readonly [title: string, files: Files, code?: string];

/** What clients read, and VS Code marks. */
const MARKED = ["opencode.json", ".codex/config.toml", ".codex/auth.json"].concat(
  ["opencode.json", "opencode.jsonc", "config.json"].map((name) => `.config/opencode/${name}`),
);

const SET_UP: Files = { ...CODEX_FILES, ...OPENCODE_FILES };

/** Which only Codex itself knows. OpenCode is asked with it, and takes its time. */
const DOES_NOT_START: Files = {
  ...SET_UP,
  ".codex/config.toml": `${CODEX_FILES[".codex/config.toml"]}\n[mcp_servers.codex_app]\nenabled = true\n`,
  ".config/opencode/opencode.json": OPENCODE_FILES[".config/opencode/opencode.json"].replace(
    "{",
    '{\n  "$schema": "https://opencode.ai/config.json",',
  ),
};

/** Found only where the endpoint is TokenPool's own, or not on this machine. */
const NOT_AT_LOOPBACK = ["endpoint/missing-v1", "network/proxy-mismatch"];

/** In the folder that is open. */
const THEFT = JSON.stringify({
  provider: { tokenpool: { options: { baseURL: "https://elsewhere.example/v1" } } },
});

/** What a case tells beside this takes more than files. */
const ABOUT_FILES = ["title", "severity", "marked", "brokenLine", "fixed", "also", "left", "files"];

/** The unit tests try all; here is one of each problem that files in the home directory make. */
const BROKEN: readonly SetUp[] = Object.entries(PROBLEM_CASES).flatMap(([code, cases]) => {
  const found = cases.filter(isMachineCase).find(isMadeByFiles);
  return found?.files && !NOT_AT_LOOPBACK.includes(code) ? [[found.title, found.files, code] as const] : [];
});

function isMadeByFiles(each: MachineCase): boolean {
  const isAboutFiles = Object.keys(each).every((name) => ABOUT_FILES.includes(name));
  return isAboutFiles && !Object.keys(each.files ?? {}).some((name) => name.startsWith("etc/"));
}

const SET_UPS: readonly SetUp[] = [
  ["no client", {}],
  ["Codex alone", CODEX_FILES],
  ["eleven problems", ELEVEN_PROBLEM_FILES],
  [
    "a folder that sends the key elsewhere",
    { ...SET_UP, "opencode.json": THEFT },
    "opencode/project-overrides",
  ],
  ["a value that Codex does not know", DOES_NOT_START, "codex/does-not-start"],
  ...BROKEN,
];

const finds =
  (code: string) =>
  ({ findings }: DiagnosticReport) =>
    findings.some((each) => each.code === code);

/** How long a surface may take to show what is known; only a test that fails waits that long. */
const LIMIT_MS = 30_000;

describe("bar, hover, menu, panel and marks in VS Code agree with the diagnosis", function () {
  this.timeout(180_000);
  const current = useSession({ ...OTHER_EXTENSION, settings: { "workbench.hover.delay": 0 } });
  let there: readonly string[] = [];

  /** No other file of a client's is there afterwards. */
  function putThere(files: Files): void {
    const { gateway } = current();
    // Codex may have deleted its own.
    for (const name of there) fs.rmSync(current().file(name), { force: true });
    there = Object.keys(files);
    for (const [name, content] of Object.entries(files)) {
      const ours = (text: string) => text.replaceAll(API_KEY, gateway.key).replaceAll(ENDPOINT, gateway.url);
      writeFile(current().file(name), typeof content === "string" ? ours(content) : content);
    }
  }

  /** @param isTold what the diagnosis has to tell: a setting that was written is not known at once */
  async function assertAgreement(isTold: (report: DiagnosticReport) => boolean = () => true): Promise<void> {
    const { otherExtension } = current();
    const files = MARKED.filter((name) => there.includes(name)).map((name) => current().file(name));
    // What is no text cannot be opened, and has no marks.
    const opened = await Promise.all(files.map((file) => otherExtension.open(file)));
    const diagnose = () => otherExtension.run<DiagnosticReport>("tokenpool.diagnose", { confirm: false });
    const limit = Date.now() + LIMIT_MS;
    let report = await diagnose();
    while (!isTold(report) && Date.now() < limit) report = await diagnose();
    assert.ok(isTold(report), JSON.stringify(report.findings));
    const ask = async () => {
      const marks = files
        .filter((_, index) => opened[index])
        .map(async (file) => [file, await otherExtension.marks(file)] as const);
      return disagreements({
        report,
        shown: await readShown(current()),
        marks: new Map(await Promise.all(marks)),
      });
    };
    let found = await ask();
    while (found.length > 0 && Date.now() < limit) found = await ask();
    assert.deepEqual(found, []);
  }

  it("without a key", async () => {
    await current().workbench.runCommand("TokenPool: Open Troubleshooting");
    await assertAgreement();
  });

  it("all is well", async () => {
    await current().setApiKey();
    putThere(SET_UP);
    await assertAgreement();
  });

  for (const mode of GATEWAY_MODES) {
    it(`the gateway's mode ${mode}`, async () => {
      current().gateway.setMode(mode);
      await assertAgreement();
    });
  }

  const addresses: [string, string][] = [
    ["endpoint/malformed", "no address"],
    ["endpoint/insecure", "http://api.example.com"],
  ];
  for (const [code, baseUrl] of addresses) {
    it(`${code} in the setting, until it is corrected`, async () => {
      const { server, gateway } = current();
      gateway.setMode("ok");
      server.writeMachineSettings({ "tokenpool.baseUrl": baseUrl });
      await assertAgreement(finds(code));
      server.writeMachineSettings({ "tokenpool.baseUrl": gateway.url });
      await assertAgreement(({ health }) => health[0]?.state === "ok");
    });
  }

  for (const [title, files, code] of SET_UPS) {
    it([code, title].filter(Boolean).join(": "), async () => {
      current().gateway.setMode("ok");
      putThere(files);
      await assertAgreement(code === undefined ? undefined : finds(code));
    });
  }
});
