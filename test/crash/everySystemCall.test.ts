import { describeLastCalls } from "./laboratory";
import { BOTH_CLIENTS, MAIN_SCENARIOS } from "./scenarios";

describeLastCalls(MAIN_SCENARIOS.filter((scenario) => scenario !== BOTH_CLIENTS));
