import * as l10n from "@vscode/l10n";
import { formatAmount, formatDate, formatTime } from "../formats";
import type { Usage } from "./usage";
import type { UsedUpLimit } from "./usedUpLimit";

/** What is left for the key, one short sentence each; empty where the gateway names no limit. */
export function describeUsage(usage: Usage): string[] {
  const { unit, remaining, windows, expiresAt } = usage;
  const amount = (value: number) => formatAmount(value, unit);
  const lines: string[] = [];
  // What is left of the whole helps nobody while a limit for some time is used up.
  const isStopped = windows.some((window) => window.remaining <= 0);
  if (remaining !== undefined && (remaining <= 0 || !isStopped)) {
    const text = amount(Math.abs(remaining));
    lines.push(remaining < 0 ? l10n.t("{0} overdrawn", text) : l10n.t("{0} left", text));
  }
  for (const { name, remaining: left, limit, resetAt } of windows) {
    lines.push(
      resetAt
        ? l10n.t("{0}: {1} of {2} left, more on {3}", name, amount(left), amount(limit), formatTime(resetAt))
        : l10n.t("{0}: {1} of {2} left", name, amount(left), amount(limit)),
    );
  }
  if (expiresAt) lines.push(l10n.t("valid until {0}", formatDate(expiresAt)));
  return lines;
}

/** One sentence about a limit that is used up for some time, and what helps. */
export function describeUsedUp({ name, resetAt }: UsedUpLimit): string {
  return resetAt
    ? l10n.t(
        "The limit for {0} is used up until {1}: it comes back by itself, topping up does not help.",
        name,
        formatTime(resetAt),
      )
    : l10n.t("The limit for {0} is used up: it comes back by itself, topping up does not help.", name);
}
