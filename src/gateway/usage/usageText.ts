import * as l10n from "@vscode/l10n";
import type { Usage, UsageWindow } from "./usage";
import type { UsedUpLimit } from "./usedUpLimit";

/** What is left for the key, one short sentence each; empty where the gateway names no limit. */
export function describeUsage(usage: Usage, locale: string): string[] {
  const { unit, remaining, windows, expiresAt } = usage;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const amount = (value: number) =>
    value > 0 && value < 0.01
      ? l10n.t("less than {0}", `${number.format(0.01)} ${unit}`)
      : `${number.format(value)} ${unit}`;
  const lines: string[] = [];
  // What is left of the whole helps nobody while a limit for some time is used up.
  const isStopped = windows.some((window) => window.remaining <= 0);
  if (remaining !== undefined && (remaining <= 0 || !isStopped)) {
    const text = amount(Math.abs(remaining));
    lines.push(remaining < 0 ? l10n.t("{0} overdrawn", text) : l10n.t("{0} left", text));
  }
  for (const window of windows) {
    const left = l10n.t("{0}: {1} of {2} left", window.name, amount(window.remaining), amount(window.limit));
    lines.push([left, ...resetOf(window, locale)].join(", "));
  }
  if (expiresAt) lines.push(l10n.t("valid until {0}", new Date(expiresAt).toLocaleDateString(locale)));
  return lines;
}

/** One sentence about a limit that is used up for some time, and what helps. */
export function describeUsedUp({ name, resetAt }: UsedUpLimit, locale?: string): string {
  return resetAt
    ? l10n.t(
        "The limit for {0} is used up until {1}: it comes back by itself, topping up does not help.",
        name,
        timeOf(resetAt, locale),
      )
    : l10n.t("The limit for {0} is used up: it comes back by itself, topping up does not help.", name);
}

function resetOf({ resetAt }: UsageWindow, locale: string): string[] {
  return resetAt ? [l10n.t("more on {0}", timeOf(resetAt, locale))] : [];
}

function timeOf(time: string, locale?: string): string {
  return new Date(time).toLocaleString(locale, { dateStyle: "short", timeStyle: "short" });
}
