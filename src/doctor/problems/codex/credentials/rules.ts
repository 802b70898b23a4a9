import * as l10n from "@vscode/l10n";
import type { ChangePlan } from "../../../../changes/plan";
import { hashValue } from "../../../../changes/store";
import { namesAt, valueAt } from "../../../../changes/document/valueAt";
import { isAsWritten, type WrittenValue, writtenAt } from "../../../../changes/history/writtenValues";
import { stringAt } from "../../../../clients/configFile";
import { ccSwitchObstacle } from "../../../../clients/codex/ccSwitch/ccSwitchNotices";
import { planKeyUpdate } from "../../../../clients/codex/configure";
import { isAtLeast } from "../../../../clients/machine/programVersions";
import {
  codexProviderInUse,
  keepsLoginInFile,
  namesKeySource,
  usesCodexLogin,
} from "../../../snapshot/codexProvider";
import type { ProblemCode } from "../../knowledge";
import { malformedKey } from "../../key/malformedKey";
import { type Problem, problem, type Rule } from "../../../problem";
import type { Snapshot } from "../../../snapshot/snapshot";
import { wantsTokenPool } from "../../../snapshot/ourAddress";
import { brokenPlace, isUnreadable, placeOf } from "../../place";
import { otherStored, codexConfigFix, planFor, type Fix, withStoredKey } from "../../fix";

/** From this version on Codex sends the key in auth.json only where the provider asks for it. */
const ASKS_FOR_OPENAI_AUTH = "0.149.0";

/** What is wrong with auth.json, as far as Codex reads it: one thing at a time, the most basic first. */
const authFile: Rule = (snapshot) => {
  const { codex } = snapshot;
  if (!wantsTokenPool(codex) || !usesCodexLogin(codex) || !keepsLoginInFile(codex)) return [];
  const doubled = doubledNames(snapshot);
  if (doubled.length > 0) return doubled;
  const found =
    chatGptLogin(snapshot) ?? (codex.environmentKey === undefined ? keyInFile(snapshot) : undefined);
  return found ? [found] : [];
};

const keyNotSent: Rule = ({ codex, versions }) => {
  const provider = codexProviderInUse(codex);
  if (!provider || !wantsTokenPool(codex) || namesKeySource(codex)) return [];
  // "0.0.0" stands for a version that could not be learned.
  const known = versions.codex.filter((version) => version !== "0.0.0");
  if (known.length > 0 && !known.some((version) => isAtLeast(version, ASKS_FOR_OPENAI_AUTH))) return [];
  const key = [...provider.path, "requires_openai_auth"];
  // A value of a wrong type is a problem of its own.
  if (!["undefined", "boolean"].includes(typeof valueAt(codex.config.document, key))) return [];
  const edit = { kind: "set", path: key, value: true } as const;
  return [
    problem("codex/key-not-sent", {
      client: "codex",
      ...placeOf(codex.config, [...provider.path, "base_url"], "key"),
      ...codexConfigFix(codex, "codex/key-not-sent", [edit]),
    }),
  ];
};

export const codexCredentialRules: readonly Rule[] = [authFile, keyNotSent];

/** What Codex 0.169 reads of auth.json: of any other name a second one does no harm. */
const AUTH_NAMES = [
  "auth_mode",
  "OPENAI_API_KEY",
  "tokens",
  "last_refresh",
  "agent_identity",
  "personal_access_token",
  "bedrock_api_key",
];
const TOKEN_NAMES = ["id_token", "access_token", "refresh_token", "account_id"];

/** Codex then takes nothing of the file. */
function doubledNames(snapshot: Snapshot): Problem[] {
  const { auth, client } = snapshot.codex;
  return auth
    .doubled()
    .filter(({ path: [name = "", token = "", deeper] }) =>
      token === ""
        ? AUTH_NAMES.includes(name)
        : name === "tokens" && TOKEN_NAMES.includes(token) && deeper === undefined,
    )
    .map(({ path, range }) =>
      problem("codex/auth-duplicate-key", {
        client,
        at: path.join("."),
        path: auth.path,
        range,
        evidence: path.join("."),
        ...writeAnew(snapshot, "codex/auth-duplicate-key"),
      }),
    );
}

function chatGptLogin(snapshot: Snapshot): Problem | undefined {
  const { codex } = snapshot;
  if (!codex.usesChatGptLogin) return undefined;
  const hasMode = valueAt(codex.auth.document, ["auth_mode"]) !== undefined;
  const place = hasMode
    ? placeOf(codex.auth, ["auth_mode"], "value")
    : placeOf(codex.auth, ["tokens"], "key");
  const weWroteKey = keyWeWrote(snapshot)?.valueHash !== undefined;
  const message = l10n.t(
    "A ChatGPT login took the place of the key that TokenPool wrote into auth.json, probably because somebody signed in again. Codex sends your ChatGPT token to the gateway.",
  );
  return authProblem(snapshot, "codex/chatgpt-login-wins", { ...place, ...(weWroteKey && { message }) });
}

function keyInFile(snapshot: Snapshot): Problem | undefined {
  const { auth } = snapshot.codex;
  if (auth.problem || isUnreadable(auth)) {
    return problem("codex/auth-unreadable", {
      client: "codex",
      ...brokenPlace(auth),
      ...(isUnreadable(auth) && writeAnew(snapshot, "codex/auth-unreadable")),
    });
  }
  if (auth.byteOrderMark) return authProblem(snapshot, "codex/auth-unreadable", { path: auth.path });
  const key = stringAt(auth, ["OPENAI_API_KEY"])?.trim();
  const mode = valueAt(auth.document, ["auth_mode"]);
  if (key === undefined || (mode !== undefined && mode !== "apikey")) {
    const similar = namesAt(auth.document, []).find(isMisspelled);
    const place =
      similar !== undefined
        ? placeOf(auth, [similar], "key")
        : placeOf(auth, [key === undefined ? "OPENAI_API_KEY" : "auth_mode"], "value");
    return authProblem(snapshot, "codex/auth-wrong-shape", place);
  }
  const place = placeOf(auth, ["OPENAI_API_KEY"], "value");
  if (key === "") return authProblem(snapshot, "codex/key-empty", place);
  const message = malformedKey(key, snapshot.apiKey);
  if (message !== undefined) return authProblem(snapshot, "key/malformed", { ...place, message });
  if (snapshot.apiKey === undefined || snapshot.apiKey === key) return undefined;
  const reason = whyKeyDiffers(snapshot, key);
  const details = { ...place, ...(reason && { message: reason }), ...otherStored(snapshot, "codex", key) };
  return authProblem(snapshot, "codex/key-differs", details);
}

/** Who is behind another key than the stored one, as far as the journal tells. */
function whyKeyDiffers(snapshot: Snapshot, key: string): string | undefined {
  const written = keyWeWrote(snapshot);
  if (isAsWritten(written, key)) {
    return l10n.t(
      "TokenPool wrote the key in auth.json on this machine, and another one has been stored in VS Code since.",
    );
  }
  if (written?.allHashes.includes(hashValue(key))) {
    return l10n.t(
      "An earlier key of yours is in auth.json again: another program put it back, or an old copy of the file.",
    );
  }
  if (written?.valueHash === undefined) return undefined;
  return l10n.t("Another program has replaced the key that TokenPool wrote into auth.json.");
}

function keyWeWrote({ codex, written }: Snapshot): WrittenValue | undefined {
  return writtenAt(written, codex.auth, ["OPENAI_API_KEY"]);
}

/** Codex takes only the exact name. */
function isMisspelled(name: string): boolean {
  return name !== "OPENAI_API_KEY" && /^(?:openai)?_?api_?key$/i.test(name);
}

/** Every problem with the file's content is fixed by writing the stored key. */
function authProblem(snapshot: Snapshot, code: ProblemCode, details: Partial<Problem>): Problem {
  const plan = (apiKey: string): ChangePlan => planKeyUpdate(snapshot.codex, apiKey);
  // Configure Codex says why nothing can be written.
  const fix: Fix = ccSwitchObstacle(snapshot.codex)
    ? { action: "configure:codex" }
    : withStoredKey(snapshot, plan);
  return problem(code, { client: "codex", ...details, ...fix });
}

/** What cannot be read can only be replaced as a whole; the backup keeps it. */
function writeAnew(snapshot: Snapshot, code: ProblemCode): Fix {
  const { auth } = snapshot.codex;
  return withStoredKey(snapshot, (apiKey) => {
    // As `codex login --with-api-key` writes it.
    const text = JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: apiKey }, undefined, 2);
    const content = new TextEncoder().encode(text);
    const change = { kind: "replace", path: auth.path, content, credential: true } as const;
    const notice = l10n.t(
      "The file is replaced, because it cannot be read. Only the undo restores a ChatGPT login in it.",
    );
    return { ...planFor(code, "codex", [change]), notices: [notice] };
  });
}
