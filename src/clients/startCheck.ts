import type { ClientEnvironment, StartFailure } from "./client";
import { askProgram, type ProgramAnswer, type ProgramQuestion } from "./machine/askProgram";
import { mayBeStarted } from "./machine/mayBeStarted";
import { programsIn, trustedPath } from "./machine/searchPath";

/** The user waits for the answer after a change, and sees so. OpenCode takes a second, on a busy or cold machine several. */
const LIMIT_MS = 10_000;

/** So much of a message can be read in one line of a list. */
const LONGEST_WORDS = 300;

/**
 * A program quotes the values it does not like, such as a whole MCP server with its tokens: what is longer than a
 * setting's name is left out.
 */
const LONG_QUOTE = /"[^"]{25,}"|\{"[^{}]*\}/g;

/** Asks the program that a terminal would start; undefined where there is none, or it does not answer. */
export async function askFirst(
  environment: ClientEnvironment,
  program: string,
  question: Pick<ProgramQuestion, "args" | "variables">,
): Promise<ProgramAnswer | undefined> {
  const directories = await trustedPath(environment);
  const [file] = await programsIn(environment, directories, program);
  if (file === undefined || !(await mayBeStarted(environment, file, program))) return undefined;
  const workingDirectory = environment.homeDirectory;
  return askProgram(environment, { ...question, file, directories, workingDirectory, limit: LIMIT_MS });
}

/** @param text as the program prints it, over one or more lines */
export function startFailure(
  { homeDirectory }: ClientEnvironment,
  text: string,
  place: Pick<StartFailure, "path" | "range">,
): StartFailure {
  const line = text.replace(LONG_QUOTE, "…").replace(/\s+/g, " ").trim();
  const words = homeDirectory === "" ? line : line.replaceAll(homeDirectory, "~");
  const cut = words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
  return { starts: false, words: cut, ...place };
}
