import type { ClientId } from "../clientId";
import { ccSwitchApp as codex } from "../codex/ccSwitch/ccSwitchApp";
import { ccSwitchApp as opencode } from "../opencode/ccSwitch/ccSwitchApp";
import type { CcSwitchApp } from "./app";

/** The clients that CC Switch knows. */
export const CC_SWITCH_APPS: Readonly<Partial<Record<ClientId, CcSwitchApp>>> = { codex, opencode };
