/**
 * The model ids in the answer to `GET /v1/models`, or undefined when it is no model list.
 *
 * Known shapes: OpenAI, sub2api and new-api send `{data: [{id}]}`; sub2api's manifest for Codex is
 * `{models: [{slug}]}`. Every entry must carry an id: a half-right list is another product's.
 * An empty list may stand beside an error that was sent with 200.
 */
export function parseModelList(json: unknown): string[] | undefined {
  if (!isRecord(json) || json["success"] === false || json["error"]) return undefined;
  if (Array.isArray(json["data"])) return idsOf(json["data"], "id");
  if (Array.isArray(json["models"])) return idsOf(json["models"], "slug");
  return undefined;
}

function idsOf(entries: readonly unknown[], member: string): string[] | undefined {
  const ids = entries.map((entry) => (isRecord(entry) ? entry[member] : undefined));
  return ids.every((id): id is string => typeof id === "string" && id !== "") ? ids : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
