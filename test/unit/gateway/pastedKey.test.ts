import assert from "node:assert/strict";
import { keysIn } from "../../../src/gateway/pastedKey";

describe("the key in a pasted text that has none of the usual shape", () => {
  const OWN = "my-own-key-of-any-shape";

  it("is the text without quotes, spaces around and what wrapped it", () => {
    for (const text of [`' ${OWN} '`, `\`"${OWN}"\`;`, ` “${OWN}”,`, `"my-own-key\r\n    -of-any-shape"`])
      assert.deepEqual(keysIn(text), [OWN], text);
    assert.deepEqual(keysIn("two  words"), ["two  words"]);
  });

  it("ends where the quote ends that a chat program made of a plain one", () =>
    assert.deepEqual(keysIn(`Use OPENAI_API_KEY=“${OWN}”!`), [OWN]));

  it("is what a link for CC Switch says, decoded, or else the link itself", () => {
    const link = (query: string) => `ccswitch://v1/import?resource=provider${query}`;
    assert.deepEqual(keysIn(link("&apiKey=%20own%2Bkey%20")), ["own+key"]);
    for (const query of ["", "&apiKey=", "&apiKey=%20"]) assert.deepEqual(keysIn(link(query)), [link(query)]);
  });

  it("is what the configuration in a link for CC Switch says, however that is encoded", () => {
    const json = JSON.stringify({ auth: { OPENAI_API_KEY: OWN }, note: "???>>>" });
    for (const config of [
      Buffer.from(json).toString("base64"),
      Buffer.from(json).toString("base64url"),
      encodeURIComponent(Buffer.from(json).toString("base64")),
    ])
      assert.deepEqual(keysIn(`ccswitch://v1/import?app=codex&config=${config}`), [OWN], config);
    const nested = Buffer.from("ccswitch://v1/import?config=x").toString("base64");
    assert.deepEqual(keysIn(`ccswitch://v1/import?config=${nested}`), [
      `ccswitch://v1/import?config=${nested}`,
    ]);
  });

  it("stands behind what people write before it, but not in an address", () => {
    for (const text of [`我的密钥是：${OWN}`, `令牌: ${OWN}`, `My key is: "${OWN}".`, `key=${OWN}`])
      assert.deepEqual(keysIn(text), [OWN], text);
    for (const text of [`https://x.test/?key=${OWN}`, `monkey: ${OWN}`])
      assert.deepEqual(keysIn(text), [text]);
  });

  it("is not looked for in a text that was copied by mistake", () => {
    const long = `x ${"y".repeat(10_000)}`;
    assert.deepEqual(keysIn(` ${long}\n`), [long]);
  });

  it("is empty where nothing was pasted, or nothing but quotes", () => {
    for (const text of ["", " \n", `"'"`]) assert.deepEqual(keysIn(text), [""]);
  });

  describe("but the usual beginning", () => {
    const PREFIXED = "sk-" + "Ab_1-".repeat(3);

    it("is found in a sentence, as often as there are different ones", () => {
      assert.deepEqual(keysIn(`Your key (${PREFIXED}), and again ${PREFIXED}.`), [PREFIXED]);
      assert.deepEqual(keysIn(`${PREFIXED} or ${PREFIXED}2`), [PREFIXED, `${PREFIXED}2`]);
    });

    it("is not found where it is masked, too short or a part of another word", () => {
      for (const rest of ["****", " ****", "  •••", "...", " ...", "…"]) {
        const masked = `${PREFIXED}${rest} it says`;
        assert.deepEqual(keysIn(masked), [masked.normalize("NFKC")], masked);
      }
      for (const text of [`a ta${PREFIXED} b`, `a x-${PREFIXED} b`, `a sk-${"x".repeat(12)} b`])
        assert.deepEqual(keysIn(text), [text]);
    });
  });

  it("is not a link's that stands in a text", () => {
    const text = "see ccswitch://v1/import?x=1";
    assert.deepEqual(keysIn(text), [text]);
  });

  it("stands behind its name, however that is written", () => {
    for (const name of [
      "apikey:",
      "api_key =",
      "API-KEY:",
      "Bearer",
      "bearer  ",
      '"experimental_bearer_token":',
    ])
      assert.deepEqual(keysIn(`x ${name} ${OWN}`), [OWN], name);
  });
});
