import { posix, win32 } from "node:path";

/** `C:\…`, `\\server\share\…`, `\\?\…`, `\…`: no absolute path of another system begins so. */
const WINDOWS_PATH = /^(?:[a-z]:[\\/]|\\)/i;

/** What follows the distribution's name is on Linux, where case counts. */
const IN_WSL = /^\\\\(?:wsl\$|wsl\.localhost)\\([^\\]+)/i;

/**
 * The same text for all the ways in which a path may be spelled, to compare by and never to open: on Windows drive
 * letters, case, separators, `\\?\` and a separator at the end tell no two places apart. VS Code says `c:\Users\x` where
 * the system says `C:\Users\x`. Everywhere else each character counts. Links are for `realpath`, which asks the disk.
 * @param place an absolute path; its own shape tells which system it is of
 */
export function spellingOf(place: string): string {
  if (!WINDOWS_PATH.test(place)) return place;
  const plain = win32.normalize(place.replace(/^\\\\\?\\UNC\\/i, "\\\\").replace(/^\\\\\?\\/, ""));
  const withoutEnd = plain.length > win32.parse(plain).root.length ? plain.replace(/\\$/, "") : plain;
  const wsl = IN_WSL.exec(withoutEnd);
  if (!wsl) return withoutEnd.toLowerCase();
  return `\\\\wsl.localhost\\${wsl[1]?.toLowerCase() ?? ""}${withoutEnd.slice(wsl[0].length)}`;
}

/** Two spellings of one place, links aside. */
export function isSamePlace(one: string, other: string): boolean {
  return spellingOf(one) === spellingOf(other);
}

/** A place lies in a folder, or is the folder itself; both absolute, links aside. */
export function isWithin(folder: string, place: string): boolean {
  const rules = WINDOWS_PATH.test(place) ? win32 : posix;
  const way = rules.relative(spellingOf(folder), spellingOf(place));
  return way !== ".." && !way.startsWith(`..${rules.sep}`) && !rules.isAbsolute(way);
}
