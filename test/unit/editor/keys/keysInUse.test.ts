import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { keysInUse } = await import("../../../../src/editor/keys/keysInUse");

const KEY = "sk-" + "ab12".repeat(16);
const OFFICIAL = "https://api.clawto.link";
const OWN = "https://gateway.example";

const codex = (apiKey: string, baseUrl = OFFICIAL) => ({
  ".codex/config.toml": `model_provider = "x"\n[model_providers.x]\nname = "x"\nbase_url = "${baseUrl}"\nrequires_openai_auth = true\n`,
  ".codex/auth.json": JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: apiKey }),
});
const opencode = (options: object) => JSON.stringify({ provider: { x: { options } } });
const [ADDRESS, KEY_OPTION] = [{ baseURL: `${OFFICIAL}/v1` }, { apiKey: KEY }];

type Files = Readonly<Record<string, string>>;
type Found = readonly [apiKey: string, baseUrl: string, clients: string];

describe("the keys that clients send to TokenPool already", () => {
  let home: string;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "keys-in-use-"));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  /** @param open folders below the home directory */
  async function found(files: Files, open: readonly string[] = []): Promise<Found[]> {
    for (const [name, text] of Object.entries(files)) {
      await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
      await fs.writeFile(path.join(home, name), text);
    }
    const services = servicesIn(home, fs, new Secrets(undefined));
    const foreignFolders = open.map((name) => path.join(home, name));
    const keys = await keysInUse({
      ...services,
      environment: () => ({ ...services.environment(), foreignFolders }),
    });
    return keys.map(({ apiKey, baseUrl, clients }) => [apiKey, baseUrl, clients.map(({ id }) => id).join()]);
  }

  const table: [string, Files, Found[], open?: readonly string[]][] = [
    ["are none where there are none", {}, []],
    ["are told with the client", codex(KEY), [[KEY, OFFICIAL, "codex"]]],
    [
      "are one where two clients send the same",
      { ...codex(KEY), ".opencode/opencode.json": opencode({ ...ADDRESS, ...KEY_OPTION }) },
      [[KEY, OFFICIAL, "codex,opencode"]],
    ],
    [
      "are nobody's where they lie in our own file alone",
      { ".config/tokenpool/api-key": `${KEY}\n` },
      [[KEY, OFFICIAL, ""]],
    ],
    [
      "are the client's that sends one which lies in our own file as well",
      { ".config/tokenpool/api-key": `${KEY}\n`, ...codex(KEY) },
      [[KEY, OFFICIAL, "codex"]],
    ],
    ["are none that is sent with a blank", codex(`${KEY} `), []],
    ["are none that goes elsewhere", codex(KEY, OWN), []],
    ["are none of an open folder's", codex(KEY), [], [".codex"]],
    ...[".opencode", ".config"].map((open): (typeof table)[number] => [
      `are none of which an open folder holds a part: ${open}`,
      {
        ".config/opencode/opencode.json": opencode(ADDRESS),
        ".opencode/opencode.json": opencode(KEY_OPTION),
      },
      [],
      [open],
    ]),
    [
      "are those of two files of the user's own",
      {
        ".config/opencode/opencode.json": opencode(ADDRESS),
        ".opencode/opencode.json": opencode(KEY_OPTION),
      },
      [[KEY, OFFICIAL, "opencode"]],
      ["project"],
    ],
  ];
  for (const [title, files, expected, open] of table)
    it(title, async () => assert.deepEqual(await found(files, open), expected));

  it("are those for the chosen address where that is the user's own, and none of TokenPool's", async () => {
    user.settings.set(Setting.baseUrl, OWN);
    assert.deepEqual(await found(codex(KEY)), []);
    assert.deepEqual(await found(codex(KEY, OWN)), [[KEY, OWN, "codex"]]);
  });

  it("are none while the chosen address cannot be used", async () => {
    user.settings.set(Setting.baseUrl, "nonsense");
    assert.deepEqual(await found(codex(KEY)), []);
  });
});
