import * as l10n from "@vscode/l10n";
import { formatList } from "../../gateway/formats";
import type { CodexState } from "./state/state";
import { overridingVariable } from "./state/variables";

/** Variables that lead Codex's requests another way than VS Code's. */
const NETWORK_VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"];

/** What files cannot fix: variables that outrank them, and a Codex that reads other files. */
export function noticesOnEnvironment(state: CodexState, apiKey: string): string[] {
  const { otherSide, wslSilent, variables, dotEnv } = state;
  const notices: string[] = [];
  const overriding = overridingVariable(variables, apiKey);
  if (overriding) {
    notices.push(
      l10n.t(
        "The environment variable {0} is set, and Codex prefers it to this key. Remove it and restart Codex.",
        overriding,
      ),
    );
  }
  const leading = NETWORK_VARIABLES.filter((name) => dotEnv[name] ?? dotEnv[name.toLowerCase()]);
  if (leading.length > 0) {
    notices.push(l10n.t("Codex takes {0} from the file .env beside config.toml.", formatList(leading)));
  }
  for (const { path, keys } of state.overriddenBy) {
    notices.push(
      l10n.t("{0} is read later and takes precedence over this change: {1}", path, formatList(keys)),
    );
  }
  if (otherSide) {
    notices.push(
      l10n.t(
        "Windows and WSL have a Codex each. This window's runs in WSL and reads {0}; the one on Windows reads {1}, which stays as it is.",
        state.home,
        otherSide,
      ),
    );
  }
  if (wslSilent) {
    notices.push(
      l10n.t(
        "VS Code runs Codex in WSL, but WSL does not answer, so these are the files of Codex on Windows. The setting tokenpool.codex.home can name the right directory.",
      ),
    );
  }
  return notices;
}
