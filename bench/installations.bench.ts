// A million installations through an outage of ten minutes: prints the requests that reach the gateway.
import { BIN_SECONDS, OUTAGE_SECONDS, simulateOutage } from "../test/simulation/outage";

const INSTALLATIONS = 1_000_000;
const WIDTH = 60;

const { bins, steady, peakAfterRecovery } = simulateOutage({
  installations: INSTALLATIONS,
  failure: { state: "unreachable", code: "network/unreachable" },
  seed: 20261123,
});
const most = Math.max(...bins);
console.log(
  `Requests of ${INSTALLATIONS} installations, a line for each minute; the outage ends at ${OUTAGE_SECONDS} s`,
);
const binsOfAMinute = 60 / BIN_SECONDS;
for (let bin = 0; bin < bins.length; bin += binsOfAMinute) {
  const requests = Math.max(...bins.slice(bin, bin + binsOfAMinute));
  const bar = "#".repeat(Math.round((WIDTH * requests) / most));
  console.log(
    `${String(bin * BIN_SECONDS).padStart(6)} s ${(requests / steady).toFixed(2).padStart(6)} x ${bar}`,
  );
}
console.log(
  `Steady rate: ${steady} in ${BIN_SECONDS} s; peak after recovery: ${(peakAfterRecovery / steady).toFixed(2)} x`,
);
