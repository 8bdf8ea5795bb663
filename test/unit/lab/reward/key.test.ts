import { expect, test } from 'vitest';
import { createKeyCheck } from '../../../../src/lab/reward/http/key.ts';

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

test('the key is taken as a bearer token or as a password', () => {
  const holds = createKeyCheck('a:key é');
  expect(holds('Bearer a:key é')).toBe(true);
  expect(holds('bearer  a:key é')).toBe(true);
  expect(holds(basic('any:a:key é'))).toBe(true);
  expect(holds(basic(':a:key é'))).toBe(true);
});

test.each([
  [undefined],
  [''],
  ['Bearer '],
  ['Bearer a'],
  ['Bearer a:key é more'],
  ['a:key é'],
  [basic('a:key é:')],
  ['Digest a:key é'],
])('%s is not it', (given) => {
  expect(createKeyCheck('a:key é')(given)).toBe(false);
});

test('without a key everyone may come', () => {
  expect(createKeyCheck(undefined)(undefined)).toBe(true);
});
