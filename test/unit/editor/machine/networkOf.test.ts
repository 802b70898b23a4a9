import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import { CLIENTS } from "../../../../src/clients/registry";
import { networkFrom } from "../../../../src/editor/machine/networkOf";
import type { ProxySettings } from "../../../../src/health/http/proxySettings";

const P = "http://proxy:3128";
const NO_SETTINGS: ProxySettings = { proxySupport: "override", proxy: "", noProxy: [] };

describe("the editor's own way differs from a client's", () => {
  for (const [title, settings, variables, expected] of [
    ["not where nothing is set", {}, {}, false],
    ["not where the client alone goes by a variable", {}, { ALL_PROXY: P }, false],
    ["not where its proxy is that of the client", { proxy: `${P}/` }, { HTTPS_PROXY: "proxy:3128" }, false],
    ["by another proxy", { proxy: "http://other:1" }, { HTTPS_PROXY: P }, true],
    ["by a proxy where the client has none", { proxy: P }, {}, true],
    ["by an exception of its own", { noProxy: ["gateway.invalid"] }, { HTTPS_PROXY: P }, true],
  ] as const) {
    it(title, async () => {
      const machine = { fs, homeDirectory: "/none", platform: "linux", variables } as const;
      const travellers = [{ id: "codex", network: CLIENTS.codex.network, variables }] as const;
      const editor = { settings: { ...NO_SETTINGS, ...settings }, fetch: globalThis.fetch };
      const url = new URL("https://api.gateway.invalid");
      const network = await networkFrom(machine, url, travellers, { everybodys: [], system: [] }, editor);
      assert.equal(network.editor?.differs, expected);
    });
  }
});
