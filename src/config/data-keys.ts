/** Of AES-256. */
export const KEY_BYTES = 32;

const HEX = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** What a text of keys must be, for people; quotes nothing. */
export const DATA_KEYS_RULE =
  'must be 32 random bytes as base64 or hex (openssl rand -base64 32 makes them); of several with commas between them the first one seals';

/**
 * Keys between commas, each 32 bytes as hex, base64 or base64url.
 * @returns undefined where one of them is none.
 */
export function parseDataKeys(text: string): readonly Uint8Array[] | undefined {
  const keys: Uint8Array[] = [];
  for (const word of text.split(',').map((part) => part.trim())) {
    const bytes = HEX.test(word)
      ? Buffer.from(word, 'hex')
      : BASE64.test(word) && Buffer.from(word, 'base64');
    if (!bytes || bytes.length !== KEY_BYTES) return undefined;
    keys.push(bytes);
  }
  return keys;
}
