import { spellingOf } from "../spelling";
import { type FilePlace, identityOf } from "../store";

/**
 * The same for one file however it was spelled. Entries of earlier versions, and those of a file that was new, may
 * not say where it really was; then another entry with the same spelling does.
 */
export function identitiesIn(files: readonly FilePlace[]): (place: FilePlace) => string {
  const real = new Map<string, string>();
  for (const place of files) if (place.realPath) real.set(spellingOf(place.path), identityOf(place));
  return (place) => (place.realPath ? undefined : real.get(spellingOf(place.path))) ?? identityOf(place);
}
