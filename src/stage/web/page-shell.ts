import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { pagePolicy } from './headers.ts';
import { roleStyleHashes } from './role-colors.ts';

/** The document that the page's modules fill. */
export type PageShell = {
  /** `authority` is the checked Host header. */
  policy(authority: string): string;
  document(): string;
};

export function createPageShell(options: {
  readonly token: string;
  readonly importMap: { readonly imports: Readonly<Record<string, string>> };
  /** Paths below `/page/`. */
  readonly styles: readonly string[];
  readonly modules: readonly string[];
}): PageShell {
  const importMap = JSON.stringify(options.importMap);
  const importMapHash = `'sha256-${createHash('sha256').update(importMap).digest('base64')}'`;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="dark light">
<meta name="dramatis-token" content="${options.token}">
<title>Dramatis</title>
<link rel="icon" href="/narrator.svg">
${options.styles.map((name) => html`<link rel="stylesheet" href="/page/${name}">\n`)}
<script type="importmap">${raw(importMap)}</script>
${options.modules.map((name) => html`<link rel="modulepreload" href="/page/${name}">\n`)}
<script type="module" src="/page/main.ts"></script>
<script type="module" src="/page/components.ts"></script>
</head>
<body>
<div id="app"><p class="loading">The house lights go down…</p></div>
<noscript><p class="loading">This page needs JavaScript. Or play in the terminal: npm run dramatis -- play</p></noscript>
</body>
</html>
`;
  return {
    policy: (authority) =>
      pagePolicy(authority, { scriptHash: importMapHash, styleHashes: roleStyleHashes() }),
    document: () => String(document),
  };
}
