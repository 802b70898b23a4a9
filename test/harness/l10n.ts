// Exports the strings for translators: l10n/bundle.l10n.json.
import * as fs from "node:fs";
import { ENGLISH_BUNDLE, exportEnglish } from "../l10n/englishStrings";

fs.writeFileSync(ENGLISH_BUNDLE, await exportEnglish());
