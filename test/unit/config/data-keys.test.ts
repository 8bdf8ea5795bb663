import { describe, expect, test } from 'vitest';
import { parseDataKeys } from '../../../src/config/data-keys.ts';

describe('the keys of DATA_KEY', () => {
  const bytes = Buffer.alloc(32, 0xfb);

  test('are read as hex, base64 and base64url, between commas', () => {
    const ways = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
    expect(parseDataKeys(ways.join(' , '))).toEqual([bytes, bytes, bytes]);
    expect(parseDataKeys(bytes.toString('hex').toUpperCase())).toEqual([bytes]);
  });

  test.each(['', ',', 'locked', 'ab'.repeat(31), 'ab'.repeat(33), 'A'.repeat(42), `${'ab'.repeat(32)},`])(
    '%j are none',
    (text) => {
      expect(parseDataKeys(text)).toBeUndefined();
    },
  );
});
