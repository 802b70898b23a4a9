import assert from "node:assert/strict";
import { isOneSlipApart, meantHost, misspelledOfficial } from "../../../src/gateway/meantEndpoint";

describe("meantHost", () => {
  for (const address of [
    "https://api.clawto.link/v1",
    "api.clawto.link",
    "HTTPS://API.CLAWTO.LINK",
    "htps://api.clawto.link",
    "https//api.clawto.link",
    "https:\\\\api.clawto.link",
    "https://https://api.clawto.link",
    "https：//api.clawto.link",
    " “https://api.clawto.link” ",
    "https://api。clawto。link",
    "https://me:secret@api.clawto.link/v1",
  ]) {
    it(`finds the host in ${JSON.stringify(address)}`, () => {
      assert.equal(meantHost(address), "api.clawto.link");
    });
  }

  for (const address of ["", "https://", "{env:GATEWAY}", "https://[::1"]) {
    it(`finds none in ${JSON.stringify(address)}`, () => assert.equal(meantHost(address), undefined));
  }

  it("keeps the port, behind which another program may be", () => {
    assert.equal(meantHost("http://127.0.0.1:15721/v1"), "127.0.0.1:15721");
  });
});

describe("misspelledOfficial", () => {
  const slips: [string, string][] = [
    ["api.clawto.lnk", "api.clawto.link"],
    ["api.clawto.com", "api.clawto.link"],
    ["clawto.io", "api.clawto.link"],
    ["xclawto.link", "api.clawto.link"],
    ["api.tokenpol.dev", "api.tokenpool.dev"],
    ["tokenpool.com", "api.tokenpool.dev"],
    ["api.tokenpool.de", "api.tokenpool.dev"],
  ];
  for (const [host, official] of slips) {
    it(`takes ${host} for ${official}`, () => assert.equal(misspelledOfficial(host), official));
  }

  for (const host of [
    "api.clawto.link",
    "www.tokenpool.dev",
    "nottokenpool.dev",
    "api.openai.com",
    "api.tokenpool.dev.evil.example",
    "clawto.link.evil.example",
    "",
  ]) {
    it(`takes ${JSON.stringify(host)} for no misspelling`, () =>
      assert.equal(misspelledOfficial(host), undefined));
  }
});

describe("isOneSlipApart", () => {
  const pairs: [string, string, boolean][] = [
    ["abc", "abc", false],
    ["abc", "ab", true],
    ["abc", "abcd", true],
    ["abc", "axc", true],
    ["abc", "acb", true],
    ["aab", "ab", true],
    ["abcd", "badc", false],
    ["abc", "cba", false],
    ["ab", "", false],
    ["a", "", true],
    ["ab", "ba", true],
  ];
  for (const [one, other, isOne] of pairs) {
    it(`is ${isOne} of “${one}” and “${other}”`, () => assert.equal(isOneSlipApart(one, other), isOne));
  }
});
