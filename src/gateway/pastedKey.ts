/** Of a snippet that holds a key; a longer text was copied by mistake. */
const LONGEST_TEXT = 10_000;
/** What the gateway generates: `sk-` and the hex form of 32 bytes. */
const GENERATED = /(?<![\w-])sk-[0-9a-f]{64}(?![\w-])/g;
/** Names that stand before a key in the files, commands and headers that people copy. */
const NAMED =
  /(?:OPENAI_API_KEY|TOKENPOOL_API_KEY|CODEX_API_KEY|api[_-]?key|experimental_bearer_token|bearer)["'`]?(?:\s*[:=,]\s*|\s+)["'`]?([^\s"'`,;&}]+)/i;
/** What people write before a key themselves; not a part of a longer name, or of an address. */
const LABELLED = /(?:密钥|令牌|(?<![\w?&-])key)(?:是|为| is)?\s*[:=]\s*["'`]?([^\s"'`,;&}]+)/i;
/** Any key with the usual prefix, long enough to be one (sub2api's own limit), and not the visible part of a masked one. */
const PREFIXED = /(?<![\w-])sk-[\w-]{13,}(?![\w-]|\s*[*•●]|\s*\.\.\.)/g;
const LINK = /^ccswitch:\/\//i;

/**
 * Takes the key out of whatever was pasted: a file or command that names it, a header, a sentence in any language,
 * a link for CC Switch, a key that a terminal, a mail or a chat program wrapped, quoted or widened.
 * @returns several texts when it holds several keys; the text itself, tidied, when no key is found in it
 */
export function keysIn(pasted: string): readonly string[] {
  if (pasted.trim().length > LONGEST_TEXT) return [pasted.trim()];
  const text = plain(pasted);
  if (LINK.test(text)) return keysOfLink(text) ?? [text];
  // A line break inside comes from a program that wrapped the key; a space from a PDF.
  const found = distinct(text.match(GENERATED)) ?? distinct(text.replace(/\s+/g, "").match(GENERATED));
  if (found) return found;
  const named = (NAMED.exec(text) ?? LABELLED.exec(text))?.[1];
  return named !== undefined ? [named] : (distinct(text.match(PREFIXED)) ?? [unwrapped(text)]);
}

/** Input methods widen letters, chat programs make dashes and quotes of their own and hide marks between letters. */
function plain(pasted: string): string {
  return pasted
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Pd}/gu, "-")
    .replace(/[“”‘’„«»「」『』《》【】]/g, '"')
    .trim();
}

/** A parameter of its own, or else within the configuration that the link carries. */
function keysOfLink(link: string): readonly string[] | undefined {
  if (!URL.canParse(link)) return undefined;
  const { searchParams } = new URL(link);
  const key = searchParams.get("apiKey")?.trim() ?? "";
  if (key !== "") return [key];
  // Where it was not encoded, a plus sign is a space by now.
  const config = Buffer.from((searchParams.get("config") ?? "").replaceAll(" ", "+"), "base64").toString();
  return config === "" || LINK.test(config) ? undefined : keysIn(config);
}

function distinct(found: RegExpMatchArray | null): readonly string[] | undefined {
  return found ? [...new Set(found)] : undefined;
}

/** Without quotes around and line breaks inside. By hand: a pattern for the end is tried from every character on. */
function unwrapped(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && `"'\``.includes(text.charAt(start))) start++;
  while (end > start && `"'\`;,`.includes(text.charAt(end - 1))) end--;
  return text
    .slice(start, end)
    .trim()
    .replace(/\s+/g, (spaces) => (/[\r\n]/.test(spaces) ? "" : spaces));
}
