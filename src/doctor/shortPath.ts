import { isSamePlace } from "../changes/spelling";

/** A path with `~` for the home directory, so that screenshots and reports tell no user name. */
export function shortPath(path: string, homeDirectory: string): string {
  const rest = path.slice(homeDirectory.length);
  const isInHome = homeDirectory !== "" && isSamePlace(path.slice(0, homeDirectory.length), homeDirectory);
  return isInHome && /^[/\\]/.test(rest) ? `~${rest}` : path;
}
