import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { Refusal } from "../../src/changes/refusal";
import { planConfiguration } from "../../src/clients/codex/configure";
import { planUndo } from "../../src/clients/codex/undo";
import { type Gateway, startGateway } from "../gateway/gateway";
import { askCodex } from "../harness/clientPrograms";
import { Machine } from "../unit/doctor/machine";
import { chatGptLogin, unsignedToken } from "./chatGptLogin";

const CONFIG = ".codex/config.toml";
const AUTH = ".codex/auth.json";
const TABLE = 'model_provider = "OpenAI"\n\n[model_providers.OpenAI]\n';

/** Tables of our name without a name of their own: before us Codex refused to start, and sent nothing. */
const NAMELESS: Readonly<Record<string, string>> = {
  "asks for the login": `${TABLE}requires_openai_auth = true\n`,
  "is empty": TABLE,
  "holds headers only": `${TABLE}\n[model_providers.OpenAI.http_headers]\nX-Mine = "1"\n`,
};

/** What somebody may do between our change and its undo. */
const EDITS: Readonly<Record<string, (config: string) => string>> = {
  "nobody wrote since": (config) => config,
  "something else was added": (config) => `${config}\n[tools]\nweb_search = true\n`,
  "the address got a slash": (config) => config.replace(/(base_url = "[^"]*)"/, '$1/"'),
};

describe("the real Codex with a ChatGPT login after our change was undone", function () {
  this.timeout(120_000);
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  for (const [shape, config] of Object.entries(NAMELESS)) {
    for (const [title, edit] of Object.entries(EDITS)) {
      for (const keepTable of [false, true]) {
        it(`never sends its token to the gateway: the table ${shape}, ${title}${keepTable ? ", table kept" : ""}`, () => {
          const files = { [CONFIG]: config, [AUTH]: JSON.stringify(chatGptLogin()) };
          return Machine.use({ files }, async (machine) => {
            const { codex } = await machine.snapshot();
            const models = { model: "gpt-5.5", reviewModel: "gpt-5.5" };
            const profile = { apiKey: gateway.key, baseUrl: gateway.url, ...models };
            const plan = planConfiguration(codex, profile, { fix: true, versions: ["0.169.0"] });
            const entry = await machine.apply(plan);
            assert.ok(entry);
            await fs.writeFile(path.join(machine.home, CONFIG), edit(await machine.read(CONFIG)));
            await planUndo(machine.store, entry, keepTable).then(
              (undo) => machine.apply(undo),
              (error: unknown) => assert.ok(error instanceof Refusal),
            );
            gateway.clear();
            await askCodex(machine.home, "say hi");
            const sent = gateway.requests.map(({ headers }) => headers.authorization ?? "");
            assert.ok(!sent.some((value) => value.includes(unsignedToken())), "the token stayed at home");
          });
        });
      }
    }
  }
});
