import { rememberingFileSystem } from "../../changes/disk/readings";
import type { Services } from "../services";

/** For one command that changes files: what it asks of a file, again and again, is read once while the file is the same. */
export function readingOnce(services: Services): Services {
  const fs = rememberingFileSystem(services.changes.fs);
  return {
    ...services,
    changes: { ...services.changes, fs },
    environment: () => ({ ...services.environment(), fs }),
  };
}
