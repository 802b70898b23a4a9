import type { ClientEnvironment } from "../client";
import { joinVariables } from "./joinVariables";
import { pathRules } from "./pathRules";

type PathEnvironment = Pick<ClientEnvironment, "homeDirectory" | "platform" | "variables">;

/**
 * A path that the user named in a setting or variable, with a leading `~` resolved as a shell would, on Windows
 * `%USERPROFILE%` and its like too. Where a client would start from nobody knows, so a relative one counts from the
 * home directory.
 */
export function userPath(environment: PathEnvironment, named: string): string {
  const { homeDirectory, platform } = environment;
  const rules = pathRules(platform);
  const spelled = platform === "win32" ? withVariables(environment, named) : named;
  const expanded = /^~(?=$|[/\\])/.test(spelled) ? homeDirectory + spelled.slice(1) : spelled;
  return rules.isAbsolute(expanded) ? rules.normalize(expanded) : rules.join(homeDirectory, expanded);
}

/** Windows tells no capitals in names from small letters. What is not set stays as it stands, as its shells have it. */
export function withVariables(
  { homeDirectory, variables }: Pick<PathEnvironment, "homeDirectory" | "variables">,
  text: string,
): string {
  const known = joinVariables("win32", variables, { USERPROFILE: homeDirectory });
  return text.replace(/%(\w{1,100})%/g, (whole, name: string) => known[name] ?? whole);
}
