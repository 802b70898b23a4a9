// What bench/editor.bench.ts measures inside the extension host of a real VS Code, where the extension is one of several.
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { Command } from "../../src/ids";
import { codexConfigOf } from "./codexConfig";
import { measure, type Measured, median } from "./measure";

/** What the host found out. */
export interface HostFigures {
  readonly configure: readonly Measured[];
  readonly waits: readonly KeystrokeWait[];
}

/** How long everything else in the extension host waits while somebody types, in milliseconds. */
export interface KeystrokeWait {
  readonly name: string;
  /** The longest wait of a client's file, and of the same text in a file that nobody reads. */
  readonly ours: number;
  readonly others: number;
}

const HOME = process.env.HOME ?? "";
const KEY = process.env.TOKENPOOL_BENCH_KEY ?? "";
const RESULT = process.env.TOKENPOOL_BENCH_RESULT ?? "";
const CONFIGURE_ROUNDS = 8;
const STROKES = 5;
/** Longer than the pause after which typed text is looked at, and the look itself on a slow machine. */
const WATCHED_MS = 3_000;

/** VS Code calls this; it keeps the window until `<result>.end` is there. */
export async function run(): Promise<void> {
  await vscode.commands.executeCommand(Command.setApiKey);
  const figures: HostFigures = { configure: await configure(), waits: await keystrokeWaits() };
  fs.writeFileSync(RESULT, JSON.stringify(figures));
  await new Promise<void>((resolve) => {
    const watch = setInterval(() => {
      if (!fs.existsSync(`${RESULT}.end`)) return;
      clearInterval(watch);
      resolve();
    }, 100);
  });
}

/** Longer than the extension takes to look at what was deleted and at what the round before has written. */
const QUIET_MS = 1_500;

/** A whole configuration from nothing while nothing else goes on, against Codex's own way to a key and one table. */
function configure(): Promise<Measured[]> {
  const ours = path.join(HOME, ".codex");
  const theirs = path.join(HOME, "theirs");
  const anew = async (folder: string) => {
    fs.rmSync(folder, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  };
  const codex = (args: readonly string[], input?: string) => {
    const running = promisify(execFile)("codex", args, { env: { ...process.env, CODEX_HOME: theirs } });
    running.child.stdin?.end(input);
    return running;
  };
  return measure(
    [
      {
        name: "Configure Codex",
        prepare: () => anew(ours),
        run: async () => {
          const { outcome } = await vscode.commands.executeCommand<{ outcome: string }>(
            Command.configureCodex,
            { confirm: false },
          );
          if (outcome !== "applied") throw new Error(`Configure Codex was ${outcome}`);
        },
      },
      {
        name: "codex login and codex mcp add",
        prepare: async () => {
          await anew(theirs);
          fs.mkdirSync(theirs);
        },
        run: async () => {
          await codex(["login", "--with-api-key"], `${KEY}\n`);
          await codex(["mcp", "add", "server", "--", "true"]);
        },
      },
    ],
    CONFIGURE_ROUNDS,
  );
}

async function keystrokeWaits(): Promise<KeystrokeWait[]> {
  const config = fs.readFileSync(path.join(HOME, ".codex/config.toml"), "utf8");
  const long = `${config}\nnotify = ["${"x".repeat(450_000)}"]\n`;
  const many = `${config}\n${codexConfigOf(500_000).replace(/^(?!\[)[^[]*/, "")}`;
  const waits: KeystrokeWait[] = [];
  for (const [name, text] of [
    ["40 kB", many.slice(0, many.indexOf("\n\n", 40_000) + 2)],
    ["500 kB", many],
    ["one line of 450 kB", long],
  ] as const) {
    const others = await longestWait(path.join(HOME, "other.toml"), text);
    waits.push({ name, ours: await longestWait(path.join(HOME, ".codex/config.toml"), text), others });
  }
  return waits;
}

async function longestWait(file: string, text: string): Promise<number> {
  fs.writeFileSync(file, text);
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document);
  await watched();
  const waits: number[] = [];
  for (let stroke = 0; stroke < STROKES; stroke++) {
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "#"));
    waits.push(await watched());
  }
  await document.save();
  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  // One hiccup of a busy machine is nobody's.
  return median(waits);
}

/** The longest time in which nothing else had its turn. */
async function watched(): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const clock = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  clearInterval(clock);
  return longest;
}
