import * as l10n from "@vscode/l10n";
import type { Words } from "../../explain/symptom";

/** Causes that share a code with others, where a line or a check tells which it is. */
export const NOT_YET_VALID: Words = {
  cause: () => l10n.t("The certificate is not valid yet: this machine's clock is probably behind."),
  fix: () => l10n.t("Set date and time of this machine, then try again."),
};

export const SOCKS_PROXY: Words = {
  cause: () => l10n.t("The address is that of a SOCKS proxy, which Codex and OpenCode cannot use."),
  fix: () => l10n.t("Set HTTPS_PROXY to the HTTP port of the same program (http://…), then restart VS Code."),
};

/** Codex to 0.169 reads no compressed stream, later ones none that is compressed with Brotli. */
export const COMPRESSED_STREAM: Words = {
  cause: () => l10n.t("Something on the path compresses the answer unasked; key and address are right."),
  fix: () => l10n.t("Update Codex, or ask the operator to turn compression off for streamed answers."),
};

export const TOO_LARGE: Words = {
  cause: () => l10n.t("A server on the path takes no request of this size; key and address are right."),
  fix: () => l10n.t("Compact the conversation or begin a new one, or ask the operator to raise the limit."),
};
