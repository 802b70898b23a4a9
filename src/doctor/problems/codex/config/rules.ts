import * as l10n from "@vscode/l10n";
import { definesTwice } from "../../../../changes/document/toml/readToml";
import { valueAt } from "../../../../changes/document/valueAt";
import { stringAt } from "../../../../clients/configFile";
import { fixingEdits, obstacles } from "../../../../clients/codex/obstacles";
import type { CodexState } from "../../../../clients/codex/state/state";
import { changeOfConfig } from "../../../../clients/codex/configure";
import { ignoresResponseStorage } from "../../../../clients/codex/fallenSettings";
import { usesCodexLogin } from "../../../snapshot/codexProvider";
import { isProblemCode, type ProblemCode } from "../../knowledge";
import { problem, type Rule } from "../../../problem";
import { wantsTokenPool } from "../../../snapshot/ourAddress";
import { decodeUtf16 } from "../../secrets/utf16";
import { brokenPlace, isUnreadable, placeOf } from "../../place";
import { codexConfigFix, planFor, type Fix } from "../../fix";

/** A file that cannot be read says nothing about TokenPool; a stored key or an address in its text does. */
const unreadable: Rule = ({ codex, apiKey }) => {
  const { config } = codex;
  const concerns = apiKey !== undefined || /tokenpool\.dev|clawto\.link/i.test(config.text);
  if (!concerns || !isUnreadable(config)) return [];
  const details = { client: "codex", ...brokenPlace(config) } as const;
  if (config.problem?.code === "change/encoding")
    return [problem("codex/config-encoding", { ...details, ...encodeAnew(codex) })];
  if (!definesTwice(config.text)) return [problem("codex/config-invalid", details)];
  const singular = /^[ \t]*\[(model_provider\.[^\]\r\n]{1,100})\]/m.exec(config.text)?.[1];
  if (singular === undefined) return [problem("codex/duplicate-key", details)];
  const message = l10n.t("The table [{0}] must be called model_providers; Codex does not start.", singular);
  return [problem("codex/config-invalid", { ...details, message })];
};

/** PowerShell's `>` writes UTF-16; from any other encoding nobody knows what was meant. */
function encodeAnew({ config }: CodexState): Fix {
  const text = decodeUtf16(config.undecodable);
  if (text === undefined) return {};
  const content = new TextEncoder().encode(text);
  const { path, credential } = changeOfConfig(config);
  return {
    fix: () => planFor("codex/config-encoding", "codex", [{ kind: "replace", path, credential, content }]),
  };
}

/** Codex does not start, whatever stands in files. */
const missingHome: Rule = ({ codex: { missingDirectory, missingReason: message } }) => {
  if (missingDirectory === undefined) return [];
  // A name that nobody expands is no place.
  const place = message === undefined ? { path: missingDirectory } : { message, evidence: missingDirectory };
  return [problem("codex/home-missing", { client: "codex", ...place })];
};

/** What keeps Codex from the key or from starting; each taken out alone. */
const inTheWay: Rule = ({ codex }) => {
  if (!wantsTokenPool(codex)) return [];
  return obstacles(codex).flatMap(({ code, key }) => {
    if (!isProblemCode(code) || !matters(codex, code)) return [];
    const edits = fixingEdits(codex).filter(({ path }) => path[0] === key[0]);
    // The keyring is asked first, but the file counts as long as the keyring holds nothing.
    const isAuto = stringAt(codex.config, key) === "auto";
    return [
      problem(code, {
        client: "codex",
        ...(isAuto && { severity: "information" }),
        ...placeOf(codex.config, key, "value"),
        ...codexConfigFix(codex, code, edits),
      }),
    ];
  });
};

function matters(codex: CodexState, code: ProblemCode): boolean {
  if (code === "codex/legacy-profile") return true;
  // Somebody whose key really is in the keyring has none in auth.json: Codex deletes it there.
  return usesCodexLogin(codex) && (code !== "codex/keyring-store" || codex.apiKey !== undefined);
}

/** Current versions of Codex warn of it at every start. */
const ignoredSetting: Rule = ({ codex, versions }) => {
  const key = ["disable_response_storage"];
  if (!wantsTokenPool(codex) || valueAt(codex.config.document, key) === undefined) return [];
  if (!ignoresResponseStorage(versions.codex)) return [];
  return [
    problem("codex/ignored-setting", {
      client: "codex",
      ...placeOf(codex.config, key, "key"),
      ...codexConfigFix(codex, "codex/ignored-setting", [{ kind: "remove", path: key }]),
    }),
  ];
};

export const codexConfigRules: readonly Rule[] = [unreadable, missingHome, inTheWay, ignoredSetting];
