import type { PanelStrings } from "./panelStrings";

export interface PageOptions {
  /** Unguessable and new for every page. */
  readonly nonce: string;
  /** Where the style sheet may come from, as VS Code names it. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** BCP 47. */
  readonly language: string;
  readonly strings: PanelStrings;
}

/** The panel's page before its script runs: one script, one style sheet, nothing from elsewhere. */
export function renderPage({
  nonce,
  cspSource,
  scriptUri,
  styleUri,
  language,
  strings,
}: PageOptions): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escape(strings.title)}</title>
<link rel="stylesheet" href="${escape(styleUri)}">
</head>
<body>
<main id="panel" data-strings="${escape(JSON.stringify(strings))}" aria-busy="true">
<h1>${escape(strings.title)}</h1>
<p>${escape(strings.loading)}</p>
</main>
<script nonce="${nonce}" src="${escape(scriptUri)}"></script>
</body>
</html>
`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
