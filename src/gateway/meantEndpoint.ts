import { ENDPOINTS, isOwnDomain } from "./endpoints";

const OFFICIAL_HOSTS = ENDPOINTS.map(({ baseUrl }) => new URL(baseUrl).hostname);

/** A scheme may be missing, misspelled or there twice. */
const SCHEMES = /^(?:[a-z][a-z\d+.-]*:\/\/|https?[:/]\/*)+/i;
/** What comes along when people copy, and what a Chinese keyboard makes of a dot. */
const STRAY = /[\s"'“”‘’`<>]/g;
const DOTS = /[,。]/g;

/** Host and port that somebody meant who wrote the address, however it is spelled; undefined: no such thing. */
export function meantHost(address: string): string | undefined {
  const text = address.normalize("NFKC").replace(STRAY, "").replace(DOTS, ".").replace(SCHEMES, "");
  const url = `https://${text}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/**
 * The endpoint of TokenPool's whose name somebody has misspelled: by one letter, with another ending, and with or
 * without `api.`. Its own domains are none, whatever stands in front of them.
 */
export function misspelledOfficial(host: string): string | undefined {
  if (isOwnDomain(host)) return undefined;
  return OFFICIAL_HOSTS.find((official) => {
    const names = [official, official.replace(/^api\./, "")];
    return names.some((name) => isOneSlipApart(host, name) || hasOtherEnding(host, name));
  });
}

/** One letter is missing, too many or another one, or two neighbours have changed places. */
export function isOneSlipApart(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [one, other].map((each) => each.slice(start, each.length - end));
  if (left === undefined || right === undefined || one === other) return false;
  return (
    Math.max(left.length, right.length) <= 1 ||
    (left.length === 2 && left[1] === right[0] && left[0] === right[1] && right.length === 2)
  );
}

function hasOtherEnding(host: string, name: string): boolean {
  const stem = (each: string) => each.slice(0, each.lastIndexOf(".") + 1);
  return host !== name && stem(host) === stem(name);
}
