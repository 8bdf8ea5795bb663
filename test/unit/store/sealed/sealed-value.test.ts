import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../../src/store/scene-store.ts';
import { createDataKey, createDataKeys } from '../../../../src/store/sealed/data-key.ts';
import { isSealed, isSealedWith, openValue, sealValue } from '../../../../src/store/sealed/sealed-value.ts';

const key = createDataKey(Buffer.alloc(32, 1));
const other = createDataKey(Buffer.alloc(32, 2));
const place = { kind: 'person', key: 'discord:1' } as const;
const SECRET = { name: 'CANARY' };

function refusal(stored: unknown, at: Parameters<typeof openValue>[1] = place, keys = [key]): string {
  try {
    openValue(keys, at, stored);
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).not.toContain('CANARY');
    return String(error);
  }
  return expect.fail('it was opened');
}

describe('a sealed value', () => {
  test('opens to what was sealed, whatever that was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, id) => {
        const at = { kind: 'stage', key: id } as const;
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(openValue([other, key], at, sealValue(key, at, value))).toEqual(plain);
      }),
    );
  });

  test('reads as nothing, and never the same twice', () => {
    const [one, two] = [sealValue(key, place, SECRET), sealValue(key, place, SECRET)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split(':').at(-1) ?? '', 'base64').toString('latin1')).not.toContain('CANARY');
    expect(isSealed(one)).toBe(true);
    expect([isSealedWith(key, one), isSealedWith(other, one)]).toEqual([true, false]);
  });

  test('that was never sealed is handed out as it is', () => {
    for (const value of [undefined, null, 0, '', 'sealed', SECRET])
      expect(openValue([key], place, value)).toBe(value);
  });

  test('is refused without its key, which the message names', () => {
    const stored = sealValue(key, place, SECRET);
    expect(refusal(stored, place, [other])).toContain(`sealed with the key ${key.id}`);
    expect(refusal(stored, place, [])).toContain('add that key to DATA_KEY');
  });

  test('opens at no other key and in no other kind', () => {
    const stored = sealValue(key, place, SECRET);
    expect(refusal(stored, { ...place, key: 'discord:2' })).toContain('person discord:2 is damaged');
    expect(refusal(stored, { ...place, kind: 'server' })).toContain('server discord:1 is damaged');
  });

  test('cut short anywhere is damage', () => {
    const stored = sealValue(key, place, SECRET);
    const shortest = 'dramatis-sealed:'.length;
    for (let length = shortest; length < stored.length - 2; length += 1) {
      expect(refusal(stored.slice(0, length))).toMatch(/damaged|is not here/);
    }
  });

  test('changed in any byte is damage', () => {
    const stored = sealValue(key, place, SECRET);
    const bodyAt = stored.lastIndexOf(':') + 1;
    const body = Buffer.from(stored.slice(bodyAt), 'base64');
    for (const at of body.keys()) {
      const changed = Buffer.from(body);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(refusal(stored.slice(0, bodyAt) + changed.toString('base64'))).toContain('is damaged');
    }
  });

  test('of a version that we do not know is refused', () => {
    expect(refusal(sealValue(key, place, SECRET).replace(':1:', ':2:'))).toContain('is damaged');
  });
});

describe('keys', () => {
  test('have names that differ, and are taken once each', () => {
    expect(key.id).toMatch(/^[0-9a-f]{8}$/);
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(createDataKeys([a, b, a]).map(({ id }) => id)).toEqual([key.id, other.id]);
  });

  test('of another length are refused', () => {
    expect(() => createDataKey(Buffer.alloc(16))).toThrow(RangeError);
  });

  test('do not show in what is printed of them', () => {
    expect(JSON.stringify(key)).not.toContain(Buffer.alloc(32, 1).toString('base64').slice(0, 20));
  });
});
