import assert from "node:assert/strict";
import { renderPage } from "../../../src/panel/page";
import type { PanelModel } from "../../../src/panel/panelModel";
import { panelStrings } from "../../../src/panel/panelStrings";

describe("the panel's page", () => {
  const strings = { ...panelStrings(), title: `<script>"&'` };
  const options = {
    nonce: "abc123",
    cspSource: "https://csp.example",
    script: "start()",
    style: "p { margin: 0 }",
    language: "en",
    strings,
  };
  const page = renderPage(options);

  it("allows one script and one style sheet by their nonce, VS Code's own styles and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    const plain = policy?.replaceAll("&#39;", "'");
    assert.equal(
      plain,
      "default-src 'none'; style-src https://csp.example 'nonce-abc123'; script-src 'nonce-abc123'",
    );
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.doesNotMatch(page, /\sstyle=|\son\w+=/);
  });

  it("takes texts as texts", () => {
    assert.ok(page.includes("<h1>&lt;script&gt;&quot;&amp;&#39;</h1>"));
  });

  it("has what is known in an attribute, out of which nothing gets", () => {
    const text = `</script><script>"'&amp;\u2028\\`;
    const known = renderPage({ ...options, model: { summary: { status: "ok", text } } as PanelModel });
    const [all, model = ""] = / data-model="([^"<>]*)" aria-busy="true">/.exec(known) ?? [];
    assert.ok(all);
    assert.equal(known.replace(/ data-model="[^"]*"/, ""), page);
    const plain = Object.entries({ "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" });
    const read = plain.reduce((rest, [escaped, plainly]) => rest.replaceAll(escaped, plainly), model);
    assert.deepEqual(JSON.parse(read), { summary: { status: "ok", text } });
  });
});
