import * as l10n from "@vscode/l10n";
import { isSamePlace } from "../../../../changes/spelling";
import { overridingVariable } from "../../../../clients/codex/state/variables";
import { pathRules } from "../../../../clients/machine/pathRules";
import { isAtLeast } from "../../../../clients/machine/programVersions";
import { usesCodexLogin } from "../../../snapshot/codexProvider";
import type { Severity } from "../../../finding";
import { type Problem, problem, type Rule } from "../../../problem";
import { wantsTokenPool } from "../../../snapshot/ourAddress";
import { unsetVariableHelp } from "../../network/systemHelp";

/** Older versions of Codex took the variable before auth.json. */
const IGNORES_OPENAI_KEY = "0.60.0";

const overridingKey: Rule = ({ codex, apiKey, versions, platform, variables }) => {
  if (!wantsTokenPool(codex) || !usesCodexLogin(codex) || apiKey === undefined) return [];
  const name = overridingVariable(codex.variables, apiKey);
  const overridden = (by: string, severity: Severity): Problem =>
    problem("codex/environment-key-overrides", {
      client: "codex",
      severity,
      evidence: by,
      message: l10n.t("The environment variable {0} is set, and Codex prefers it to auth.json.", by),
      help: unsetVariableHelp({ platform, variables }, by),
    });
  if (name !== undefined) return [overridden(name, "error")];
  const openaiKey = codex.variables.OPENAI_API_KEY;
  const isOld = versions.codex.some((each) => each !== "0.0.0" && !isAtLeast(each, IGNORES_OPENAI_KEY));
  return openaiKey && openaiKey !== apiKey && isOld ? [overridden("OPENAI_API_KEY", "warning")] : [];
};

/** With the system's certificates both clients work all the same, so it is an error only where one is not trusted. */
const certificateFile: Rule = ({ codex, health: [report], missingCertificateFiles, platform, variables }) =>
  wantsTokenPool(codex)
    ? missingCertificateFiles.map((missing) =>
        problem("network/stale-ca-file", {
          client: "codex",
          at: missing.variable,
          severity: report?.code === "network/untrusted-certificate" ? "error" : "information",
          path: missing.path,
          evidence: missing.variable,
          help: l10n.t(
            "Let the variable name a file that exists, or remove it. {0}",
            unsetVariableHelp({ platform, variables }, missing.variable),
          ),
        }),
      )
    : [];

/** Everything else may reach the gateway, since only Codex reads that file. */
const deadProxyInDotEnv: Rule = ({ codex, deadProxy }) => {
  if (!deadProxy || !wantsTokenPool(codex)) return [];
  const { path: file, range, address } = deadProxy;
  const message = l10n.t(
    "Codex takes its proxy from this file, where it takes precedence over the environment, and nothing listens at {0}: Codex hangs indefinitely.",
    address,
  );
  const details = { client: "codex", path: file, evidence: address, message } as const;
  return [
    problem("network/proxy-mismatch", { ...details, ...(range && { range }), action: "openDocumentation" }),
  ];
};

/** Codex reads other files than the ones TokenPool writes. */
const wrongHome: Rule = ({ codex, apiKey, platform, variables, configuredDirectory }) => {
  if (codex.idleHome !== undefined && !wantsTokenPool(codex)) {
    const message = l10n.t(
      "{0} leads to TokenPool, but CODEX_HOME makes Codex read the files in {1}.",
      pathRules(platform).join(codex.idleHome, "config.toml"),
      codex.home,
    );
    const details = { client: "codex", path: codex.config.path, evidence: "CODEX_HOME", message } as const;
    return [problem("codex/wrong-home", { ...details, action: "configure:codex" })];
  }
  if (apiKey === undefined || !wantsTokenPool(codex)) return [];
  if (codex.wslSilent) {
    const message = l10n.t(
      "Codex's extension runs Codex in WSL, where it reads the files of your Linux home directory instead of these, and WSL does not answer.",
    );
    return [problem("codex/wrong-home", { client: "codex", path: codex.home, message })];
  }
  const named = variables.CODEX_HOME;
  if (!named || !configuredDirectory.codex || isSamePlace(named, codex.home)) return [];
  const message = l10n.t(
    "The setting tokenpool.codex.home and the variable CODEX_HOME name different directories.",
  );
  return [
    problem("codex/wrong-home", { client: "codex", path: codex.home, evidence: "CODEX_HOME", message }),
  ];
};

export const environmentRules: readonly Rule[] = [
  overridingKey,
  certificateFile,
  deadProxyInDotEnv,
  wrongHome,
];
