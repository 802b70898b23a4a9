import { type Snapshot, takeSnapshot } from "../../../src/doctor/snapshot/snapshot";
import { joinVariables } from "../../../src/clients/machine/joinVariables";
import { windowsFiles } from "../clients/windowsFiles";
import { CODEX_FILES, Machine, type MachineState, OPENCODE_FILES } from "./machine";

const HOME = "Users/ann";

/** Names below the home directory, as names below `C:\`. */
export function inProfile(files: Readonly<Record<string, string | Uint8Array>>) {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${HOME}/${name}`, content]));
}

/** Both clients, working with TokenPool. */
export const WINDOWS_FILES = inProfile({ ...CODEX_FILES, ...OPENCODE_FILES });

/**
 * What is found on a Windows whose person is `C:\Users\ann`; `files` are below `C:\`, `codexHome` is the setting as it stands. For facts and findings only:
 * what is written on Windows is tried in `test/windows`.
 */
export function snapshotOnWindows(state: MachineState): Promise<Snapshot> {
  return Machine.use(state, (machine) => {
    const sources = machine.sources();
    const { environment } = sources;
    return takeSnapshot({
      ...sources,
      environment: {
        ...environment,
        fs: windowsFiles(machine.home),
        platform: "win32",
        homeDirectory: "C:\\Users\\ann",
        variables: joinVariables("win32", state.variables ?? {}),
        configuredDirectory: { codex: state.codexHome ?? "" },
      },
    });
  });
}
