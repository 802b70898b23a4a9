import assert from "node:assert/strict";
import { maskSecrets } from "../../../src/changes/document/maskSecrets";
import { withoutSecrets } from "../../../src/doctor/redact";
import { excerptOf } from "../../../src/gateway/answers/answerText";
import { withoutUserInfo } from "../../../src/gateway/userInfo";

describe("user name and password of an address", () => {
  const addresses: [string, string][] = [
    ["http://annette:secret@proxy.example:3128", "http://…@proxy.example:3128"],
    ["https://secret@gateway.example/v1", "https://…@gateway.example/v1"],
    ["http://annette:se@cret@proxy.example", "http://…@proxy.example"],
    ["socks5://annette:secret@[::1]:1080/", "socks5://…@[::1]:1080/"],
    ["https://gateway.example/@scope?to=a@b", "https://gateway.example/@scope?to=a@b"],
    ["https://gateway.example, a@b", "https://gateway.example, a@b"],
  ];
  const texts: Readonly<Record<string, (text: string) => string>> = {
    "a text": withoutUserInfo,
    "a problem and a report": (text) => withoutSecrets(text, []),
    "an answer's excerpt": (text) => excerptOf(text, ""),
    "a preview": (text) => maskSecrets(text, false),
  };
  for (const [address, shown] of addresses) {
    for (const [place, show] of Object.entries(texts)) {
      it(`${address} in ${place}`, () =>
        assert.equal(show(`through ${address} now`), `through ${shown} now`));
    }
  }
});
