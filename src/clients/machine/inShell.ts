import * as path from "node:path";
import type { ClientEnvironment } from "../client";
import { isPowerShell } from "./searchPath";

/** A terminal's process, as VS Code starts it. */
export interface ShellCall {
  readonly shellPath: string;
  /** On Windows one command line. */
  readonly shellArgs: string[] | string;
}

/**
 * Starts a program in a terminal and leaves a shell behind, so that what it printed can be read. The shell is the
 * system's own, because each shell that a person may have quotes in its own way, and the program and its arguments
 * are no part of a script.
 * @param program absolute path
 * @param args without quotes and percent signs
 */
export function inShell(
  { platform, variables }: Pick<ClientEnvironment, "platform" | "variables">,
  program: string,
  args: readonly string[],
): ShellCall {
  if (platform !== "win32") {
    return {
      shellPath: "/bin/sh",
      shellArgs: ["-c", '"$0" "$@"; exec "${SHELL:-/bin/sh}"', program, ...args],
    };
  }
  const line = [program, ...args].map((word) => `"${word}"`).join(" ");
  if (isPowerShell(program)) {
    const shellPath = path.win32.join(systemFolder(variables), "WindowsPowerShell", "v1.0", "powershell.exe");
    // As it comes, Windows lets PowerShell run no script, not even the one that npm made.
    return { shellPath, shellArgs: `-NoExit -ExecutionPolicy Bypass -File ${line}` };
  }
  // With /s only the outer quotes are taken away; /d leaves out what the registry would run before.
  return { shellPath: commandPrompt({ variables }), shellArgs: `/d /s /k "${line}"` };
}

/** Windows' own shell by its whole path: by its name alone it could be one that lies in the current directory. */
export function commandPrompt({ variables }: Pick<ClientEnvironment, "variables">): string {
  return path.win32.join(systemFolder(variables), "cmd.exe");
}

function systemFolder(variables: ClientEnvironment["variables"]): string {
  return path.win32.join(variables.SystemRoot ?? "C:\\Windows", "System32");
}
