import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { useSession } from "../e2e/support/session";
import { peakMemoryOfHost, variablesOfHost } from "../harness/extensionHost";
import { forgetStarts, makeHostileFolders, plantedProgram, startsOf } from "./support/hostileFolders";

const MEMORY_LIMIT = 700 * 1024 * 1024;

/** Nothing that these folders ask for takes longer; a host that is blocked does not answer at all. */
const WATCHDOG_MS = 10_000;

/** The planted Git, started by somebody else than us. */
const GIT_OF_ANOTHER = "git, protocols: any";

for (const restricted of [true, false]) {
  describe(`folders that mean harm, ${restricted ? "in Restricted Mode" : "trusted"}`, function () {
    this.timeout(180_000);
    const current = useSession({
      restricted,
      // A theft is said whatever somebody thinks of marks.
      settings: { "tokenpool.diagnostics.enabled": !restricted },
      homeFiles: { ".config/tokenpool/api-key": `sk-${"0f".repeat(32)}` },
      place: makeHostileFolders,
    });

    it("are open as they should be", async () => {
      const { page } = current().workbench;
      const banner = page.locator(".part.statusbar", { hasText: "Restricted Mode" });
      if (restricted) await banner.waitFor();
      else assert.equal(await banner.count(), 0);
      assert.match(variablesOfHost(current().server.home).PATH ?? "", /::\.\/node_modules\/\.bin:\//);
    });

    it("are said to take the key, without being opened", async () => {
      const { workbench } = current();
      await workbench.runCommand("Problems: Focus on Problems View");
      const row = workbench.page
        .locator(".markers-panel .monaco-list-row", { hasText: "opencode/project-overrides" })
        .filter({ has: workbench.page.locator(".codicon-error") })
        .filter({ hasText: "[Ln 7, Col 20]" });
      await row.waitFor();
      await workbench.screenshot(`hostile-problems-${restricted ? "restricted" : "trusted"}`);
    });

    it("keep neither the diagnostics nor the panel from answering", async () => {
      const { workbench } = current();
      await workbench.runCommand("TokenPool: Open Troubleshooting");
      const panel = workbench.webview();
      await panel.getByRole("heading", { level: 1 }).waitFor();
      await panel.locator("li.problem").first().waitFor({ timeout: WATCHDOG_MS });
      await workbench.runCommand("TokenPool: Copy Diagnostic Report");
      await workbench
        .notification("The diagnostic report is in the clipboard")
        .waitFor({ timeout: WATCHDOG_MS });
    });

    it("start no program", () => {
      const { home } = current().server;
      // VS Code itself takes the first Git of the PATH in a trusted window; ours never is that one.
      const started = startsOf(home).filter((line) => restricted || line !== GIT_OF_ANOTHER);
      assert.deepEqual(started, []);
      forgetStarts(home);
      spawnSync(plantedProgram(home));
      assert.deepEqual(startsOf(home), [GIT_OF_ANOTHER], "a start does leave a mark");
    });

    it("take no more memory than any other", () => {
      assert.ok(peakMemoryOfHost(current().server.home) < MEMORY_LIMIT);
    });
  });
}
