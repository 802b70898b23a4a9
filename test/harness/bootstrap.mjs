// Entry of `npm start`, `npm test` and the like on a fresh clone: plain JavaScript without dependencies.
// Installs the npm packages when they are missing or older than package-lock.json, then hands over.
//   node test/harness/bootstrap.mjs <program in test/harness> [arguments]
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const LOWEST_NODE = [20, 19];
const root = fileURLToPath(new URL("../..", import.meta.url));
const [program, ...programArguments] = process.argv.slice(2);

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor < LOWEST_NODE[1])) {
  console.error(`Node ${LOWEST_NODE.join(".")} or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

installPackages();
const script = path.join(root, "test/harness", `${program}.ts`);
const child = spawn(process.execPath, ["--import", "tsx", script, ...programArguments], {
  cwd: root,
  stdio: "inherit",
});
// Who ends this process means the program: it must not go on alone, and the prompt waits until it has cleaned up.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));

/** `npm ci` only when needed: it deletes node_modules first and takes a while. */
function installPackages() {
  const stamp = path.join(root, "node_modules/.installed-lock");
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("Installing npm packages…");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: npm !== "npm",
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  writeFileSync(stamp, lock);
}
