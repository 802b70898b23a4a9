import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as vm from "node:vm";
import fc from "fast-check";
import { ccSwitchApp as codex } from "../../../../src/clients/codex/ccSwitch/ccSwitchApp";
import { ccSwitchApp as opencode } from "../../../../src/clients/opencode/ccSwitch/ccSwitchApp";
import { importLink, type ImportOptions } from "../../../../src/clients/ccswitch/importLink";
import type { ConnectionProfile } from "../../../../src/gateway/connectionProfile";
import { ENDPOINTS } from "../../../../src/gateway/endpoints";
import { type Card, readLink, type ReadLink } from "./linkReader";

interface Vector extends Omit<ReadLink, "silent"> {
  readonly id: string;
  readonly link: string;
  readonly silent?: true;
}

/** Links, and what the real CC Switch 3.20.0 made of each. */
const VECTORS = JSON.parse(
  fs.readFileSync(new URL("../../../fixtures/ccswitch/links.json", import.meta.url), "utf8"),
) as Vector[];

/** CC Switch keeps the further addresses in no order. */
function comparable(card: Card | undefined): unknown {
  return card && { ...card, extraEndpoints: [...(card.extraEndpoints ?? [])].sort() };
}

describe("the reader of CC Switch's links", () => {
  it("makes of all 397 links what the real program made of them", () => {
    assert.equal(VECTORS.length, 397);
    for (const { id, link, silent = false, parsed, refusedAt, card } of VECTORS) {
      const read = readLink(link);
      assert.deepEqual(
        { id, silent: read.silent, parsed: read.parsed, at: read.refusedAt, card: comparable(read.card) },
        { id, silent, parsed, at: refusedAt, card: comparable(card) },
      );
    }
  });
});

/** Built at run time, so that no file holds a realistic key. */
const API_KEY = `sk-${"0f".repeat(32)}`;
const [RECOMMENDED, STANDARD] = ENDPOINTS;
const PROFILE = { baseUrl: RECOMMENDED.baseUrl, apiKey: API_KEY, model: "gpt-5.5", reviewModel: "gpt-5.5" };
const PLAIN = { app: codex, switchNow: false, withBalance: false } as const;

/** What CC Switch makes of the link that hands this over. */
function handOver(profile: Partial<ConnectionProfile>, options: Partial<ImportOptions> = {}): ReadLink {
  return readLink(importLink({ ...PROFILE, ...profile }, { ...PLAIN, ...options }));
}

describe("importLink", () => {
  it("makes a card of Codex with both endpoints, the chosen one first, and does not switch to it", () => {
    assert.deepEqual(handOver({ baseUrl: STANDARD.baseUrl }), {
      silent: false,
      parsed: {
        app: "codex",
        name: "TokenPool",
        homepage: "https://tokenpool.dev",
        endpoint: `${STANDARD.baseUrl},${RECOMMENDED.baseUrl}`,
        apiKey: API_KEY,
        model: "gpt-5.5",
      },
      card: {
        id: "tokenpool",
        name: "TokenPool",
        baseUrl: STANDARD.baseUrl,
        extraEndpoints: [RECOMMENDED.baseUrl],
        apiKey: API_KEY,
        model: "gpt-5.5",
      },
    });
  });

  it("gives OpenCode addresses that end in /v1", () => {
    const { card } = handOver({}, { app: opencode });
    assert.deepEqual(card, {
      id: "tokenpool",
      baseUrl: `${RECOMMENDED.baseUrl}/v1`,
      extraEndpoints: [`${STANDARD.baseUrl}/v1`],
      apiKey: API_KEY,
      models: ["gpt-5.5"],
    });
  });

  it("gives Codex an address that ends in /v1 where the gateway has the Responses API only there", () => {
    const { card } = handOver({ baseUrl: "https://gateway.example", route: "v1" }, { withBalance: true });
    assert.equal(card?.baseUrl, "https://gateway.example/v1");
    assert.equal(card.usageScript?.baseUrl, "https://gateway.example");
    const official = handOver({ route: "v1" }).card;
    assert.deepEqual(official?.extraEndpoints, [STANDARD.baseUrl], "of the other one nothing is known");
  });

  it("never names an official endpoint beside an address of the user's own: it would get that key", () => {
    const { card, parsed } = handOver({ baseUrl: "https://gateway.example/a" });
    assert.equal(card?.baseUrl, "https://gateway.example/a");
    assert.equal(card.extraEndpoints, undefined);
    assert.ok(!JSON.stringify(parsed).includes("clawto"));
  });

  it("asks to be switched to only where the user wants it", () => {
    assert.equal(handOver({}, { switchNow: true }).parsed?.enabled, true);
    assert.equal(handOver({}).parsed?.enabled, undefined);
  });

  it("brings a script that finds what is left in every kind of answer of the gateway", () => {
    for (const app of [codex, opencode]) {
      const { card } = handOver({}, { app, withBalance: true });
      const { code, ...script } = card?.usageScript ?? {};
      assert.deepEqual(
        { enabled: script.enabled, autoQueryInterval: script.autoQueryInterval },
        { enabled: true, autoQueryInterval: 30 },
      );
      // A card of OpenCode's has /v1 in its address already, where the script must not add it again.
      assert.equal(script.baseUrl, app === opencode ? RECOMMENDED.baseUrl : undefined);
      const { request, extractor } = vm.runInNewContext(String(code)) as {
        request: { url: string; headers: Record<string, string> };
        extractor: (usage: unknown) => { remaining: unknown; unit: unknown };
      };
      assert.equal(request.url, "{{baseUrl}}/v1/usage");
      assert.equal(request.headers.Authorization, "Bearer {{apiKey}}");
      const left = (usage: unknown) => extractor(usage).remaining;
      assert.equal(left({ mode: "unrestricted", remaining: 7.5, balance: 8, unit: "USD" }), 7.5);
      assert.equal(left({ mode: "quota_limited", quota: { remaining: 3 } }), 3);
      assert.equal(left({ mode: "unrestricted", balance: 0 }), 0);
      assert.equal(left({ mode: "quota_limited", rate_limits: [] }), undefined);
    }
  });

  it("takes blanks around a value away, and is not made without a model or a key: CC Switch would write both", () => {
    const { card } = handOver({ apiKey: `${API_KEY}\n`, model: " gpt-5.4 " });
    assert.deepEqual([card?.apiKey, card?.model], [API_KEY, "gpt-5.4"]);
    // Without one CC Switch writes a model of its own choice.
    assert.throws(() => handOver({ model: " " }), /No model/);
    assert.throws(() => handOver({ apiKey: "" }), /No apiKey/);
  });

  it("carries any text there and back: reserved characters, Chinese, emoji, 1,000 at random", () => {
    const reserved = fc.string({
      unit: fc.constantFrom(...Array.from("+&#?%=,;:@/\\\"'<>{}[]|^`~!$*() \t\n中é🚀a")),
      minLength: 1,
    });
    const texts = fc
      .oneof(reserved, fc.string({ unit: "grapheme", minLength: 1 }))
      .filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(texts, texts, fc.boolean(), fc.boolean(), (apiKey, model, switchNow, withBalance) => {
        const { silent, refusedAt, parsed } = handOver({ apiKey, model }, { switchNow, withBalance });
        assert.deepEqual(
          {
            silent,
            refusedAt,
            apiKey: parsed?.apiKey,
            model: parsed?.model,
            enabled: parsed?.enabled === true,
          },
          {
            silent: false,
            refusedAt: undefined,
            apiKey: apiKey.trim(),
            model: model.trim(),
            enabled: switchNow,
          },
        );
      }),
      { numRuns: 1000 },
    );
  });
});
