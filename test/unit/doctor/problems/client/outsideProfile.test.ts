import assert from "node:assert/strict";
import { diagnose } from "../../../../../src/doctor/diagnose";
import { API_KEY, CODEX_FILES, Machine, OPENCODE_FILES } from "../../machine";

const CODE = "client/credential-outside-profile";

describe("a file with the key outside of the user profile", () => {
  /** @returns the files that are named, where the clients' keys stand in these */
  const found = (codexFile: string, keyFile: string, more: object = {}) =>
    Machine.use({ files: { ...CODEX_FILES, ...OPENCODE_FILES } }, async (machine) => {
      const snapshot = await machine.snapshot();
      const { codex, opencode } = snapshot;
      const windows = {
        ...snapshot,
        platform: "win32",
        homeDirectory: "C:\\Users\\Ann",
        codex: { ...codex, heldKeys: [{ path: codexFile, apiKey: API_KEY, isOurs: true }] },
        opencode: { ...opencode, heldKeys: [{ path: keyFile, isOurs: true }] },
        ...more,
      } as const;
      return diagnose(windows).flatMap(({ code, path }) => (code === CODE ? [path] : []));
    });
  const inProfile = [
    "C:\\Users\\Ann\\.codex\\auth.json",
    "c:\\users\\ann\\.config\\tokenpool\\api-key",
  ] as const;

  it("is none in the profile, however that is spelled", async () =>
    assert.deepEqual(await found(...inProfile), []));

  it("is named on another drive and in another folder, for each client", async () => {
    const files = ["D:\\codex\\auth.json", "C:\\Users\\Public\\tokenpool\\api-key"] as const;
    assert.deepEqual((await found(...files)).sort(), [...files].sort());
  });

  it("is none while it holds nothing, in WSL, and on systems with modes", async () => {
    assert.deepEqual(
      await found("\\\\wsl.localhost\\Debian\\home\\ann\\.codex\\auth.json", inProfile[1]),
      [],
    );
    const elsewhere = ["/srv/codex/auth.json", "/srv/tokenpool/api-key"] as const;
    assert.deepEqual(await found(...elsewhere, { platform: "linux", homeDirectory: "/home/ann" }), []);
    await Machine.use({ files: CODEX_FILES }, async (machine) => {
      const snapshot = await machine.snapshot();
      const empty = { ...snapshot.opencode, heldKeys: [{ path: "D:\\tokenpool\\api-key", isOurs: true }] };
      const all = diagnose({ ...snapshot, platform: "win32", opencode: empty });
      assert.ok(!all.some(({ path }) => path === "D:\\tokenpool\\api-key"));
    });
  });
});
