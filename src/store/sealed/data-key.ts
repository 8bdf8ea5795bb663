import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { KEY_BYTES } from '../../config/data-keys.ts';

/** A key that seals what the store keeps. It prints as nothing, whoever logs it. */
export type DataKey = {
  /** Eight hex digits that name the key in what it sealed, and tell nothing about it. */
  readonly id: string;
  readonly secret: KeyObject;
};

/**
 * The key that 32 random bytes are.
 * @throws RangeError for any other number of bytes.
 */
export function createDataKey(bytes: Uint8Array): DataKey {
  if (bytes.length !== KEY_BYTES) throw new RangeError(`A data key has ${KEY_BYTES} bytes.`);
  const id = createHmac('sha256', bytes).update('dramatis key id').digest('hex').slice(0, 8);
  return { id, secret: createSecretKey(bytes) };
}

/** Keys by their bytes, in order, each once. */
export function createDataKeys(list: readonly Uint8Array[]): readonly DataKey[] {
  const keys = list.map(createDataKey);
  return keys.filter(({ id }, i) => keys.findIndex((key) => key.id === id) === i);
}
