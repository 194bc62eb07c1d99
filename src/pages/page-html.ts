/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * The page around a page’s script. It holds no fact about a trunk: those arrive as messages. Nothing
 * but our own script (by nonce), style sheet and icon font may load, and nothing may be sent anywhere.
 */
export interface PageParts {
  readonly cspSource: string;
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** BCP 47, of the strings that will be shown. */
  readonly language: string;
  readonly title: string;
}

/**
 * Hash of the empty text. FAST, under the toolkit, asks whether `:focus-visible` is known by adding an
 * empty style element; refused, it falls back to a ring on every click. This lets in nothing but that.
 */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

export function pageHtml(parts: PageParts): string {
  const { cspSource, nonce, scriptUri, styleUri, language, title } = parts;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} ${EMPTY_STYLE}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${attribute(title)}</title>
    <link rel="stylesheet" href="${attribute(styleUri)}">
  </head>
  <body>
    <main id="panel"></main>
    <script type="module" nonce="${attribute(nonce)}" src="${attribute(scriptUri)}"></script>
  </body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
