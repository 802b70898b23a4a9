import { describeLastCalls } from "./laboratory";
import { BOTH_CLIENTS } from "./scenarios";

describeLastCalls([BOTH_CLIENTS]);
