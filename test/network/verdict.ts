import * as fs from "node:fs/promises";
import { CLIENT_IDS, type ClientId } from "../../src/clients/clientId";
import { usualCertificates } from "../../src/clients/network/certificates";
import { CLIENTS } from "../../src/clients/registry";
import { networkFrom } from "../../src/editor/machine/networkOf";
import { probe } from "../../src/health/probe/probe";
import { isWorking } from "../../src/health/schedule";
import type { Group } from "./row";
import { Scene } from "./scene";

/** What the check of the endpoint says behind a box. */
export interface Said {
  /** The code; "ok" without one. */
  readonly says: string;
  /** The clients that it says get through. */
  readonly working: readonly ClientId[];
}

/** Asks the check once through each box of a group, for both clients. */
export function askProbe({ environment, rows, namespace }: Group): Promise<Said[]> {
  return Scene.use(async (scene) => {
    const variables = await environment(scene);
    // Those of this machine would make the result depend on it.
    const usual = await usualCertificates({ fs, platform: "linux" });
    const known = namespace ? usual : { ...usual, system: [] };
    const machine = { fs, homeDirectory: scene.home, platform: process.platform, variables } as const;
    const travellers = CLIENT_IDS.map((id) => ({ id, network: CLIENTS[id].network, variables }));
    const said: Said[] = [];
    // One after the other: boxes, check and all share this thread, and a check has its limits.
    for (const row of rows) {
      const endpoint = await row.endpoint(scene);
      const network = await networkFrom(machine, new URL(endpoint), travellers, known);
      const report = await probe({ endpoint, apiKey: scene.gateway.key, model: "gpt-5.5", network });
      if (!report) throw new Error("nobody cancelled it");
      const failing = report.failing ?? (isWorking(report) ? [] : CLIENT_IDS);
      said.push({ says: report.code ?? "ok", working: CLIENT_IDS.filter((id) => !failing.includes(id)) });
    }
    return said;
  });
}
