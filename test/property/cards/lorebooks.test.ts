import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type LorebookFormat, writeLorebook } from '../../../src/cast/cards/write-lorebook.ts';
import { readWorldFile } from '../../../src/cast/library/read-world-file.ts';
import type { World } from '../../../src/cast/lore/world.ts';
import { anyJson, type Fields, v3Book, wildSillyTavernWorld } from './arbitraries.ts';
import { bookV3 } from './spec-schemas.ts';

const RUNS = { numRuns: 100 };
const lorebookV3 = z.looseObject({ spec: z.literal('lorebook_v3'), data: bookV3 });

function read(fields: Fields): World {
  return { id: 'world', ...readWorldFile(Buffer.from(JSON.stringify(fields)), 'world.json') };
}

const written = (fields: Fields, format: LorebookFormat): Fields =>
  JSON.parse(writeLorebook(read(fields), format));

test('a valid V3 lorebook is written as it was read', () => {
  fc.assert(
    fc.property(v3Book, fc.dictionary(fc.constantFrom('x_a', 'x_b'), anyJson), (data, more) => {
      const book = { spec: 'lorebook_v3', data, ...JSON.parse(JSON.stringify(more)) };
      expect(written(book, 'v3')).toEqual(book);
    }),
    RUNS,
  );
});

test('a lorebook of SillyTavern’s is written for it as it was read', () => {
  fc.assert(
    fc.property(wildSillyTavernWorld, (book) => void expect(written(book, 'sillytavern')).toEqual(book)),
    RUNS,
  );
});

test('of one as they are found V3 is as its spec wants it, and the same when it is written again', () => {
  fc.assert(
    fc.property(wildSillyTavernWorld, (book) => {
      const v3 = written(book, 'v3');
      lorebookV3.parse(v3);
      expect(written(v3, 'v3')).toEqual(v3);
    }),
    RUNS,
  );
});
