/** A path with `~` for the home directory, so that screenshots and reports tell no user name. */
export function shortPath(path: string, homeDirectory: string): string {
  const rest = path.slice(homeDirectory.length);
  const isInHome = homeDirectory !== "" && path.startsWith(homeDirectory) && /^[/\\]/.test(rest);
  return isInHome ? `~${rest}` : path;
}
