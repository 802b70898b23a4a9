import assert from "node:assert/strict";
import { parseModelList } from "../../../../src/gateway/answers/modelList";

describe("parseModelList", () => {
  const lists: [string, unknown, string[]][] = [
    ["OpenAI and new-api", { success: true, object: "list", data: [{ id: "a", object: "model" }] }, ["a"]],
    ["sub2api with mapped accounts", { data: [{ id: "b", type: "model", display_name: "B" }] }, ["b"]],
    ["sub2api's manifest for Codex", { models: [{ slug: "c" }, { slug: "d" }] }, ["c", "d"]],
    ["a gateway without models", { data: [] }, []],
  ];
  for (const [name, json, ids] of lists) {
    it(`reads ${name}`, () => assert.deepEqual(parseModelList(json), ids));
  }

  const others: unknown[] = [
    null,
    "text",
    [],
    {},
    { data: { id: "a" } },
    { data: ["a"] },
    { data: [{ id: 5 }] },
    { data: [{ id: "" }] },
    { data: [{ id: "a" }, { name: "b" }] },
    { data: [null] },
    { models: [{ name: "llama3" }] },
    { success: false, message: "无效的令牌", data: [] },
    { error: { message: "no" }, data: [] },
    { code: "INVALID_API_KEY", message: "Invalid API key" },
  ];
  for (const json of others) {
    it(`refuses ${JSON.stringify(json)}`, () => assert.equal(parseModelList(json), undefined));
  }
});
