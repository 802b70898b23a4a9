import assert from "node:assert/strict";
import { judgeAnswer } from "../../../../src/health/probe/judgeAnswer";

const KEY = "sk-" + "0".repeat(64);

describe("judgeAnswer", () => {
  for (const contentType of ["application/json", "text/html; charset=utf-8"]) {
    it(`says the gateway's own words of an error sent as ${contentType}`, () => {
      const body = JSON.stringify({ error: { message: "Your API key was disabled on 3 May" } });
      const answer = {
        status: 403,
        headers: { "content-type": contentType },
        body: new TextEncoder().encode(body),
        oversized: false,
      };
      const url = new URL("http://127.0.0.1:1/v1/models");
      assert.deepEqual(judgeAnswer(answer, [], KEY, url, {}), {
        verdict: { state: "unauthorized", code: "account/key-disabled" },
        excerpt: "Your API key was disabled on 3 May",
      });
    });
  }
});
