import type { PanelModel } from "./panelModel";
import type { PanelStrings } from "./panelStrings";

export interface PageOptions {
  /** Unguessable and new for every page. */
  readonly nonce: string;
  /** Where VS Code's own styles come from, as it names it. */
  readonly cspSource: string;
  /** Texts of our own: in the page itself they are there at once, and VS Code does not fetch them from the host. */
  readonly script: string;
  readonly style: string;
  /** BCP 47. */
  readonly language: string;
  readonly strings: PanelStrings;
  /** What is known already, which then takes no message to and fro. */
  readonly model?: PanelModel | undefined;
}

/** The panel's page before its script runs: one script, one style sheet, nothing from elsewhere. Of texts only ours are markup. */
export function renderPage({
  nonce,
  cspSource,
  script,
  style,
  language,
  strings,
  model,
}: PageOptions): string {
  const policy = `default-src 'none'; style-src ${cspSource} 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const known = model ? ` data-model="${escape(JSON.stringify(model))}"` : "";
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escape(strings.title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main id="panel" data-strings="${escape(JSON.stringify(strings))}"${known} aria-busy="true">
<h1>${escape(strings.title)}</h1>
<p>${escape(strings.loading)}</p>
</main>
<script nonce="${nonce}">${script}</script>
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
