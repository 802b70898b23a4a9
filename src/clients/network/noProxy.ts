/**
 * Whether a list of exceptions names the host of an address: the host, a domain with or without a dot before it, or
 * `*`. Both clients take neither `*.domain` nor an address range, a scheme, a dot at the end, `;` or a port.
 *
 * @param list names with commas between
 */
export function isExempt({ hostname }: URL, list = ""): boolean {
  return list.split(",").some((each) => {
    const name = each.trim().toLowerCase().replace(/^\./, "");
    return name === "*" || (name !== "" && `.${hostname.replace(/^\[|\]$/g, "")}`.endsWith(`.${name}`));
  });
}
