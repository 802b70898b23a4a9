import { parseArgs } from "node:util";
import { MODE_PATH } from "./control";
import { startGateway } from "./gateway";
import { GATEWAY_MODES } from "./modes";

/** Runs the simulator by hand: `node --import tsx test/gateway/main.ts [--port 8787]`. */
const { values } = parseArgs({ options: { port: { type: "string", default: "8787" } } });
const gateway = await startGateway({ port: Number(values.port) });

console.log(`TokenPool gateway simulator
Address   ${gateway.url}
Demo key  ${gateway.key}
Modes     ${GATEWAY_MODES.join(", ")}
Switch    curl -d '{"mode":"429"}' ${gateway.url}${MODE_PATH}
Stop      Ctrl+C`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void gateway.close());
}
