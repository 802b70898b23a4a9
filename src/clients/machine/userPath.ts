import type { ClientEnvironment } from "../client";
import { pathRules } from "./pathRules";

/**
 * A path that the user named in a setting or variable, with a leading `~` resolved as a shell would. Where
 * a client would start from nobody knows, so a relative one counts from the home directory.
 */
export function userPath(
  { homeDirectory, platform }: Pick<ClientEnvironment, "homeDirectory" | "platform">,
  named: string,
): string {
  const rules = pathRules(platform);
  const expanded = /^~(?=$|[/\\])/.test(named) ? homeDirectory + named.slice(1) : named;
  return rules.isAbsolute(expanded) ? rules.normalize(expanded) : rules.join(homeDirectory, expanded);
}
