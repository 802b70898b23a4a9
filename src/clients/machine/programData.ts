import * as path from "node:path";
import type { ClientEnvironment } from "../client";

/** Where programs on Windows keep what is for everybody on the machine; only an administrator may write there. */
export function programData({ variables }: Pick<ClientEnvironment, "variables">): string {
  const { ProgramData = "" } = variables;
  return path.win32.isAbsolute(ProgramData) ? ProgramData : "C:\\ProgramData";
}
