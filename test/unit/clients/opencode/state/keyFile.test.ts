import assert from "node:assert/strict";
import type { FileSystem } from "../../../../../src/changes/disk/userFile";
import type { ClientEnvironment } from "../../../../../src/clients/client";
import type { ClientFile } from "../../../../../src/clients/configFile";
import { inspectKeyFile, refuseUnnamable } from "../../../../../src/clients/opencode/state/keyFile";
import { refusalOf, systemError } from "../../../changes/temporaryStore";

const NOTHING = { realpath: () => Promise.reject(systemError("ENOENT")) } as unknown as FileSystem;

function on(platform: NodeJS.Platform, homeDirectory: string, variables = {}): ClientEnvironment {
  return { fs: NOTHING, platform, homeDirectory, variables, configuredDirectory: {} };
}

function configWith(apiKey: string): ClientFile {
  const document = { provider: { tokenpool: { options: { apiKey } } } };
  const file = { path: "/config/opencode.json", document, text: JSON.stringify(document) };
  return { ...file, rawValuesAt: () => [] } as unknown as ClientFile;
}

describe("the placeholder of the key file", () => {
  const placeholder = async (environment: ClientEnvironment, ...layers: readonly ClientFile[]) =>
    (await inspectKeyFile(environment, layers)).placeholder;
  const windows = on("win32", "C:\\Users\\Ann");
  const inHome = "{file:~/.config/tokenpool/api-key}";
  const whole = "{file:C:/Users/Ann/.config/tokenpool/api-key}";

  it("is short where it goes with a synced home, and whole on Windows", async () => {
    assert.equal(await placeholder(on("linux", "/home/ann")), inHome);
    assert.equal(await placeholder(windows), whole);
  });

  for (const spelled of [inHome, "{file:c:/users/ann/.config/tokenpool/api-key}", whole])
    it(`stays on Windows as it is: ${spelled}`, async () =>
      assert.equal(await placeholder(windows, configWith(spelled)), spelled));

  for (const other of [
    "{file:~\\.config\\tokenpool\\api-key}",
    "{file:../tokenpool/api-key}",
    "Bearer {file:~/.config/tokenpool/api-key}",
    "{file:~/elsewhere}",
    "a key of its own",
  ])
    it(`is ours where another stands: ${other}`, async () =>
      assert.equal(await placeholder(windows, configWith(other)), whole));

  it("is the strongest layer's", async () =>
    assert.equal(await placeholder(windows, configWith(whole), configWith(inHome)), inHome));

  it("goes round a home that none can hold", async () => {
    const braces = on("win32", "C:\\Users\\O'Brien {& co}");
    const keyFile = await inspectKeyFile(braces, []);
    assert.equal(keyFile.placeholder, inHome);
    refuseUnnamable({ keyFile });
  });

  it("is refused for another place that none can hold", async () => {
    for (const [platform, folder] of [
      ["win32", "C:\\a}b"],
      ["linux", "/a}b"],
      ["linux", '/a"b'],
      ["linux", "/a\\b"],
      ["linux", "/a{env:HOME"],
    ] as const) {
      const keyFile = await inspectKeyFile(on(platform, "/home/ann", { XDG_CONFIG_HOME: folder }), []);
      const refused = Promise.resolve().then(() => refuseUnnamable({ keyFile }));
      assert.ok((await refusalOf("change/path-not-possible", refused)).message.includes(keyFile.path));
    }
  });
});
