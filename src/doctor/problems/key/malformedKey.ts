import * as l10n from "@vscode/l10n";
import { checkApiKey } from "../../../gateway/apiKey";

/**
 * Why a key from a file cannot work as it stands; undefined for one that may. Localised, and quotes nothing
 * of the key.
 * @param key without surrounding blanks, which clients take off themselves
 */
export function malformedKey(key: string, storedKey: string | undefined): string | undefined {
  if (key === storedKey) return undefined;
  if (key === "") return l10n.t("The key is empty.");
  const check = checkApiKey(key);
  if (!check.valid) return check.message;
  if (check.key !== key) {
    return l10n.t('The text holds more than the key, such as "Bearer", quotes or a line break.');
  }
  const isPart = storedKey !== undefined && (storedKey.startsWith(key) || storedKey.endsWith(key));
  if (!isPart) return undefined;
  return l10n.t(
    "The key there has only {0} of the stored key's {1} characters.",
    key.length,
    storedKey.length,
  );
}
