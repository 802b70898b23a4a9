import { readTextIfAny } from "../../changes/disk/readBytes";
import type { TextRange } from "../../changes/document/edits/textEdit";
import type { ClientEnvironment } from "../../clients/client";
import { codexNetwork } from "../../clients/codex/network";
import type { CodexState } from "../../clients/codex/state/state";
import { pathRules } from "../../clients/machine/pathRules";
import type { BaseUrlCheck } from "../../gateway/endpoints";
import { deadAddress, type IsListening } from "./localAddress";

/** Codex loads `.env` beside config.toml, lets it win over the environment, and waits for such a proxy for ever. */
export interface DeadProxy {
  /** The `.env` file. */
  readonly path: string;
  readonly range?: TextRange;
  /** Host and port. */
  readonly address: string;
}

const LARGEST_BYTES = 256 * 1024;

export async function deadProxy(
  { fs, platform }: ClientEnvironment,
  { dotEnv, variables, home }: CodexState,
  chosen: BaseUrlCheck,
  isListening: IsListening,
): Promise<DeadProxy | undefined> {
  if (!chosen.valid) return undefined;
  const proxy = codexNetwork.proxyFor(new URL(chosen.baseUrl), variables);
  if (proxy?.address === undefined || dotEnv[proxy.variable] === undefined) return undefined;
  const address = await deadAddress(proxy.address, isListening);
  if (address === undefined) return undefined;
  const path = pathRules(platform).join(home, ".env");
  const setting = new RegExp(`^\\s*(?:export\\s+)?${proxy.variable}\\s*=`, platform === "win32" ? "i" : "");
  const range = lastLine(setting, (await readTextIfAny(fs, path, LARGEST_BYTES)) ?? "");
  return { path, ...(range && { range }), address };
}

/** The last line that sets a variable is the one that counts. */
function lastLine(setting: RegExp, text: string): TextRange | undefined {
  const lines = text.split("\n");
  const line = lines.findLastIndex((each) => setting.test(each));
  if (line < 0) return undefined;
  return { line, column: 0, endLine: line, endColumn: lines[line]?.trimEnd().length ?? 0 };
}
