import * as path from "node:path";

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
  {
    platform,
    variables,
  }: { platform: NodeJS.Platform; variables: Readonly<Record<string, string | undefined>> },
  program: string,
  args: readonly string[],
): ShellCall {
  if (platform !== "win32") {
    return {
      shellPath: "/bin/sh",
      shellArgs: ["-c", '"$0" "$@"; exec "${SHELL:-/bin/sh}"', program, ...args],
    };
  }
  const shellPath = path.win32.join(variables.SystemRoot ?? "C:\\Windows", "System32", "cmd.exe");
  const line = [program, ...args].map((word) => `"${word}"`).join(" ");
  // With /s only the outer quotes are taken away; /d leaves out what the registry would run before.
  return { shellPath, shellArgs: `/d /s /k "${line}"` };
}
