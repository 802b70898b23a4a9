import { startWire, type WireOptions } from "../../gateway/boxes/wire";
import type { Group, Row } from "../row";
import { certificateFor, PUBLIC } from "../scene";

/** The clients need their time on such wires, and get their answer. */
const wire = (box: string, says: string, options: WireOptions): Row => ({
  box,
  codex: true,
  opencode: true,
  says,
  patienceMs: 300_000,
  endpoint: async (scene) => {
    const port = await scene.secure(certificateFor("localhost", PUBLIC));
    return `https://localhost:${(await scene.open(startWire(port, options))).port}`;
  },
});

export const WIRES: Group = {
  title: "Slow and lossy wires",
  environment: (scene) => scene.trust(PUBLIC),
  rows: [
    wire("56 kbit/s", "ok", { roundTripMs: 100, bytesPerSecond: 7_000 }),
    wire("300 ms and 20 % loss", "ok", { roundTripMs: 300, loss: 0.2 }),
    wire("1,600 ms there and back", "ok", { roundTripMs: 1_600 }),
  ],
};
