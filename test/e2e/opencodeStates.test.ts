import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { prepareChange } from "../../src/changes/prepare";
import type { ChangePlan } from "../../src/changes/plan";
import type { ClientEnvironment } from "../../src/clients/client";
import { opencode } from "../../src/clients/opencode/opencode";
import { startGateway, type Gateway } from "../gateway/gateway";
import { runOpenCode } from "../harness/clientPrograms";

/**
 * OpenCode refuses to start while its configuration names a key file that is not there. Whatever a crash
 * leaves between two files of a change must therefore be a state in which it starts.
 */
describe("OpenCode between the files of a change", function () {
  this.timeout(180_000);
  let home: string;
  let gateway: Gateway;

  before(async () => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "tpv-states-"));
    gateway = await startGateway();
  });
  after(async () => {
    await gateway.close();
    fs.rmSync(home, { recursive: true, force: true });
  });

  const environment = (): ClientEnvironment => ({
    fs: fs.promises,
    variables: {},
    homeDirectory: home,
    platform: "linux",
    configuredDirectory: { codex: "", opencode: "" },
  });
  const inspect = () => opencode.inspect(environment(), gateway.url);

  /** Writes one file after the other and starts the real OpenCode each time. */
  async function startsAfterEachFile(plan: ChangePlan): Promise<number> {
    const { files } = await prepareChange(fs.promises, plan);
    const changed = files.filter(({ change }) => change !== "unchanged");
    for (const { planned, after } of changed) {
      fs.mkdirSync(path.dirname(planned.path), { recursive: true });
      if (after) fs.writeFileSync(planned.path, after);
      else fs.rmSync(planned.path);
      const { code, stdout, stderr } = await runOpenCode(home, ["models"]);
      assert.equal(code, 0, `after ${planned.path}: ${stdout}${stderr}`);
    }
    return changed.length;
  }

  it("starts after each file of configuring, and after each file of removing", async () => {
    const profile = { baseUrl: gateway.url, apiKey: gateway.key, model: "gpt-5.5", reviewModel: "gpt-5.5" };
    const plan = opencode.planConfiguration(await inspect(), profile, { fix: true, versions: [] });
    assert.equal(await startsAfterEachFile(plan), 2);
    // Its first start has made a second configuration file, which is cleaned as well.
    const { stdout } = await runOpenCode(home, ["models"]);
    assert.match(stdout, /tokenpool\/gpt-5\.5/);
    const removal = opencode.planRemoval(await inspect(), (_file, _path, current) =>
      current === undefined ? undefined : "absent",
    );
    assert.ok((await startsAfterEachFile(removal)) >= 2);
  });

  it("does not start without the key file, so that the order matters", async () => {
    const config = path.join(home, ".config/opencode/opencode.json");
    fs.mkdirSync(path.dirname(config), { recursive: true });
    const options = { apiKey: "{file:~/.config/tokenpool/gone}" };
    fs.writeFileSync(config, JSON.stringify({ provider: { tokenpool: { npm: "@ai-sdk/openai", options } } }));
    const { code, stdout, stderr } = await runOpenCode(home, ["models"]);
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /bad file reference/);
  });
});
