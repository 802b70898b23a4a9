import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { askRealCodex } from "./realCodex";
import type { ClientRun } from "./realClient";
import { RealOpenCode } from "./realOpenCode";
import type { Group } from "./row";
import { Scene } from "./scene";

export interface RealRuns {
  readonly codex: ClientRun;
  readonly opencode: ClientRun;
}

/** Asks both real clients once through each box of a group. */
export function askRealClients({ environment, rows }: Group): Promise<RealRuns[]> {
  return Scene.use(async (scene) => {
    const env = await environment(scene);
    const endpoints = await Promise.all(rows.map(({ endpoint }) => endpoint(scene)));
    const { key } = scene.gateway;
    const homes = await fs.mkdtemp(path.join(os.tmpdir(), "network-homes-"));
    const home = async (name: string) => {
      const folder = path.join(homes, name);
      await fs.mkdir(folder);
      return folder;
    };
    try {
      const opencode = await RealOpenCode.start(await home("opencode"), env, endpoints, key);
      try {
        return await Promise.all(
          rows.map(async ({ patienceMs }, index) => {
            const codexHome = await home(`codex-${index}`);
            const [codex, answered] = await Promise.all([
              askRealCodex(codexHome, env, endpoints[index]!, key, patienceMs),
              opencode.ask(index, patienceMs),
            ]);
            return { codex, opencode: answered };
          }),
        );
      } finally {
        await opencode.stop();
      }
    } finally {
      await fs.rm(homes, { recursive: true, force: true });
    }
  });
}
