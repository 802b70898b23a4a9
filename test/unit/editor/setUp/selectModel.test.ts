import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Command, Setting } from "../../../../src/ids";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { selectModel } = await import("../../../../src/editor/setUp/selectModel");

describe("selecting a model", () => {
  let home: string;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "model-"));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  /** @param models what the gateway offers @param labels what is chosen, list by list */
  async function select(models: readonly string[] | undefined, ...labels: readonly string[]): Promise<void> {
    const left = [...labels];
    user.choose = (items) => {
      const label = left.shift();
      return items.find((item) => item.label === label);
    };
    const health = { checkNow: () => Promise.resolve(undefined), findings: { models } };
    await selectModel(servicesIn(home, fs, new Secrets(undefined), { health }));
  }
  const shown = () => user.lists.map((items) => items.map(({ label }) => label));

  it("asks which of the two, then offers what the gateway offers to the key", async () => {
    await select(["gpt-5.5", "gpt-5.4"], "Review model", "gpt-5.4");
    assert.deepEqual(shown(), [
      ["Model", "Review model"],
      ["gpt-5.5", "gpt-5.4"],
    ]);
    assert.deepEqual([...user.settings], [[Setting.reviewModel, "gpt-5.4"]]);
    assert.match(user.messages[0]?.text ?? "", /Review model is gpt-5\.4 now/);
  });

  it("keeps the model in use on the list when it is not offered, and flags it", async () => {
    await select(["gpt-5.4"], "Model");
    assert.deepEqual(shown()[1], ["gpt-5.5", "gpt-5.4"]);
    assert.equal(user.lists[1]?.[0]?.description, "in use · not offered to your key");
  });

  for (const labels of [[], ["Model"], ["Model", "gpt-5.5"]])
    it(`sets nothing after ${labels.join(", ") || "nothing"} was chosen`, async () => {
      await select(["gpt-5.5", "gpt-5.4"], ...labels);
      assert.deepEqual([user.settings.size, user.messages], [0, []]);
    });

  for (const [button, ran] of [
    ["Open Troubleshooting", [Command.troubleshoot]],
    ["Open Settings", ["workbench.action.openSettings", Setting.model]],
  ] as const)
    it(`offers without a list: ${button}`, async () => {
      user.press = () => button;
      await select(undefined, "Model");
      assert.deepEqual(user.ran, [ran]);
      assert.deepEqual([shown(), user.settings.size], [[], 0]);
    });

  it("offers no change of files where no client uses TokenPool", async () => {
    await select(["gpt-5.5", "gpt-5.4"], "Model", "gpt-5.4");
    assert.deepEqual(
      user.messages.map(({ buttons }) => buttons),
      [[]],
    );
  });

  it("offers to write it into the files of a client that does", async () => {
    await fs.mkdir(path.join(home, ".codex"));
    const config =
      'model_provider = "OpenAI"\n[model_providers.OpenAI]\nbase_url = "https://api.clawto.link"\n';
    await fs.writeFile(path.join(home, ".codex/config.toml"), config);
    await select(["gpt-5.5", "gpt-5.4"], "Model", "gpt-5.4");
    assert.deepEqual(user.messages[0]?.buttons, ["Update Codex"]);
    assert.equal(await fs.readFile(path.join(home, ".codex/config.toml"), "utf8"), config);
  });
});
