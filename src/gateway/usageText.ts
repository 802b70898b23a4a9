import * as l10n from "@vscode/l10n";
import type { Usage, UsageWindow } from "./usage";

/** What is left for the key, one short sentence each; empty where the gateway names no limit. */
export function describeUsage({ unit, remaining, windows, expiresAt }: Usage, locale: string): string[] {
  const amount = (value: number) =>
    `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)} ${unit}`;
  const lines: string[] = [];
  if (remaining !== undefined) lines.push(l10n.t("{0} left", amount(remaining)));
  for (const window of windows) {
    const left = l10n.t("{0}: {1} of {2} left", window.name, amount(window.remaining), amount(window.limit));
    lines.push([left, ...resetOf(window, locale)].join(", "));
  }
  if (expiresAt) lines.push(l10n.t("valid until {0}", new Date(expiresAt).toLocaleDateString(locale)));
  return lines;
}

function resetOf({ resetAt }: UsageWindow, locale: string): string[] {
  if (!resetAt) return [];
  const time = new Date(resetAt).toLocaleString(locale, { dateStyle: "short", timeStyle: "short" });
  return [l10n.t("more on {0}", time)];
}
