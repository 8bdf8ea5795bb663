import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { EntryKind } from '../keyv-store.ts';
import { DamagedError, UnknownKeyError } from '../scene-store.ts';
import type { DataKey } from './data-key.ts';

const CIPHER = 'aes-256-gcm';

/** A sealed value is `dramatis-sealed:1:<key id>:` and, each as base64, nonce, tag and ciphertext. */
const MARK = 'dramatis-sealed:';
const VERSION = '1:';
const ID_AT = MARK.length + VERSION.length;
const NONCE_AT = ID_AT + 8 + 1;
const TAG_AT = NONCE_AT + 16;
const TEXT_AT = TAG_AT + 24;

/** 96 bits, random: NIST SP 800-38D allows 2^32 values a key so, more than a store will ever write. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a value lies; a sealed value opens nowhere else. */
export type Place = { readonly kind: EntryKind; readonly key: string };

/** A JSON value as text that only a holder of the key can read, and nobody can change or move. */
export function sealValue(key: DataKey, place: Place, value: unknown): string {
  const nonce = nextNonce();
  const cipher = createCipheriv(CIPHER, key.secret, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bytesOf(place));
  // In counter mode `update` gives all there is, and `final` only makes the tag.
  const sealed = cipher.update(Buffer.from(JSON.stringify(value)));
  cipher.final();
  const tag = cipher.getAuthTag().toString('base64');
  return `${MARK}${VERSION}${key.id}:${nonce.toString('base64')}${tag}${sealed.toString('base64')}`;
}

/** Whether a stored value is sealed, with whatever key. */
export function isSealed(stored: unknown): stored is string {
  return typeof stored === 'string' && stored.startsWith(MARK);
}

/** The id of the key that sealed a stored value; undefined where it is not sealed. */
export function sealedBy(stored: unknown): string | undefined {
  return isSealed(stored) ? stored.slice(ID_AT, NONCE_AT - 1) : undefined;
}

/** Whether a stored value is sealed with this key. */
export function isSealedWith(key: DataKey, stored: unknown): boolean {
  return isSealed(stored) && stored.startsWith(`${VERSION}${key.id}:`, MARK.length);
}

/**
 * The value that was stored; one that was never sealed is handed out as it is.
 * @throws UnknownKeyError where its key is not there, DamagedError where the text is not what was sealed for this place.
 */
export function openValue(keys: readonly DataKey[], place: Place, stored: unknown): unknown {
  return isSealed(stored) ? parseOpened(openText(keys, place, stored), place) : stored;
}

/**
 * The JSON of a value that is sealed.
 * @throws DamagedError as `openValue`
 */
export function openText(keys: readonly DataKey[], place: Place, stored: string): string {
  if (!stored.startsWith(VERSION, MARK.length) || stored.length < NONCE_AT) throw damaged(place);
  const id = stored.slice(ID_AT, NONCE_AT - 1);
  const key = keys.find((one) => one.id === id);
  if (!key) {
    throw new UnknownKeyError(
      `The stored ${nameOf(place)} is sealed with the key ${id}, which is not here: add that key to DATA_KEY, or put the .key file back beside the database.`,
    );
  }
  try {
    const nonce = Buffer.from(stored.slice(NONCE_AT, TAG_AT), 'base64');
    const decipher = createDecipheriv(CIPHER, key.secret, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(bytesOf(place));
    decipher.setAuthTag(Buffer.from(stored.slice(TAG_AT, TEXT_AT), 'base64'));
    const text = decipher.update(Buffer.from(stored.slice(TEXT_AT), 'base64'));
    decipher.final();
    return text.toString('utf8');
  } catch {
    throw damaged(place);
  }
}

function parseOpened(text: string, place: Place): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(place);
  }
}

/** Random bytes are fetched for many nonces at once: one fetch costs a third of all the sealing. */
const pool = Buffer.alloc(512 * NONCE_BYTES);
let used = pool.length;

function nextNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += NONCE_BYTES;
  return pool.subarray(used - NONCE_BYTES, used);
}

/** No kind has a colon in it, so no two places are written alike. */
function bytesOf({ kind, key }: Place): Buffer {
  return Buffer.from(`${kind}:${key}`, 'utf8');
}

function nameOf({ kind, key }: Place): string {
  return `${kind} ${key}`;
}

function damaged(place: Place): DamagedError {
  return new DamagedError(
    `The stored ${nameOf(place)} is damaged, or is not what Dramatis sealed there: restore the store from a copy, or erase the scene it belongs to.`,
  );
}
