import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { planConfiguration as planCodex } from "../../src/clients/codex/configure";
import { planConfiguration as planOpencode } from "../../src/clients/opencode/configure";
import { type Gateway, startGateway } from "../gateway/gateway";
import { askCodex, askOpenCode } from "../harness/clientPrograms";
import type { RunResult } from "../harness/run";
import { Machine } from "../unit/doctor/machine";
import { unsignedToken } from "./chatGptLogin";

const ANSWER = /Hello from the TokenPool simulator/;
const FIXTURES = path.resolve("test/fixtures");
const OPTIONS = {
  fix: true,
  versions: [],
  accepted: ["replaceDefaultModel", "moveDocumentedOverride"],
} as const;

/** Files that people have, from the tests of the editors: the text before any edit. */
function filesOf(folder: string, extension: string): { name: string; before: string }[] {
  return fs.readdirSync(path.join(FIXTURES, folder)).flatMap((name) => {
    const [before, after] = ["before", "after"].map((file) =>
      path.join(FIXTURES, folder, name, `${file}.${extension}`),
    );
    if (!before || !after || !fs.existsSync(before) || !fs.existsSync(after)) return [];
    return [{ name, before: fs.readFileSync(before, "utf8") }];
  });
}

describe("the real programs accept what is written into files as people have them", function () {
  this.timeout(120_000);
  let gateway: Gateway;

  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  const profile = () => ({
    apiKey: gateway.key,
    baseUrl: gateway.url,
    model: "gpt-5.5",
    reviewModel: "gpt-5.4",
  });

  /** Configures the client in a home with one file of the user's; answers what the program prints. */
  async function configured(client: "codex" | "opencode", file: string, text: string): Promise<RunResult> {
    return Machine.use(
      { files: { [file]: text }, apiKey: gateway.key, baseUrl: gateway.url },
      async (machine) => {
        const { codex, opencode } = await machine.snapshot();
        await machine.apply(
          client === "codex"
            ? planCodex(codex, profile(), OPTIONS)
            : planOpencode(opencode, profile(), OPTIONS),
        );
        return (client === "codex" ? askCodex : askOpenCode)(machine.home, "say hi");
      },
    );
  }

  for (const { name, before } of filesOf("edits/codex", "toml")) {
    it(`Codex: config.toml, ${name}`, async () => {
      const { stdout, stderr } = await configured("codex", ".codex/config.toml", before);
      if (ANSWER.test(stdout)) return;
      // Settings that are none of our business and that Codex refused before, it still refuses: the same way.
      const untouched = await Machine.use({ files: { ".codex/config.toml": before } }, ({ home }) =>
        askCodex(home, "say hi"),
      );
      assert.match(stderr, /^Error loading config\.toml: (missing field|invalid type)/);
      assert.equal(stderr, untouched.stderr);
    });
  }

  // The others are about taking our key out again, some from files that Codex itself would not read.
  const isConfigured = ({ name }: { name: string }) =>
    !fs.existsSync(path.join(FIXTURES, "edits/auth", name, "edits.json"));
  for (const { name, before } of filesOf("edits/auth", "json").filter(isConfigured)) {
    it(`Codex: auth.json, ${name}`, async () => {
      const login = before.replace(/("(?:id|access)_token":\s*)"[^"]*"/g, `$1"${unsignedToken()}"`);
      const { stdout, stderr } = await configured("codex", ".codex/auth.json", login);
      assert.match(stdout, ANSWER, stderr);
    });
  }

  for (const extension of ["json", "jsonc"]) {
    for (const { name, before } of filesOf("opencode", extension)) {
      it(`OpenCode: opencode.${extension}, ${name}`, async () => {
        const { stdout, stderr } = await configured(
          "opencode",
          `.config/opencode/opencode.${extension}`,
          before,
        );
        assert.match(stdout, ANSWER, stderr);
      });
    }
  }
});
