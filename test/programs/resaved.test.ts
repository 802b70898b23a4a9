import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { planUndo } from "../../src/changes/history/undoChange";
import { planConfiguration } from "../../src/clients/codex/configure";
import { runCodex } from "../harness/clientPrograms";
import { API_KEY, ENDPOINT, Machine } from "../unit/doctor/machine";

const CONFIG = ".codex/config.toml";

/** As Windows editors save it, with everything that a re-save by Codex touches. */
const BEFORE = `\ufeff# mine
model = 'gpt-5' # my favourite
notify = [
  "notify-send", # first
  "Codex",
]

[tui]
theme = "dark"
`.replaceAll("\n", "\r\n");

/** The same after our change was undone in a file that Codex had saved its own way meanwhile. */
const UNDONE = BEFORE.slice(1).replaceAll("\r\n", "\n");

describe("undo after Codex saved config.toml its own way", function () {
  this.timeout(60_000);

  for (const [title, resave] of [
    [
      "the real Codex of today adds a server",
      async ({ home }: Machine) => {
        const { code, stderr } = await runCodex(home, ["mcp", "add", "docs", "--", "echo", "hi"]);
        assert.equal(code, 0, stderr);
      },
    ],
    // Older ones kept neither line ends nor the lines of arrays.
    ["an old Codex flattened it", saveLikeOldCodex],
  ] as const) {
    it(`gives the user's own values back: ${title}`, () =>
      Machine.use({ files: { [CONFIG]: BEFORE } }, async (machine) => {
        const { codex } = await machine.snapshot();
        const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
        const entry = await machine.apply(planConfiguration(codex, profile, { fix: false, versions: [] }));
        assert.ok(entry);
        await resave(machine);
        const resaved = await machine.read(CONFIG);
        assert.ok(!resaved.includes("\r") && !resaved.startsWith("\ufeff"), "Codex saved it its own way");

        const undo = await planUndo(machine.store, entry);
        await machine.apply(undo);
        assert.deepEqual(undo.notices, [], "nothing was left alone");
        const server = /\n\[mcp_servers\.docs\][^]*$/.exec(resaved)?.[0] ?? "";
        const expected = resave === saveLikeOldCodex ? flatten(UNDONE) : UNDONE + server;
        assert.equal(await machine.read(CONFIG), expected);
        await assert.rejects(machine.read(".codex/auth.json"), /ENOENT/);
      }));
  }

  it("leaves a value alone that is no longer ours, and says so", () =>
    Machine.use({ files: { [CONFIG]: BEFORE } }, async (machine) => {
      const { codex } = await machine.snapshot();
      const profile = { apiKey: API_KEY, baseUrl: ENDPOINT, model: "gpt-5.5", reviewModel: "gpt-5.5" };
      const entry = await machine.apply(planConfiguration(codex, profile, { fix: false, versions: [] }));
      assert.ok(entry);
      await saveLikeOldCodex(machine);
      // What Codex's start screen does when Enter is pressed.
      const migrated = (await machine.read(CONFIG)).replace('model = "gpt-5.5"', 'model = "gpt-6-sol"');
      await fs.writeFile(path.join(machine.home, CONFIG), migrated);

      const undo = await planUndo(machine.store, entry);
      await machine.apply(undo);
      assert.equal(
        await machine.read(CONFIG),
        flatten(UNDONE).replace("model = 'gpt-5'", 'model = "gpt-6-sol"'),
      );
      assert.equal(undo.notices.length, 1);
      assert.match(undo.notices[0]!, /model/);
    }));
});

async function saveLikeOldCodex(machine: Machine): Promise<void> {
  const file = path.join(machine.home, CONFIG);
  const text = (await fs.readFile(file, "utf8")).replace("\ufeff", "").replaceAll("\r\n", "\n");
  await fs.writeFile(file, flatten(text));
}

function flatten(text: string): string {
  return text.replace(/notify = \[[^\]]*\]/, 'notify = ["notify-send", "Codex"]');
}
