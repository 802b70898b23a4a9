import assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { diagnose } from "../../src/doctor/diagnose";
import { buildPanel } from "../../src/panel/buildPanel";
import type { PanelModel } from "../../src/panel/panelModel";
import { type Browser, launchBrowser } from "../harness/browser";
import { ARTIFACTS } from "../harness/paths";
import { ELEVEN_PROBLEMS } from "../unit/doctor/elevenProblems";
import {
  API_KEY,
  codexAuth,
  codexConfig,
  CODEX_FILES,
  healthReport,
  Machine,
  type MachineState,
  OPENCODE_FILES,
  OTHER_KEY,
} from "../unit/doctor/machine";
import { PanelPage } from "./support/panelPage";
import { THEMES } from "./support/themes";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const PHASES = { dnsMs: 4, connectMs: 22, tlsMs: 41, waitMs: 118, bodyMs: 3, totalMs: 188 };

const BROKEN: MachineState = {
  files: {
    ".codex/config.toml": codexConfig({
      base_url: 'base_url = "https://tokenpool.dev"',
      more: `api_key = "${API_KEY}"`,
    }),
    ".codex/auth.json": codexAuth({ OPENAI_API_KEY: API_KEY.slice(0, 30) }),
    ...OPENCODE_FILES,
    ".config/tokenpool/api-key": OTHER_KEY,
    ".opencode/opencode.json": JSON.stringify({ model: "tokenpool/gpt-5.5" }),
    "work/opencode.json": JSON.stringify({
      provider: { tokenpool: { options: { baseURL: "https://evil.example" } } },
    }),
  },
  health: [healthReport({ state: "noQuota", code: "account/no-quota", httpStatus: 402, phases: PHASES })],
  otherEndpoint: { baseUrl: "https://api.tokenpool.dev", totalMs: 380 },
  usage: { unit: "USD", remaining: 0, windows: [] },
  folders: ["work"],
  askGit: () =>
    Promise.resolve({ workTree: "/", exclude: "/exclude", tracked: false, committed: false, ignored: false }),
};
const HEALTHY: MachineState = {
  files: { ...CODEX_FILES, ...OPENCODE_FILES },
  health: [healthReport({ phases: PHASES })],
};
const ELEVEN: MachineState = { ...ELEVEN_PROBLEMS, health: [healthReport({ phases: PHASES })] };
const ONE: MachineState = {
  ...HEALTHY,
  files: { ...HEALTHY.files, ".codex/config.toml": codexConfig({ wire_api: 'wire_api = "chat"' }) },
};
const OFFLINE: MachineState = {
  ...HEALTHY,
  health: [healthReport({ state: "offline", code: "network/offline", phases: { totalMs: 3 } })],
};
const EMPTY: MachineState = { apiKey: null, versions: { codex: [], opencode: [] } };

function modelOf(state: MachineState, checking = false): Promise<PanelModel> {
  return Machine.use(state, async (machine) => {
    const snapshot = await machine.snapshot();
    const context = { checking, homeDirectory: machine.home };
    return buildPanel({ snapshot, problems: diagnose(snapshot) }, context).model;
  });
}

describe("the panel's page in a real browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let panel: PanelPage;
  const states: Record<string, PanelModel> = {};

  before(async () => {
    browser = await launchBrowser();
    states["broken"] = await modelOf(BROKEN);
    states["healthy"] = await modelOf(HEALTHY);
    states["empty"] = await modelOf(EMPTY);
    states["eleven"] = await modelOf(ELEVEN);
    states["one"] = await modelOf(ONE);
    states["offline"] = await modelOf(OFFLINE);
    fs.mkdirSync(ARTIFACTS, { recursive: true });
  });
  beforeEach(async () => {
    panel = await PanelPage.open(browser);
  });
  afterEach(async () => {
    await panel.close();
    // Whatever the policy refuses shows up here, too.
    assert.deepEqual(panel.errors, []);
  });
  after(() => browser.close());

  const named = (name: string): PanelModel => {
    const model = states[name];
    assert.ok(model);
    return model;
  };

  // Colours are the theme's, places are the width's; at 200 % a window of 1280 pixels has 640 of the page's.
  const looks = [
    ...Object.keys(THEMES).map((theme) => [theme, 1280] as const),
    ["dark", 640],
    ["dark", 300],
  ] as const;
  for (const [theme, width] of looks) {
    for (const name of ["broken", "eleven", "one", "healthy", "empty", "offline"]) {
      it(`is accessible and fits: ${name}, ${theme}, ${width} px`, async () => {
        const { page } = panel;
        await page.setViewportSize({ width, height: 800 });
        await panel.setTheme(theme);
        await panel.show(named(name));
        await picture(`panel-${name}-${theme}-${width}`);
        await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
        await picture(`panel-${name}-${theme}-${width}-open`);
        const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assert.ok(Number(overflow) <= 0, "nothing is wider than the page");
        assert.deepEqual(await violations(panel), []);
      });
    }
  }

  async function picture(name: string): Promise<void> {
    await panel.page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`), fullPage: true });
  }

  for (const name of ["eleven", "broken"]) {
    it(`shows everything at 1280 × 800 with at most one scroll: ${name}`, async () => {
      const { page } = panel;
      await page.setViewportSize({ width: 1280, height: 800 });
      await panel.show(named(name));
      const height = Number(await page.evaluate("document.documentElement.scrollHeight"));
      assert.ok(height <= 2 * 800, `${height} px high`);
      const fixAll = await page.getByRole("button", { name: "Fix All…" }).boundingBox();
      assert.ok(fixAll && fixAll.y < 800, "what helps is in view at once");
    });
  }

  it("is read out as a whole: what there is, how it is, and what helps", async () => {
    await panel.show(named("eleven"));
    const spoken = await panel.page.locator("body").ariaSnapshot();
    for (const wanted of [
      'heading "TokenPool Troubleshooting" [level=1]',
      "status: 11 problems found",
      'button "Fix All…"',
      'navigation "At a glance"',
      'button "Key OK"',
      'button "Endpoint OK"',
      'button "Codex Error. Problems: 7"',
      'button "OpenCode Error. Problems: 4"',
      'region "Error: Codex"',
      'heading "Error: Codex" [level=2]',
      'button "Fix… Base URL points to a website, not the API ~/.codex/config.toml:11"',
      'region "Common mistakes"',
      'button "Found: Website as base URL"',
      "listitem: No quota Nothing found",
    ])
      assert.ok(spoken.includes(wanted), `${wanted}\n\n${spoken}`);
    assert.doesNotMatch(spoken, /✕|✓|▸/, "signs are not read out");
  });

  it("is read out as what it is where it is neither good nor bad", async () => {
    await panel.show(named("offline"));
    const offline = await panel.page.locator("body").ariaSnapshot();
    await panel.show(named("empty"));
    const empty = await panel.page.locator("body").ariaSnapshot();
    for (const [spoken, wanted] of [
      [offline, 'button "Endpoint api.clawto.link: '],
      [empty, 'button "OpenCode Not configured for TokenPool"'],
      [empty, 'region "OpenCode"'],
    ] as const)
      assert.ok(spoken.includes(wanted), `${wanted}\n\n${spoken}`);
    assert.doesNotMatch(offline + empty, /(?:button|region|heading) "[^"\n]*\b(?:Unknown|Information)\b/);
  });

  it("leads from the strip to a part, and from a mistake to its problem, with the focus", async () => {
    const { page } = panel;
    await panel.show(named("eleven"));
    await page.getByRole("button", { name: /^Codex / }).click();
    assert.equal(await page.evaluate("document.activeElement.id"), "part-codex");
    await page.getByRole("button", { name: "Found: Website as base URL" }).click();
    const focused = "document.activeElement.closest('details[open]')?.innerText ?? ''";
    assert.match(String(await page.evaluate(focused)), /^▸?\s*✕?.*Base URL points to a website/s);
  });

  it("says that it is looking, before it knows anything", async () => {
    assert.match(await panel.page.locator("main[aria-busy]").innerText(), /Looking at this machine/);
    assert.deepEqual(await violations(panel), []);
    await panel.show(named("healthy"));
    assert.equal(await panel.page.locator("main[aria-busy]").count(), 0);
    assert.doesNotMatch(await panel.page.locator("main").innerText(), /Looking at this machine/);
  });

  it("has a landmark with a name for every part", async () => {
    await panel.show(named("broken"));
    for (const name of ["Key", "Endpoint", "Codex", "OpenCode"])
      await panel.page.getByRole("region", { name: new RegExp(`: ${name}$`) }).waitFor();
    await panel.page.getByRole("region", { name: "Common mistakes", exact: true }).waitFor();
    await panel.page.getByRole("navigation", { name: "Help" }).waitFor();
  });

  it("sends ids and names of actions, nothing else", async () => {
    const { page } = panel;
    await panel.show(named("broken"));
    await panel.sent();
    const website = page.locator("li.problem", { hasText: "Base URL points to a website" });
    await website.locator("summary").click();
    await website.getByRole("button", { name: /^Fix/ }).click();
    await website.getByRole("button", { name: /^Show in File/ }).click();
    await page.getByRole("button", { name: "Check Again" }).first().click();
    await page.getByRole("button", { name: "Fix All…" }).click();
    const problem = problemsIn(named("broken")).find(({ evidence }) => evidence === "tokenpool.dev");
    assert.deepEqual(await panel.sent(), [
      { type: "fix", problem: problem?.id },
      { type: "open", file: problem?.file?.id },
      { type: "run", action: "checkHealth" },
      { type: "run", action: "fixAll" },
    ]);
  });

  it("can be used with the keyboard alone", async () => {
    const { page } = panel;
    await panel.show(named("broken"));
    const stops = await page.locator("button:visible, summary:visible").count();
    const reached = new Set<string>();
    for (let stop = 0; stop < stops; stop++) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate(FOCUS_PATH));
    }
    assert.equal(reached.size, stops, "every button and every summary is a stop of its own");
    await page.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    assert.notEqual(await page.locator("details").first().getAttribute("open"), null);
  });

  it("keeps focus, open details and scroll position when something else changes", async () => {
    const { page } = panel;
    await page.setViewportSize({ width: 300, height: 400 });
    await panel.show(named("healthy"));
    const codex = page.locator("details", { hasText: "config.toml" });
    await codex.locator("summary").click();
    await page.locator("nav button").first().focus();
    const before = await page.evaluate(READER);
    await panel.show({ ...named("healthy"), summary: { status: "warning", text: "Something else" } });
    assert.equal(await page.getByRole("status").innerText(), "!Something else");
    assert.deepEqual(await page.evaluate(READER), before);
    assert.notEqual(await codex.getAttribute("open"), null);
  });

  it("gives the focus to what is around when a fixed problem goes", async () => {
    const { page } = panel;
    const broken = named("broken");
    await panel.show(broken);
    const [gone] = broken.parts.flatMap(({ problems }) => problems).filter(({ fixable }) => fixable);
    const parts = broken.parts.map((part) => ({
      ...part,
      problems: part.problems.filter((each) => each !== gone),
    }));
    await page
      .getByRole("button", { name: `Fix… ${gone?.title}` })
      .first()
      .focus();
    const around = "document.activeElement.closest('section')?.getAttribute('aria-labelledby')";
    const part = await page.evaluate(around);
    await panel.show({ ...broken, parts });
    assert.match(String(part), /^part-/);
    assert.equal(await page.evaluate(around), part);
    await panel.show(named("healthy"));
    assert.equal(await page.evaluate("document.activeElement.id"), part);
  });

  it("is where the reader left it when it is loaded again", async () => {
    const { page } = panel;
    await page.setViewportSize({ width: 300, height: 300 });
    await panel.show(named("healthy"));
    await page.locator("summary").nth(2).click();
    await page.evaluate("window.scrollTo(0, 250)");
    // A function: the page's policy forbids the eval() that an expression is polled with.
    await page.waitForFunction(() => {
      const { sessionStorage } = globalThis as unknown as { sessionStorage: { state?: string } };
      return (JSON.parse(sessionStorage.state ?? "{}") as { scrollTop?: number }).scrollTop === 250;
    });
    await panel.reload();
    await panel.show(named("healthy"));
    assert.equal(await page.evaluate("scrollY"), 250);
    assert.notEqual(await page.locator("details").nth(2).getAttribute("open"), null);
  });

  it("tells screen readers once what changes in the summary", async () => {
    await panel.show(named("broken"));
    await panel.page.evaluate("window.announced = document.querySelector('[role=status]')");
    await panel.show({ ...named("broken"), checking: true });
    // A new element would be silent: only changes inside one that was there are said.
    assert.equal(
      await panel.page.evaluate("window.announced.isConnected && window.announced.innerText"),
      "✕Checking…",
    );
  });

  /** A page that was made with what is known. */
  async function openKnown(name: string): Promise<void> {
    await panel.close();
    await browser.context.addInitScript(NOTING);
    panel = await PanelPage.open(browser, named(name));
  }

  it("shows at once what it was made with, and tells screen readers", async () => {
    await openKnown("eleven");
    await panel.page.getByRole("status").getByText("11 problems found").waitFor();
    assert.deepEqual(await panel.page.evaluate("window.said"), ["✕Checking…", "✕11 problems found"]);
    assert.equal(await panel.page.locator("main[aria-busy]").count(), 0);
    assert.deepEqual(await panel.sent(), [{ type: "ready", isFilled: true }]);
    assert.deepEqual(await violations(panel), []);
  });

  it("shows nothing old when VS Code shows it again as it was made", async () => {
    await openKnown("eleven");
    await panel.reload();
    assert.match(await panel.page.locator("main[aria-busy]").innerText(), /Looking at this machine/);
    assert.deepEqual(await panel.sent(), [{ type: "ready", isFilled: false }]);
    await panel.show(named("healthy"));
    assert.doesNotMatch(await panel.page.locator("main").innerText(), /11 problems/);
  });

  it("changes nothing on the page when nothing has changed", async () => {
    await panel.show(named("broken"));
    await panel.page.evaluate(`window.changes = 0;
      new MutationObserver((records) => { window.changes += records.length; }).observe(document.getElementById("panel"),
        { subtree: true, childList: true, characterData: true, attributes: true })`);
    await panel.show(structuredClone(named("broken")));
    assert.equal(await panel.page.evaluate("window.changes"), 0);
    await panel.show({ ...named("broken"), checking: true });
    assert.notEqual(await panel.page.evaluate("window.changes"), 0);
  });

  it("takes every text as text", async () => {
    const evil = "<img src=x onerror=alert(1)>";
    const broken = named("broken");
    const evils = { title: evil, evidence: evil, cause: evil, fixing: [evil], advice: evil };
    const parts = broken.parts.map((part) => ({
      ...part,
      name: evil,
      text: evil,
      problems: part.problems.map((each) => ({ ...each, ...evils })),
    }));
    await panel.show({ ...broken, parts });
    assert.equal(await panel.page.locator("img").count(), 0);
    assert.ok((await panel.page.locator("main").innerText()).includes(evil));
  });

  it("holds no key", async () => {
    await panel.show(named("broken"));
    const html = await panel.page.content();
    assert.ok(!html.includes(API_KEY.slice(0, 20)) && !html.includes(OTHER_KEY.slice(0, 20)));
  });
});

function problemsIn({ parts }: PanelModel) {
  return parts.flatMap(({ problems }) => problems);
}

/** The element in focus, named by its place in the document. */
const FOCUS_PATH = `(() => {
  let name = "";
  for (let e = document.activeElement; e; e = e.parentElement)
    name = e.tagName + [...(e.parentElement?.children ?? [])].indexOf(e) + ">" + name;
  return name;
})()`;

/** `said`: the texts of the summary, one after the other. Runs before the page's script. */
const NOTING = `
  window.said = [];
  new MutationObserver(() => {
    const text = document.querySelector("[role=status]")?.textContent;
    if (text !== undefined && text !== window.said.at(-1)) window.said.push(text);
  }).observe(document, { subtree: true, childList: true, characterData: true });`;

const READER = `[document.activeElement.textContent, scrollY]`;

async function violations({ page }: PanelPage): Promise<string[]> {
  // The page's policy lets no other script in, so axe comes by the browser's own door.
  await page.evaluate(fs.readFileSync(AXE, "utf8"));
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))",
  );
}
