import assert from "node:assert/strict";
import type { GatewayMode } from "../gateway/modes";
import { startGateway } from "../gateway/gateway";
import type { RecordedGateway } from "../gateway/recorded";
import { useSession } from "./support/session";

describe("the status bar item", function () {
  this.timeout(180_000);
  const current = useSession({ withClients: false });
  before(async () => {
    const session = current();
    await session.setApiKey();
    await session.runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await session.workbench.closeNotifications();
    await session.workbench.runCommand("TokenPool: Open Troubleshooting");
    await works().waitFor();
  });

  /** What the panel says of a healthy endpoint. */
  const works = () =>
    current().workbench.webview().getByText("The endpoint works and accepts your key.").first();

  const hoverShows = async (text: string) => {
    const { page, statusItem } = current().workbench;
    const hover = page.locator(".monaco-hover", { hasText: text });
    const show = async (limit = {}) => {
      await statusItem.locator("a").hover();
      await hover.waitFor(limit);
    };
    // VS Code shows no hover of an item that changes just then, until the mouse comes again.
    await show({ timeout: 10_000 }).catch(async () => {
      await page.mouse.move(400, 300);
      await show();
    });
    assert.equal(await hover.locator('a[data-href^="http"]').count(), 0, "an address is no link");
    await page.mouse.move(400, 300);
    await hover.waitFor({ state: "hidden" });
  };

  const check = async (text: RegExp) => {
    await current().workbench.runCommand("TokenPool: Check Endpoint Health");
    await current().workbench.statusItem.filter({ hasText: text }).waitFor();
  };
  const HEALTHY = /^\s*TokenPool\s*$/;

  const modes: [GatewayMode, RegExp, boolean, string][] = [
    ["200-html", /TokenPool: Wrong Address/, true, "does not answer like the API"],
    ["401-sub2api", /TokenPool: Key Refused/, true, "does not accept this API key"],
    ["402", /TokenPool: No Quota/, true, "quota or balance is used up"],
    ["429", /TokenPool: Rate Limited/, false, "limits requests"],
    ["500", /TokenPool: Gateway Error/, false, "is having problems"],
  ];
  for (const [mode, text, blocking, sentence] of modes) {
    it(`tells ${mode} in item, hover and panel, and recovers`, async () => {
      current().gateway.setMode(mode);
      await check(text);
      await works().waitFor({ state: "detached" });
      await hoverShows(sentence);
      const background = await current().workbench.statusItem.getAttribute("class");
      assert.equal(
        background?.includes("error-kind") ?? false,
        blocking,
        "error colour only where the user must act",
      );
      current().gateway.setMode("ok");
      await check(HEALTHY);
      await works().waitFor();
      await hoverShows("The endpoint works");
    });
  }

  const recorded: [RecordedGateway, string, RegExp, string][] = [
    ["sub2api", "balance-used-up-by-use-1", /TokenPool: No Quota/, "quota or balance is used up"],
    ["sub2api", "key-5h-exhausted", /TokenPool: No Quota/, "The limit for 5h is used up until"],
    ["sub2api", "subscription-expired", /TokenPool: Subscription Ended/, "its subscription has ended"],
    ["sub2api", "key-disabled", /TokenPool: Key Refused/, "This API key is disabled"],
    ["sub2api", "no-account", /TokenPool: Gateway Error/, "is having problems"],
    ["new-api", "token-expired", /TokenPool: Key Refused/, "This API key has expired"],
  ];
  for (const [gateway, state, text, sentence] of recorded) {
    it(`tells in item and hover what is really the case where ${gateway} is in the state ${state}`, async () => {
      current().gateway.replay(gateway, state, { mapsResponses: true });
      await check(text);
      await hoverShows(sentence);
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
