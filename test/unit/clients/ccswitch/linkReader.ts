/** What CC Switch stores after a link, as far as somebody who hands a provider over must know it. */
export interface Card {
  /** Without the time stamp that follows. */
  readonly id: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Codex. */
  readonly name?: string;
  readonly model?: string;
  /** OpenCode. */
  readonly models?: readonly string[];
  readonly extraEndpoints?: readonly string[];
  readonly usageScript?: Readonly<Record<string, unknown>>;
}

export interface ReadLink {
  /** The running program does not look at it: neither a dialog nor an error. */
  readonly silent: boolean;
  readonly parsed?: Readonly<Record<string, unknown>>;
  readonly refusedAt?: "parse" | "import";
  readonly card?: Card;
}

const APPS = ["claude", "codex", "gemini", "grokbuild", "opencode", "openclaw", "hermes"];
const TEXTS = [
  ...["app", "name", "homepage", "endpoint", "apiKey", "model", "notes", "icon", "usageScript"],
  ...["usageApiKey", "usageBaseUrl", "usageAccessToken", "usageUserId"],
  ...["haikuModel", "sonnetModel", "opusModel"],
];
const FLAGS = ["enabled", "usageEnabled"];

/** Reads a link by the rules of CC Switch 3.20.0, written down from what it was seen to do; shares nothing with src. */
export function readLink(link: string): ReadLink {
  const silent = !link.startsWith("ccswitch://");
  const parsed = parse(link);
  if (!parsed) return { silent, refusedAt: "parse" };
  const card = cardOf(parsed);
  return { silent, parsed, ...(card ? { card } : { refusedAt: "import" }) };
}

function parse(link: string): Record<string, unknown> | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== "ccswitch:" || url.hostname !== "v1" || url.pathname !== "/import") return undefined;
  // Of a name that comes twice the last one counts.
  const given = Object.fromEntries(url.searchParams);
  if (given.resource !== "provider" || !APPS.includes(given.app ?? "") || given.name === undefined)
    return undefined;
  const addresses = (given.endpoint ?? "").split(",").map((address) => address.trim());
  if (![given.homepage ?? "", ...addresses].every((address) => address === "" || isWebAddress(address)))
    return undefined;
  const parsed: Record<string, unknown> = {};
  for (const name of TEXTS) if (given[name] !== undefined) parsed[name] = given[name];
  for (const name of FLAGS)
    if (["true", "false"].includes(given[name] ?? "")) parsed[name] = given[name] === "true";
  const icon = (given.icon ?? "").trim().toLowerCase();
  if (icon === "") delete parsed.icon;
  else parsed.icon = icon;
  if (/^\+?\d+$/.test(given.usageAutoInterval ?? ""))
    parsed.usageAutoInterval = Number(given.usageAutoInterval);
  return parsed;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

function cardOf(parsed: Readonly<Record<string, unknown>>): Card | undefined {
  const text = (name: string) => (parsed[name] === undefined ? undefined : textOf(parsed[name]));
  const apiKey = text("apiKey");
  const addresses = (text("endpoint") ?? "").split(",").map((address) => address.trim());
  if (!apiKey || addresses.every((address) => address === "")) return undefined;
  const [first = ""] = addresses;
  const usageScript = scriptOf(parsed, first);
  if (usageScript === "broken") return undefined;
  const extraEndpoints = addresses
    .filter((address) => address !== "")
    .slice(1)
    .map(withoutSlash);
  const name = text("name") ?? "";
  const model = text("model");
  const card = {
    id: name.toLowerCase().replace(/[^\p{L}\p{N}_-]/gu, ""),
    apiKey,
    ...(extraEndpoints.length > 0 && { extraEndpoints }),
    ...(usageScript && { usageScript }),
  };
  return parsed.app === "codex"
    ? {
        ...card,
        baseUrl: withoutSlash(first),
        name: name.replace(/\p{Cc}/gu, "").trim() || "custom",
        model: model ?? "gpt-5-codex",
      }
    : { ...card, baseUrl: first, models: model === undefined ? [] : [model] };
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, "");
}

function scriptOf(parsed: Readonly<Record<string, unknown>>, baseUrl: string) {
  if (!Object.keys(parsed).some((name) => name.startsWith("usage"))) return undefined;
  const interval = parsed.usageAutoInterval;
  if (typeof interval === "number" && interval > 1440) return "broken";
  const code = decodeBase64(textOf(parsed.usageScript));
  if (code === undefined) return "broken";
  // What is the provider's own is not stored again.
  const own = (name: string, ofProvider: unknown) => {
    const value = textOf(parsed[name]);
    return value !== "" && value !== ofProvider ? value : undefined;
  };
  const apiKey = own("usageApiKey", parsed.apiKey);
  const address = own("usageBaseUrl", undefined)?.trim();
  return {
    enabled: parsed.usageEnabled === true,
    language: "javascript",
    code,
    timeout: 10,
    ...(apiKey && { apiKey }),
    ...(address && withoutSlash(address) !== withoutSlash(baseUrl) && { baseUrl: address }),
    ...(interval !== undefined && { autoQueryInterval: interval }),
  };
}

function decodeBase64(text: string): string | undefined {
  const plain = text.trim().replaceAll(" ", "+").replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(plain)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(plain, "base64"));
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
