import { isErrorCode } from "../../changes/disk/errorCode";
import type { FileSystem } from "../../changes/disk/userFile";
import { isSamePlace } from "../../changes/spelling";
import type { TextRange } from "../../changes/document/edits/textEdit";
import type { ClientEnvironment } from "../../clients/client";
import type { ConfigLayer, OpencodeState } from "../../clients/opencode/state/state";
import { placeholdersIn, placeholderTarget } from "../../clients/opencode/state/placeholders";
import { userPath } from "../../clients/machine/userPath";
import { type SettingFile, settingFiles } from "../../clients/codex/state/settingFiles";
import type { CodexState } from "../../clients/codex/state/state";
import type { Variables } from "../../clients/machine/joinVariables";

/** A variable that names a file with trusted certificates which cannot be read. */
export interface MissingCertificateFile {
  readonly variable: string;
  readonly path: string;
}

/** The variables that Codex obeys; a file that is not there leaves it without any trusted certificate. */
const CERTIFICATE_VARIABLES = ["CODEX_CA_CERTIFICATE", "SSL_CERT_FILE"];

export async function missingCertificateFiles(
  environment: ClientEnvironment,
  variables: Variables,
): Promise<MissingCertificateFile[]> {
  const named = CERTIFICATE_VARIABLES.flatMap((variable) => {
    const value = variables[variable];
    return value ? [{ variable, path: userPath(environment, value) }] : [];
  });
  const isReadable = await Promise.all(
    named.map(({ path }) =>
      environment.fs.stat(path).then(
        (info) => info.isFile(),
        () => false,
      ),
    ),
  );
  return named.filter((_, index) => !isReadable[index]);
}

/** Those that are not there: Codex does not start, and may not say which. */
export async function missingSettingFiles(
  environment: ClientEnvironment,
  { config, home }: CodexState,
): Promise<SettingFile[]> {
  const named = settingFiles(environment, config, home);
  const exists = await Promise.all(named.map(({ target }) => fileExists(environment.fs, target)));
  return named.filter((_, index) => !exists[index]);
}

/** A `{file:…}` in OpenCode's configuration that leads nowhere: OpenCode does not start. */
export interface MissingReference {
  /** The configuration file. */
  readonly path: string;
  readonly target: string;
  /** Where the placeholder stands. */
  readonly range: TextRange;
}

export async function missingReferences(
  environment: ClientEnvironment,
  { layers, keyFile }: OpencodeState,
): Promise<MissingReference[]> {
  // Of our own key file the client's state knows already.
  const found = layers
    .flatMap((layer) => references(environment, layer))
    .filter(({ target }) => !isSamePlace(target, keyFile.path));
  const targets = [...new Set(found.map(({ target }) => target))];
  const exists = await Promise.all(targets.map((target) => fileExists(environment.fs, target)));
  const missing = new Set(targets.filter((_, index) => !exists[index]));
  return found.filter(({ target }) => missing.has(target));
}

/** OpenCode replaces placeholders in every line that does not begin with `//`. */
function references(environment: ClientEnvironment, { path, text }: ConfigLayer): MissingReference[] {
  return text.split("\n").flatMap((content, line) =>
    content.trimStart().startsWith("//")
      ? []
      : placeholdersIn(content, "file").map(({ start, end, target }) => ({
          path,
          target: placeholderTarget(environment, path, target),
          range: { line, column: start, endLine: line, endColumn: end },
        })),
  );
}

async function fileExists(fs: FileSystem, path: string): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    // Something that is there and cannot be used is another problem.
    (error: unknown) => !isErrorCode(error, "ENOENT") && !isErrorCode(error, "ENOTDIR"),
  );
}
