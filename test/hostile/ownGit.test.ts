import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { useSession } from "../e2e/support/session";
import { forgetStarts, startsOf } from "./support/hostileFolders";
import { makeHostileRepository, PROGRAMS } from "./support/hostileRepository";

describe("a Git of our own in a trusted repository that names programs", function () {
  this.timeout(180_000);
  const current = useSession({
    // VS Code's own Git keeps away from what lies deeper: whatever starts is started by ours.
    settings: { "git.autoRepositoryDetection": false },
    homeFiles: { ".config/tokenpool/api-key": `sk-${"0f".repeat(32)}` },
    place: async (home) => {
      await makeHostileRepository(home);
      return home;
    },
    withClients: false,
  });

  it("answers when diagnostics are run", async () => {
    const { workbench } = current();
    await workbench.runCommand("TokenPool: Run Diagnostics");
    // Nothing but Git tells this.
    await workbench.webview().getByText("Git would commit a file with your key").first().waitFor();
    await workbench.screenshot("hostile-own-git");
  });

  it("starts none of them", () => {
    const { home } = current().server;
    assert.deepEqual(startsOf(home), []);
  });

  it("would have started them all, had it been as any other", () => {
    const { home } = current().server;
    forgetStarts(home);
    const asks = [["check-ignore", "tokenpool/api-key"], ["status"], ["update-index", "--force-write-index"]];
    for (const ask of asks) spawnSync("/usr/bin/git", ["-C", current().file(".config"), ...ask]);
    const started = startsOf(home).map((line) => line.split(",", 1)[0]);
    assert.deepEqual([...new Set(started)].sort(), PROGRAMS);
  });
});
