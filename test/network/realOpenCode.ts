import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout } from "node:timers/promises";
import { ANSWER_TEXT } from "../gateway/bodies";
import { clientProgram } from "../harness/clientPrograms";
import { opencodeConfig } from "../unit/doctor/machine";
import { PATIENCE_MS } from "./realCodex";
import { hermetic, type ClientRun } from "./realClient";

const MODEL = "gpt-5.5";

/**
 * One process of the real OpenCode that asks many endpoints, each by a provider of its own: its start costs
 * more than all its questions. `opencode run` is the same server with one question.
 */
export class RealOpenCode {
  private log = "";
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  /** @param home a home directory of its own; @param endpoints base URLs without `/v1` */
  static async start(
    home: string,
    env: Readonly<Record<string, string>>,
    endpoints: readonly string[],
    apiKey: string,
  ): Promise<RealOpenCode> {
    const models = { [MODEL]: { name: MODEL } };
    const provider = Object.fromEntries(
      endpoints.map((endpoint, index) => [
        providerId(index),
        { npm: "@ai-sdk/openai", options: { baseURL: `${endpoint}/v1`, apiKey }, models },
      ]),
    );
    const folder = path.join(home, ".config/opencode");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "opencode.json"), opencodeConfig({ provider }));
    const args = ["serve", "--hostname", "127.0.0.1", "--port", "0", "--print-logs", "--log-level", "ERROR"];
    const child = spawn(await clientProgram("opencode"), args, hermetic(home, env));
    const heard = new RealOpenCode(child, "");
    const listens = heard.until(() => /listening on (http:\S+)/.exec(heard.log)?.[1]);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        heard.log += chunk.toString();
        for (const look of heard.waiting) look();
      });
    return Object.assign(heard, { url: await listens });
  }

  /** Asks one question of the endpoint with this index. A first try that failed is a failure: it would go on for minutes. */
  async ask(index: number, patienceMs = PATIENCE_MS): Promise<ClientRun> {
    const { id } = (await this.post("/session", { title: "hi" })) as { id: string };
    const answered = this.post(`/session/${id}/message`, {
      model: { providerID: providerId(index), modelID: MODEL },
      parts: [{ type: "text", text: "say hi" }],
    }).then(JSON.stringify, String);
    const failed = this.until(() =>
      this.log
        .split("\n")
        .find((line) => line.includes("stream error") && line.includes(`providerID=${providerId(index)} `)),
    );
    const output = await Promise.race([
      answered,
      failed,
      setTimeout(patienceMs, "no answer", { ref: false }),
    ]);
    return { works: output.includes(ANSWER_TEXT), output };
  }

  async stop(): Promise<void> {
    this.child.kill("SIGKILL");
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "close");
  }

  private async post(route: string, body: object): Promise<unknown> {
    const response = await fetch(this.url + route, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  private until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }
}

const providerId = (index: number) => `box-${index}`;
