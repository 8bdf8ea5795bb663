/** What every answer of the stage carries, refusals too. */
export const HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()',
  // Nothing but the page itself is a document; should it be opened as one, it can do nothing.
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
};

/**
 * What the page itself may load and run.
 *
 * @param authority the checked Host header: older browsers want the socket's address spelled out
 */
export function pagePolicy(
  authority: string,
  allowed: { readonly scriptHash: string; readonly styleHashes: readonly string[] },
): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${allowed.scriptHash}`,
    "style-src 'self'",
    `style-src-attr 'unsafe-hashes' ${allowed.styleHashes.join(' ')}`,
    "img-src 'self' data:",
    `connect-src 'self' ws://${authority}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // Text never becomes markup: the browser itself refuses, but for Lit's own fixed templates.
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}
