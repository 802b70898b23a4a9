import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { readClientStatus } = await import("../../../../src/editor/status/readClientStatus");

const KEY = "sk-" + "ab12".repeat(16);
const at = (address: string) =>
  `model_provider = "x"\n[model_providers.x]\nname = "x"\nbase_url = "${address}"\n`;

describe("what the status bar tells of the clients", () => {
  let home: string;
  let looks: number;
  beforeEach(async () => {
    user.reset();
    home = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "status-")));
    looks = 0;
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const read = async (key?: string, variables: Record<string, string> = {}) => {
    const services = servicesIn(home, fs, new Secrets(key));
    const diagnosis = { look: () => (looks++, services.diagnosis.look("files")) };
    const environment = () => ({ ...services.environment(), variables });
    return readClientStatus({ ...services, diagnosis, environment });
  };
  const write = async (name: string, text: string) => {
    await fs.mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await fs.writeFile(path.join(home, name), text);
  };

  it("is nothing, and no look is taken, where nothing is ours and no file names an endpoint", async () => {
    await write(".codex/config.toml", at("https://other.example/v1"));
    await write(".config/opencode/opencode.json", "{}");
    assert.deepEqual(await read(), { use: [], drift: [] });
    assert.equal(looks, 0);
  });

  const ours: [string, string, string][] = [
    ["the key file", ".config/tokenpool/api-key", KEY],
    ["the journal", "store/journal.json", "[]"],
    ["an endpoint in Codex's file", ".codex/config.toml", at("https://api.tokenpool.dev")],
    ["the chosen endpoint in Codex's file", ".codex/config.toml", at("https://mine.example")],
    [
      "an endpoint in OpenCode's file",
      ".config/opencode/opencode.json",
      '{"a": "https://api.clawto.link/v1"}',
    ],
  ];
  for (const [title, file, text] of ours) {
    it(`is looked for without a key where there is ${title}`, async () => {
      user.settings.set(Setting.baseUrl, "https://mine.example");
      await write(file, text);
      assert.equal((await read()).use.length, 2);
      assert.equal(looks, 1);
    });
  }

  it("is looked for where a key is stored", async () => {
    assert.equal((await read(KEY)).use.length, 2);
    assert.equal(looks, 1);
  });
});
