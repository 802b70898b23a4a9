// One probe against one curl over TLS 1.3 with a fresh connection each, directly and with a delay in each
// direction, in turns. curl's time is its own (`time_total`), without the start of its process; ours is
// everything that `probe` does. No way is shorter than three round trips: TCP, TLS and the request.
import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { oneWay } from "../src/health/http/network";
import { probe } from "../src/health/probe/probe";
import { selfSigned } from "../test/unit/health/certificate";
import { median, printRatios } from "./support/measure";
import type { ProbeTarget } from "./support/probeTarget";

const DELAYS_MS = [0, 25, 100];
const ROUNDS = 15;
const WARM_UPS = 3;
const DAY = 86_400_000;

const folder = await mkdtemp(join(tmpdir(), "tokenpool-bench-"));
const certificate = selfSigned("localhost", new Date(Date.now() - DAY), new Date(Date.now() + DAY));
const certFile = join(folder, "certificate.pem");
const keyFile = join(folder, "key.pem");
await writeFile(certFile, certificate.cert);
await writeFile(keyFile, certificate.key);
const route = { secureContext: createSecureContext({ ca: certificate.cert }) };

const script = fileURLToPath(new URL("support/probeTarget.ts", import.meta.url));
const target = fork(script, [certFile, keyFile, ...DELAYS_MS.filter((ms) => ms > 0).map(String)]);
const [{ ports }] = (await once(target, "message")) as [ProbeTarget];

for (const delayMs of DELAYS_MS) {
  const endpoint = `https://localhost:${ports[delayMs]}`;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    const times = [await timeProbe(endpoint), await timeCurl(endpoint)] as const;
    if (round < 0) continue;
    ours.push(times[0]);
    theirs.push(times[1]);
  }
  const floorMs = 6 * delayMs;
  printRatios(delayMs === 0 ? "Probe, directly" : `Probe with ${delayMs} ms in each direction`, [
    { name: "probe", medianMs: median(ours) },
    ...(floorMs > 0 ? [{ name: "three round trips, the floor", medianMs: floorMs }] : []),
    { name: "curl", medianMs: median(theirs) },
  ]);
}
target.disconnect();
await rm(folder, { recursive: true });

async function timeProbe(endpoint: string): Promise<number> {
  const start = performance.now();
  const report = await probe({ endpoint, apiKey: "a-key-for-the-bench", network: oneWay(route) });
  if (report?.state !== "ok") throw new Error(`the probe found ${JSON.stringify(report)}`);
  return performance.now() - start;
}

async function timeCurl(endpoint: string): Promise<number> {
  const output = "%{stderr}%{time_total}";
  const options = ["--silent", "--fail", "--noproxy", "*", "--cacert", certFile, "--write-out", output];
  const { stderr } = await promisify(execFile)("curl", [...options, `${endpoint}/v1/models`]);
  return Number(stderr) * 1000;
}
