import * as fs from "node:fs";
import * as path from "node:path";
import { run, runOrThrow } from "../harness/run";
import { ensureDebianPackages } from "../harness/systemPackages";
import { Wine } from "./wine";

/** Debian 12's own Wine 8 runs neither Node 24 nor Codex: they want `bcryptprimitives.dll`. */
const SUITE = "trixie";

/** What Debian's archive is signed with, on every Debian. */
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** `libc-bin` brings C.UTF-8, without which a folder named 张三 cannot be made. */
const PACKAGES = ["wine64", "libwine", "libc-bin", "dash", "coreutils"];

/**
 * Wine 10, unpacked beside the system and not installed, and a `C:` of its own: `root` and `prefix` in the folder.
 * @throws where this is not a Debian on amd64 with root, or its packages cannot be had
 */
export async function installWine(folder: string): Promise<void> {
  await ensureDebianPackages({ mmdebstrap: "mmdebstrap" });
  const root = path.join(folder, "root");
  const sites = await runOrThrow("apt-get", ["indextargets", "--format", "$(SITE)"]);
  const mirror = sites.split("\n")[0] ?? "";
  await runOrThrow("mmdebstrap", [
    "--variant=extract",
    `--include=${PACKAGES.join(",")}`,
    `--keyring=${KEYRING}`,
    SUITE,
    root,
    mirror,
  ]);
  completeRoot(root);
  const prefix = path.join(folder, "prefix");
  fs.mkdirSync(prefix);
  fs.chownSync(prefix, Wine.USER, Wine.USER);
  const wine = await Wine.start({ runtime: folder, makesPrefix: true });
  try {
    // Its exit code tells nothing: a service that did not start in time makes no difference.
    await wine.run("/usr/lib/wine/wine64", ["wineboot", "-i"]);
    await wine.run("/usr/lib/wine/wineserver64", ["-w"]);
  } finally {
    await wine.stop();
  }
  if (!fs.existsSync(path.join(prefix, "system.reg"))) throw new Error("Wine made no prefix.");
}

/** Does what the packages' own scripts would have done: they are unpacked, not installed. */
function completeRoot(root: string): void {
  for (const name of ["bin", "sbin", "lib", "lib64"])
    if (!fs.existsSync(path.join(root, name))) fs.symlinkSync(`usr/${name}`, path.join(root, name));
  if (!fs.existsSync(path.join(root, "bin/sh"))) fs.symlinkSync("dash", path.join(root, "usr/bin/sh"));
  for (const name of ["proc", "dev", "sys", "tmp", "home", "prefix", "runtime", "tree", "shared"])
    fs.mkdirSync(path.join(root, name), { recursive: true });
  // Without it `localhost` is nobody.
  fs.copyFileSync("/etc/hosts", path.join(root, "etc/hosts"));
  markLibrary(root, "i686-w64-mingw32", "i386-windows");
  markLibrary(root, "x86_64-w64-mingw32", "x86_64-windows");
}

/** Windows programs find `zlib1.dll`, which `user32.dll` needs, only where it carries Wine's mark (postinst of wine64). */
function markLibrary(root: string, from: string, to: string): void {
  const library = fs.readFileSync(path.join(root, "usr", from, "lib/zlib1.dll"));
  library.fill(0, 64, 96).write("Wine builtin DLL", 64);
  fs.writeFileSync(path.join(root, "usr/lib/x86_64-linux-gnu/wine", to, "zlib1.dll"), library);
}

/** Why Wine cannot be had on this machine; undefined where it can be tried. */
export async function whyNoWine(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64" || !fs.existsSync("/etc/debian_version"))
    return "this is not a Debian on amd64";
  if (process.getuid?.() !== 0) return "this user is not root";
  const { code } = await run("unshare", ["--mount", "--pid", "--fork", "true"]).catch(() => ({ code: -1 }));
  return code === 0 ? undefined : "no namespaces can be made here";
}
