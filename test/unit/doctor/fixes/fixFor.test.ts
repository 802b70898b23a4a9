import assert from "node:assert/strict";
import { fixFor } from "../../../../src/doctor/fixes/fixFor";
import { codexAuth, codexConfig, CODEX_FILES, Machine, type MachineState } from "../machine";

const CONFIG = ".codex/config.toml";
const UNSUPPORTED = 'capabilities = { remote_compaction = "unsupported" }\n';

const hasFix = (state: MachineState): Promise<boolean> =>
  Machine.use(
    state,
    async (machine) => fixFor("codex/remote-compaction", await machine.snapshot()) !== undefined,
  );

describe("the fix for an error text", () => {
  it("tells Codex to compact conversations itself, and can be undone", () =>
    Machine.use({ files: CODEX_FILES }, async (machine) => {
      const fix = fixFor("codex/remote-compaction", await machine.snapshot());
      assert.ok(fix);
      await machine.applyAndUndo(fix(), async () => {
        assert.equal(await machine.read(CONFIG), CODEX_FILES[CONFIG] + UNSUPPORTED);
      });
      assert.equal(await machine.read(CONFIG), CODEX_FILES[CONFIG]);
    }));

  it("keeps other capabilities", () =>
    Machine.use(
      {
        files: {
          ...CODEX_FILES,
          [CONFIG]: codexConfig({ more: 'capabilities = { remote_compaction = "v2", x = 1 }' }),
        },
      },
      async (machine) => {
        const fix = fixFor("codex/remote-compaction", await machine.snapshot());
        assert.ok(fix);
        await machine.apply(fix());
        assert.match(
          await machine.read(CONFIG),
          /capabilities = \{ remote_compaction = "unsupported", x = 1 \}/,
        );
      },
    ));

  it("is not offered where it would change nothing", async () => {
    const without = (changes: Record<string, string>) => ({
      files: { [CONFIG]: codexConfig(changes), ".codex/auth.json": codexAuth() },
    });
    assert.equal(await hasFix(without({ more: UNSUPPORTED.trim() })), false);
    assert.equal(await hasFix(without({ name: 'name = "TokenPool"' })), false);
    assert.equal(await hasFix(without({ base_url: 'base_url = "https://other.example"' })), false);
    assert.equal(await hasFix({}), false);
  });

  it("is the finding's own where a file shows the problem", () =>
    Machine.use({ files: { ...CODEX_FILES, [CONFIG]: codexConfig({ auth: "" }) } }, async (machine) => {
      const snapshot = await machine.snapshot();
      assert.ok(fixFor("codex/key-not-sent", snapshot));
      assert.equal(fixFor("codex/wire-api-chat", snapshot), undefined);
    }));
});
