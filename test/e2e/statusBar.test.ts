import assert from "node:assert/strict";
import type { GatewayMode } from "../gateway/modes";
import { startGateway } from "../gateway/gateway";
import { useSession } from "./support/session";

describe("the status bar item", function () {
  this.timeout(180_000);
  const current = useSession();
  before(async () => {
    const session = current();
    await session.setApiKey();
  });

  const check = async (text: RegExp) => {
    await current().workbench.runCommand("TokenPool: Check Endpoint Health");
    await current().workbench.statusItem.filter({ hasText: text }).waitFor();
  };
  const HEALTHY = /^\s*TokenPool\s*$/;

  const modes: [GatewayMode, RegExp, boolean][] = [
    ["200-html", /TokenPool: Wrong Address/, true],
    ["401-sub2api", /TokenPool: Key Refused/, true],
    ["402", /TokenPool: No Quota/, true],
    ["429", /TokenPool: Rate Limited/, false],
    ["500", /TokenPool: Gateway Error/, false],
  ];
  for (const [mode, text, blocking] of modes) {
    it(`tells ${mode}, and recovers`, async () => {
      current().gateway.setMode(mode);
      await check(text);
      const background = await current().workbench.statusItem.getAttribute("class");
      assert.equal(
        background?.includes("error-kind") ?? false,
        blocking,
        "error colour only where the user must act",
      );
      current().gateway.setMode("ok");
      await check(HEALTHY);
    });
  }

  it("tells a refused connection, and recovers", async () => {
    const { port } = new URL(current().gateway.url);
    await current().gateway.close();
    await check(/TokenPool: Unreachable/);
    const again = await startGateway({ port: Number(port) });
    await check(HEALTHY);
    await again.close();
  });

  it("offers what to do when it is clicked", async () => {
    const { workbench } = current();
    await workbench.statusItem.locator("a").click();
    await workbench.quickInput.getByText("Configure Codex").waitFor();
    await workbench.screenshot("status-actions");
    await workbench.page.keyboard.press("Escape");
  });
});
