import type { ChangePlan, EditedFile, FileChange } from "./plan";

/**
 * Makes one change of several, so that they are previewed, written and undone together. Edits of the same
 * file follow each other; a file that one of the plans replaces as a whole is left to that plan.
 * @param plans at least one
 */
export function mergePlans(title: string, plans: readonly [ChangePlan, ...ChangePlan[]]): ChangePlan {
  const files = new Map<string, FileChange>();
  for (const file of plans.flatMap((plan) => plan.files)) {
    const known = files.get(file.path);
    if (!known || file.kind === "replace") files.set(file.path, file);
    else if (known.kind === "edit") files.set(file.path, bothEdits(known, file));
  }
  // A client must find its key before its configuration names the gateway.
  const credentialsFirst = [...files.values()].sort((a, b) => Number(b.credential) - Number(a.credential));
  const [{ client }] = plans;
  const isOneClient = plans.every((plan) => plan.client === client);
  return {
    ...(client !== undefined && isOneClient && { client }),
    title,
    files: credentialsFirst,
    notices: [...new Set(plans.flatMap((plan) => plan.notices))],
  };
}

function bothEdits(first: EditedFile, second: EditedFile): EditedFile {
  const isNew = (edit: EditedFile["edits"][number]) =>
    !first.edits.some(({ path }) => JSON.stringify(path) === JSON.stringify(edit.path));
  return {
    ...first,
    ...second,
    credential: first.credential || second.credential,
    edits: [...first.edits, ...second.edits.filter(isNew)],
  };
}
