/** Our provider's id; models are named `tokenpool/<model>`. */
export const PROVIDER_ID = "tokenpool";
export const PROVIDER_PATH = ["provider", PROVIDER_ID] as const;
/** OpenCode's own provider, which TokenPool's documentation points to the gateway by hand. */
export const OPENAI_PATH = ["provider", "openai"] as const;

/** True for a `provider/model` of our provider. */
export function isOurModel(model: unknown): boolean {
  return typeof model === "string" && model.startsWith(`${PROVIDER_ID}/`);
}
