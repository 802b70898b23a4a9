import { type FilePlace, identityOf } from "../store";

/**
 * The same for one file however it was spelled. Entries of earlier versions, and those of a file that was new, may
 * not say where it really was; then another entry with the same spelling does.
 */
export function identitiesIn(files: readonly FilePlace[]): (place: FilePlace) => string {
  const real = new Map<string, string>();
  for (const { path, realPath } of files) if (realPath) real.set(path, realPath);
  return (place) => place.realPath ?? real.get(place.path) ?? identityOf(place);
}
