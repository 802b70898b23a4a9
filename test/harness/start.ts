// `npm start`: a real VS Code with the extension, a gateway simulator and a demo key, in a home of its own.
//   --open     also open the address in a browser
//   --tour     do the whole main job by itself, print each step with what the real programs answered, and end
//   --desktop  use the desktop VS Code (`code` on the PATH) instead
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { type Gateway, startGateway } from "../gateway/gateway";
import { linkClientPrograms } from "./clientPrograms";
import { ROOT, VSIX } from "./paths";
import { run, runOrThrow } from "./run";
import { tour } from "./tour";
import { VSCodeServer } from "./vscodeServer";

const { values: options } = parseArgs({
  options: { open: { type: "boolean" }, desktop: { type: "boolean" }, tour: { type: "boolean" } },
});

await main();

async function main(): Promise<void> {
  console.log("Building the extension…");
  await runOrThrow("npm", ["run", "--silent", "package"], { cwd: ROOT });
  const gateway = await startGateway();
  const stopped = interrupted();
  try {
    await (options.desktop ? runDesktop(gateway, stopped) : runServer(gateway, stopped));
  } finally {
    await gateway.close();
    console.log("Stopped.");
  }
}

async function runServer(gateway: Gateway, stopped: Promise<void>): Promise<void> {
  const server = await VSCodeServer.start({
    extensions: [VSIX],
    machineSettings: { "tokenpool.baseUrl": gateway.url },
  });
  await linkClientPrograms(server.programs);
  try {
    const address = server.workbenchUrl(server.home);
    explain(gateway, `VS Code:   ${address}`, server.home);
    if (options.open)
      await run("xdg-open", [address]).catch(() => console.log("No browser could be opened."));
    await (options.tour ? tour(gateway, server) : stopped);
  } finally {
    await server.stop();
  }
}

async function runDesktop(gateway: Gateway, stopped: Promise<void>): Promise<void> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "tpv-desktop-"));
  const home = path.join(directory, "home");
  const programs = await linkClientPrograms(path.join(directory, "programs"));
  const userSettings = path.join(directory, "user-data/User/settings.json");
  for (const folder of [home, path.dirname(userSettings)]) fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    userSettings,
    JSON.stringify({ "tokenpool.baseUrl": gateway.url, "telemetry.telemetryLevel": "off" }),
  );
  const folders = [
    "--user-data-dir",
    path.join(directory, "user-data"),
    "--extensions-dir",
    path.join(directory, "extensions"),
  ];
  const env = { ...process.env, HOME: home, PATH: `${programs}:${process.env.PATH ?? ""}` };
  const child = spawn("code", [...folders, "--extensionDevelopmentPath", ROOT, "--wait", home], {
    env,
    stdio: "ignore",
  });
  try {
    const closed = new Promise<void>((resolve, reject) => {
      child.once("error", () => reject(new Error("There is no `code` on the PATH; leave out --desktop.")));
      child.once("exit", () => resolve());
    });
    explain(gateway, "VS Code opens in a window of its own.", home);
    await Promise.race([stopped, closed]);
  } finally {
    child.kill();
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function explain(gateway: Gateway, where: string, home: string): void {
  console.log(`
${where}
Gateway:   ${gateway.url} (simulator)
Demo key:  ${gateway.key}
Home:      ${home} (temporary: none of your files is touched)

Run “TokenPool: Set API Key…”, paste the demo key, then “TokenPool: Configure Codex”.
In the terminal of that VS Code, the real clients answer: codex exec --skip-git-repo-check "say hi"
Ctrl+C stops everything.`);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // Again and again: Ctrl+C arrives from the terminal and from npm, and the second must not cut the cleaning up.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve());
  });
}
