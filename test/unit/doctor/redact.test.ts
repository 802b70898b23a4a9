import assert from "node:assert/strict";
import { redactor, shortPath, withoutSecrets } from "../../../src/doctor/redact";

describe("texts without secrets", () => {
  it("show none of those that are known, wherever they stand", () => {
    assert.equal(withoutSecrets("a hunter2 b hunter2,swordfish", ["hunter2", "swordfish"]), "a … b …,…");
  });

  it("are left alone by secrets that are not there", () => {
    assert.equal(withoutSecrets("a b", ["", undefined]), "a b");
  });

  for (const [text, shown] of [
    ["sk-abcdef", "…"],
    ["key sk-ab12…cd34 there", "key … there"],
    ["sk-ab.c*d-e", "…"],
    ["token eyJhbGciOiJ9.e30.x there", "token … there"],
    ["sk-abcde is too short to be one", "sk-abcde is too short to be one"],
    ["a desk-abcdefgh is none", "a desk-abcdefgh is none"],
  ] as const) {
    it(`of their shape: ${text}`, () => assert.equal(withoutSecrets(text, []), shown));
  }
});

describe("what is redacted", () => {
  const redacted = (text: string, home = "/home/annette") => redactor(home, ["hunter2"])(text);

  for (const [name, text, shown] of [
    ["the home directory", "/home/annette/.codex in /home/annette", "~/.codex in ~"],
    ["a secret", "/home/annette/hunter2", "~/…"],
    ["a home directory that only begins like it", "/home/annette2/x", "/home/…/x"],
    ["one with a dot or a hyphen", "/home/annette.b/x /home/annette-b/x", "/home/…/x /home/…/x"],
    ["somebody else's home directory", "/home/bert/x", "/home/…/x"],
    ["one of macOS, in any case", "/Users/bert/x /users/bert", "/Users/…/x /users/…"],
    ["one of Windows", "C:\\Users\\bert\\x", "C:\\Users\\…\\x"],
    ["the user's name elsewhere in a path", "/srv/annette/x", "/srv/…/x"],
    ["the user's name in a path of Windows", "D:\\annette\\x", "D:\\…\\x"],
    ["no part that only holds the name", "/srv/annettes/x", "/srv/annettes/x"],
    ["nothing else", "/etc/hosts", "/etc/hosts"],
  ] as const) {
    it(name, () => assert.equal(redacted(text), shown));
  }

  it("finds the user's name before a final separator, and in a path of Windows", () => {
    assert.equal(redacted("/srv/annette/x", "/home/annette/"), "/srv/…/x");
    assert.equal(redacted("/srv/annette/x", "C:\\Users\\annette"), "/srv/…/x");
    assert.equal(redacted("C:\\Users\\annette\\x", "C:\\Users\\annette"), "~\\x");
  });

  it("leaves a name of one letter: it would hide half of every path", () => {
    assert.equal(redacted("/srv/a/x", "/opt/a"), "/srv/a/x");
    assert.equal(redacted("/srv/ab/x", "/opt/ab"), "/srv/…/x");
  });

  it("works without a home directory", () => {
    assert.equal(redacted("/srv/x", ""), "/srv/x");
  });

  it("is a home of Windows in every spelling", () => {
    const home = "C:\\Users\\zhang san";
    for (const spelled of [home, "c:\\users\\Zhang San", "C:/Users/zhang san", "\\\\?\\C:\\Users\\zhang san"])
      assert.equal(redacted(`${spelled}\\.codex`, home), "~\\.codex");
    assert.equal(redacted("D:\\work\\ZHANG SAN\\x", home), "D:\\work\\…\\x");
    assert.equal(redacted("C:\\Users\\zhang sanders\\x", home), "C:\\Users\\…\\x");
  });

  it("keeps letters apart on other systems", () => {
    assert.equal(redacted("/srv/Annette/x"), "/srv/Annette/x");
  });
});

describe("a path as it is shown", () => {
  it("tells no user name", () => {
    assert.equal(shortPath("/home/me/.codex/config.toml", "/home/me"), "~/.codex/config.toml");
    assert.equal(shortPath("C:\\Users\\me\\.codex", "C:\\Users\\me"), "~\\.codex");
    // VS Code's spelling.
    assert.equal(shortPath("c:\\Users\\me\\.codex", "C:\\Users\\me"), "~\\.codex");
  });

  it("is whole outside of the home directory, also where a name only begins like it, or none is known", () => {
    for (const [path, home] of [
      ["/etc/codex/config.toml", "/home/me"],
      ["/home/ME/.codex", "/home/me"],
      ["/home/me", "/home/me"],
      ["/home/melanie/.codex", "/home/me"],
      ["/srv/home/me/x", "/home/me"],
      ["/home/me/x", ""],
    ] as const)
      assert.equal(shortPath(path, home), path);
  });
});
