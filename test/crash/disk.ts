import * as fs from "node:fs/promises";
import * as path from "node:path";
import { clock, type Machine } from "./machine";
import { apply, type Scenario } from "./scenarios";

/** A home directory and a store on the real disk, which can be put back as they were prepared. */
export class Disk implements Machine {
  readonly home: string;
  readonly store: Machine["store"];

  private constructor(
    readonly root: string,
    private readonly template: string,
  ) {
    this.home = path.join(root, "home");
    this.store = { fs, directory: path.join(root, "store"), now: clock() };
  }

  static async prepare(folder: string, scenario: Scenario): Promise<Disk> {
    const disk = new Disk(path.join(folder, "disk"), path.join(folder, "template"));
    await fs.mkdir(disk.home, { recursive: true });
    for (const { path: name, content, mode, linkedFrom } of scenario.files) {
      const file = path.join(disk.home, name);
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, content, { mode });
      if (!linkedFrom) continue;
      await fs.mkdir(path.dirname(path.join(disk.home, linkedFrom)), { recursive: true });
      await fs.symlink(file, path.join(disk.home, linkedFrom));
    }
    for (const plan of scenario.earlier) await apply(disk.store, disk.home, plan);
    await fs.rename(disk.root, disk.template);
    return disk;
  }

  async reset(): Promise<void> {
    await fs.rm(this.root, { recursive: true, force: true });
    await fs.cp(this.template, this.root, { recursive: true, verbatimSymlinks: true });
  }

  async list(folder: string): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    const entries = await fs.readdir(folder, { withFileTypes: true });
    for (const entry of entries) {
      const full = path.join(folder, entry.name);
      if (entry.isSymbolicLink()) found[full] = `link ${await fs.readlink(full)}`;
      else if (entry.isDirectory()) Object.assign(found, await this.list(full));
      else found[full] = `${(await fs.stat(full)).mode.toString(8)} ${await fs.readFile(full, "utf8")}`;
    }
    return entries.length === 0 ? { [folder]: "empty folder" } : found;
  }
}
