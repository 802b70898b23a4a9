import type { KeyPath } from "../../../changes/document/edits/keyEdit";
import type { ClientFile } from "../../../clients/configFile";
import { type Problem, problem } from "../../problem";
import { placeOf } from "../place";

/** A value of a project's file takes the key. @param evidence nothing that must not be shown */
export function overrides(file: ClientFile, key: KeyPath, evidence: string, message?: string): Problem {
  return problem("opencode/project-overrides", {
    client: "opencode",
    at: key.join("."),
    ...placeOf(file, key, "value"),
    evidence,
    ...(message !== undefined && { message }),
  });
}
