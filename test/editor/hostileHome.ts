import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

export const HOME = process.env.HOME ?? "";

/** Every file of every client, those of a project included: the home directory is the folder that is open. */
export const FILES = [
  ".codex/config.toml",
  ".codex/auth.json",
  ".codex/.env",
  ".codex/work.config.toml",
  ".config/opencode/opencode.json",
  ".config/opencode/opencode.jsonc",
  ".config/opencode/config.json",
  ".config/tokenpool/api-key",
  ".local/share/opencode/auth.json",
  ".cc-switch/settings.json",
  "opencode.json",
];

/** Makes the hostile file at an absolute path where nothing is yet. */
export type Plant = (file: string) => void;

const isToml = (file: string) => file.endsWith(".toml");
const write =
  (textOf: (file: string) => string | Uint8Array): Plant =>
  (file) =>
    fs.writeFileSync(file, textOf(file));
const link =
  (target: (file: string) => string): Plant =>
  (file) =>
    fs.symlinkSync(target(file), file);

const DOUBLED_JSON = `{
  "provider": { "x": {}, "tokenpool": { "npm": "a" }, "tokenpool": { "npm": "b" } },
  "model": "a", "model": "b", "OPENAI_API_KEY": "a", "OPENAI_API_KEY": "b",
  "currentProviderCodex": "a", "currentProviderCodex": "b"
}`;
const DOUBLED_TOML = 'model = "a"\nmodel = "b"\n[model_providers.OpenAI]\n[model_providers.OpenAI]\n';
/** Names that every JavaScript object has already. */
const PROTOTYPE =
  '{"__proto__":{"provider":{"tokenpool":1}},"constructor":{"prototype":{}},"provider":{"__proto__":[]}}';
const PROTOTYPE_TOML =
  'model_provider = "__proto__"\n[__proto__]\nx = 1\n[model_providers.__proto__]\nname = 1\n[model_providers.constructor]\nprototype = {}\n';
/** Right in form, and every member of a kind that nobody expects. */
const WRONG_KINDS =
  '{"provider":[1],"model":{},"OPENAI_API_KEY":[],"tokens":7,"auth_mode":{},"mcp":1,"plugin":{}}';
const WRONG_KINDS_TOML =
  "model = 1\nmodel_provider = []\nmodel_providers = 1979-05-27\nprofile = {}\nmcp_servers = 1\n";

/** Root reads whatever has no permission, so unreadable is what nobody can read. */
export const KINDS: Readonly<Record<string, Plant>> = {
  "a folder": (file) => fs.mkdirSync(file),
  "a pipe that nobody writes to": (file) => void execFileSync("mkfifo", [file]),
  "a circle of links": link((file) => path.basename(file)),
  "a link to memory that never ends": link(() => "/proc/self/pagemap"),
  "a link to memory that cannot be read": link(() => "/proc/self/mem"),
  "a link to a device": link(() => "/dev/zero"),
  "without permission": (file) => fs.writeFileSync(file, "{}", { mode: 0 }),
  empty: write(() => ""),
  "with doubled names": write((file) => (isToml(file) ? DOUBLED_TOML : DOUBLED_JSON)),
  "as huge as may be": write((file) =>
    isToml(file) ? `a = [${"1,".repeat(2_400_000)}]` : `{"a":"${"b".repeat(4_900_000)}"}`,
  ),
  "larger than may be": write(() => Buffer.alloc(20_000_000, " ")),
  "deeply nested": write((file) =>
    isToml(file) ? `${"a.".repeat(20_000)}b = 1` : `${'{"provider":'.repeat(20_000)}1${"}".repeat(20_000)}`,
  ),
  "of names that every object has": write((file) => (isToml(file) ? PROTOTYPE_TOML : PROTOTYPE)),
  "of members of the wrong kind": write((file) => (isToml(file) ? WRONG_KINDS_TOML : WRONG_KINDS)),
  "no text at all": write(() => Uint8Array.from({ length: 4096 }, (_, index) => (index * 151) % 256)),
  "broken UTF-8": write(() => Buffer.concat([Buffer.from('{ "model": "'), Buffer.from([0xc3, 0x28, 0xff])])),
};

interface Remembered {
  readonly file: string;
  /** undefined: there was none. */
  readonly content?: Buffer;
  readonly mode?: number;
}

/** @returns puts all the files back as they are now */
export function rememberFiles(): () => void {
  const before = FILES.map((name): Remembered => {
    const file = path.join(HOME, name);
    if (!fs.existsSync(file)) return { file };
    return { file, content: fs.readFileSync(file), mode: fs.statSync(file).mode };
  });
  return () => {
    for (const remembered of before) {
      // Whatever is written anew is looked at anew by everything that watches it.
      if (isAsBefore(remembered)) continue;
      const { file, content, mode } = remembered;
      fs.rmSync(file, { recursive: true, force: true });
      if (!content) continue;
      // The folder goes with the file where a change of ours had made both.
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content, { mode });
    }
  };
}

function isAsBefore({ file, content, mode }: Remembered): boolean {
  // Of what is there, and not of what a link names; a pipe would be waited for.
  const info = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!info || !content) return !info && !content;
  return (
    info.isFile() &&
    info.mode === mode &&
    info.size === content.length &&
    content.equals(fs.readFileSync(file))
  );
}

/** Puts a hostile file in the place of whatever is there. */
export function replace(name: string, plant: Plant): void {
  const file = path.join(HOME, name);
  fs.rmSync(file, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  plant(file);
}
