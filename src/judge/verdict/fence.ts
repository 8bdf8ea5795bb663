import { createHmac } from 'node:crypto';

/** Sixteen hex digits that stand in none of the texts; who does not know the secret cannot tell which. */
export function drawNonce(secret: string, texts: readonly string[]): string {
  for (let attempt = 0; ; attempt += 1) {
    const hash = createHmac('sha256', secret).update(String(attempt));
    for (const text of texts) hash.update(`\0${text.length}\0${text}`);
    const nonce = hash.digest('hex').slice(0, 16);
    if (!texts.some((text) => text.toLowerCase().includes(nonce))) return nonce;
  }
}

/** Parts of a text, each under a line that only the nonce makes one; the last line ends the last part. */
export function fenced(nonce: string, parts: readonly { readonly title: string; readonly text: string }[]) {
  const lines = parts.flatMap(({ title, text }) => [`[${nonce}] ${title}`, text]);
  return [...lines, `[${nonce}] end`].join('\n');
}
