import * as l10n from "@vscode/l10n";
import { isWithin } from "../../../changes/spelling";
import type { Override } from "../../../clients/client";
import { CLIENT_IDS } from "../../../clients/clientId";
import { isAtLeast } from "../../../clients/machine/programVersions";
import { CLIENTS } from "../../../clients/registry";
import { type Problem, problem, type Rule } from "../../problem";
import { brokenPlace } from "../place";
import { wantsTokenPool } from "../../snapshot/ourAddress";
import { statesIn } from "../../snapshot/snapshot";

/** Configuring before installing is fine; it only should not be forgotten. */
const notInstalled: Rule = (snapshot) =>
  statesIn(snapshot)
    .filter((state) => wantsTokenPool(state) && snapshot.versions[state.client].length === 0)
    .map(({ client }) => problem("client/not-installed", { client, action: `install:${client}` }));

/** OpenCode 2 has the same command, but not the same rules for its files. */
const FIRST_UNTRIED = "2.0.0";

/** What we say of a configuration was tried with the versions before. */
const untriedVersion: Rule = ({ opencode, versions }) => {
  const untried = versions.opencode.find((version) => isAtLeast(version, FIRST_UNTRIED));
  return untried !== undefined && wantsTokenPool(opencode)
    ? [problem("opencode/version-not-tried", { client: "opencode", evidence: untried })]
    : [];
};

/** The client's own word, whatever other rules have found: only the program knows all that it rejects. */
const doesNotStart: Rule = ({ startChecks }) =>
  CLIENT_IDS.flatMap((client) => {
    const check = startChecks[client];
    if (!check || check.starts) return [];
    const { words, path, range } = check;
    const name = CLIENTS[client].name;
    return problem(`${client}/does-not-start`, {
      client,
      message: l10n.t("{0} does not start with this configuration. It says: {1}", name, words),
      ...(path !== undefined && { path }),
      ...(range && { range }),
    });
  });

/** Read-only: an administrator's files are nobody else's to change. */
const managed: Rule = ({ codex, opencode, apiKey }) => {
  // Whoever does not use TokenPool has nothing to do with it.
  if (apiKey === undefined && !wantsTokenPool(codex) && !wantsTokenPool(opencode)) return [];
  const { defaults, managed: above, requirements } = codex.system;
  const broken = [defaults, above, requirements].flatMap((file) =>
    file?.problem
      ? [
          problem("client/managed", {
            client: "codex",
            severity: "error",
            ...brokenPlace(file),
            message: l10n.t("Codex does not start while an administrator's file cannot be read."),
          }),
        ]
      : [],
  );
  return [
    ...broken,
    ...codex.overriddenBy.map((each) => outranking("codex", each, wantsTokenPool(codex))),
    ...opencode.overriddenBy
      .filter(({ path }) => opencode.layers.some((layer) => layer.path === path && layer.isManaged))
      .map((each) => outranking("opencode", each, wantsTokenPool(opencode))),
  ];
};

/** @param isUsed TokenPool is in use all the same, for instance because only the model is prescribed */
function outranking(client: "codex" | "opencode", { path, keys }: Override, isUsed: boolean): Problem {
  const severity = isUsed ? "information" : "warning";
  return problem("client/managed", { client, severity, path, evidence: keys.join(", ") });
}

const outsideSandbox: Rule = ({ opencode }) =>
  opencode.outside !== undefined && wantsTokenPool(opencode)
    ? [problem("opencode/wrong-home", { client: "opencode", path: opencode.outside })]
    : [];

/** On Windows a file has the permissions of its folder, and only a profile's are for its owner alone. */
const outsideProfile: Rule = (snapshot) => {
  if (snapshot.platform !== "win32") return [];
  return statesIn(snapshot).flatMap(({ client, heldKeys, apiKey }) =>
    heldKeys
      // A key file that is not there yet holds nothing.
      .filter((held) => held.isOurs && (held.apiKey ?? apiKey) !== undefined)
      .filter(({ path }) => !isWithin(snapshot.homeDirectory, path) && !isOnLinux(path))
      .map(({ path }) => problem("client/credential-outside-profile", { client, path })),
  );
};

/** WSL's own files keep their permissions. */
function isOnLinux(path: string): boolean {
  return /^\\\\wsl/i.test(path);
}

export const clientRules: readonly Rule[] = [
  notInstalled,
  untriedVersion,
  doesNotStart,
  managed,
  outsideSandbox,
  outsideProfile,
];
