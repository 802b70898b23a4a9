// Configuring Codex in a small and in a huge config.toml, against parsing it and against the way that loses
// comments: parse and stringify. @iarna/toml is measured whole here; the extension itself ships its renderer only.
import TOML from "@iarna/toml";
import { parse } from "smol-toml";
import type { KeyEdit } from "../src/changes/document/edits/keyEdit";
import { editToml } from "../src/changes/document/toml/editToml";
import { verifyEdit } from "../src/changes/document/verifyEdit";
import { measure, printRatios } from "./support/measure";
import { codexConfigOf } from "./support/codexConfig";

const PROVIDER = ["model_providers", "OpenAI"];

const EDITS: readonly KeyEdit[] = [
  { kind: "set", path: ["model_provider"], value: "OpenAI" },
  { kind: "set", path: ["model"], value: "gpt-5.5" },
  { kind: "set", path: ["review_model"], value: "gpt-5.5" },
  { kind: "set", path: ["disable_response_storage"], value: true },
  { kind: "set", path: [...PROVIDER, "name"], value: "OpenAI" },
  { kind: "set", path: [...PROVIDER, "base_url"], value: "https://api.clawto.link" },
  { kind: "set", path: [...PROVIDER, "wire_api"], value: "responses" },
  { kind: "set", path: [...PROVIDER, "requires_openai_auth"], value: true },
];

for (const [bytes, rounds] of [
  [5_000, 40],
  [500_000, 5],
] as const) {
  const text = codexConfigOf(bytes);
  const measured = await measure(
    [
      {
        name: "edit and check, as every write does",
        run: () => verifyEdit("toml", text, editToml(text, EDITS), EDITS),
      },
      { name: "edit", run: () => editToml(text, EDITS) },
      { name: "@iarna/toml parse and stringify", run: () => TOML.stringify(TOML.parse(text)) },
      { name: "smol-toml parse", run: () => parse(text) },
    ],
    rounds,
  );
  printRatios(`8 keys of a config.toml of ${text.length / 1000} kB`, measured);
}
