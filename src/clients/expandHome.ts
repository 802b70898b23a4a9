/** Resolves a leading `~` as a shell would; settings and variables are often written so. */
export function expandHome(file: string, homeDirectory: string): string {
  return /^~(?=$|[/\\])/.test(file) ? homeDirectory + file.slice(1) : file;
}
