// Diagnosis of a full set-up, and of one keystroke in a huge config.toml, against parsing the same file alone.
import { parse } from "smol-toml";
import { diagnose } from "../src/doctor/diagnose";
import { takeSnapshot } from "../src/doctor/snapshot/snapshot";
import { CODEX_FILES, codexAuth, Machine, OPENCODE_FILES } from "../test/unit/doctor/machine";
import { codexConfigOf } from "./support/codexConfig";
import { measure, printRatios } from "./support/measure";

const CONFIG = ".codex/config.toml";
const TOKENPOOL = CODEX_FILES[CONFIG];

/** The user's own tables behind TokenPool's; the last character is the one just typed. */
function typedConfig(bytes: number, typed: string): string {
  const [top = "", provider = ""] = TOKENPOOL.split("\n\n");
  const others = codexConfigOf(bytes).replace(/^(?!\[)[^[]*/, "");
  return `${top}\n\n${provider}\n${others}\n[tui]\ntheme = "dark${typed}"\n`;
}

async function diagnosis(title: string, config: string, rounds: number): Promise<void> {
  const files = {
    ...OPENCODE_FILES,
    [CONFIG]: config,
    ".codex/auth.json": codexAuth(),
    "project/opencode.json": "{}",
  };
  await Machine.use({ files, folders: ["project"] }, async (machine) => {
    const look = () => takeSnapshot(machine.sources());
    const snapshot = await look();
    const measured = await measure(
      [
        { name: "look at the machine and diagnose", run: async () => diagnose(await look()) },
        { name: "diagnose", run: () => diagnose(snapshot) },
        { name: "smol-toml parse", run: () => parse(config) },
      ],
      rounds,
    );
    printRatios(
      `${title}, config.toml of ${Math.round(config.length / 1000)} kB: ${diagnose(snapshot).length} found`,
      measured,
    );
  });
}

await diagnosis("a healthy set-up of both clients", typedConfig(5_000, ""), 40);
await diagnosis("one keystroke in a healthy file", typedConfig(500_000, "e"), 5);
await diagnosis(
  "one keystroke in a file with problems",
  typedConfig(500_000, "e")
    .replace("https://api.clawto.link", "https://tokenpool.dev")
    .replace("requires_openai_auth = true", 'supports_websockets = true\nwire_api = "chat"')
    .replace('wire_api = "responses"\n', ""),
  5,
);
