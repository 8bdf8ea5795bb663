import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Columns, Json, Row } from '../../../src/lab/export/engines/columns.ts';
import { parquetSchema, parquetValue } from '../../../src/lab/export/files/parquet-schema.ts';
import { wellFormed } from '../../../src/lab/export/files/well-formed.ts';
import type { SftSample } from '../../../src/lab/export/sample.ts';
import { apartFrom } from '../../../src/lab/export/splits/apart.ts';
import { bookName } from '../../../src/lab/export/splits/book-name.ts';
import { splitOf } from '../../../src/lab/export/splits/split-of.ts';

const key = fc.record({
  book: fc.constantFrom('Ferry House', 'Ferry House II', 'The Narrows', 'Ada’s Deed'),
  plot: fc.nat({ max: 3 }),
  conversation: fc.nat({ max: 3 }),
});
type Key = { readonly book: string; readonly plot: number; readonly conversation: number };
const idOf = ({ book, plot, conversation }: Key) => `${book}-${plot}-${conversation}`;

describe('splits', () => {
  it('are the same for all samples of a conversation, whatever else is asked', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(),
        fc.double({ min: 0, max: 0.49, noNaN: true }),
        (conversation, seed, share) => {
          const rule = { seed, val: share, test: share, by: 'conversation' as const };
          const one = splitOf({ conversation, key: { book: 'A' } }, rule);
          expect(splitOf({ conversation }, rule)).toBe(one);
          // More for the others never brings one back into training.
          if (one !== 'train') {
            expect(splitOf({ conversation }, { ...rule, val: share + 0.5 })).not.toBe('train');
          }
        },
      ),
    );
  });

  it('keep a book together, however its title is written', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 20 }), fc.nat(), (ids, seed) => {
        const rule = { seed, val: 0.3, test: 0.3, by: 'book' as const };
        const splits = ids.flatMap((conversation) =>
          ['Ada’s  Deed', "ada's deed"].map((book) => splitOf({ conversation, key: { book } }, rule)),
        );
        expect(new Set(splits).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('have nothing of a test set, by key or by id alone', () => {
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 6 }),
        fc.array(key, { maxLength: 20 }),
        (scenes, conversations) => {
          const apart = apartFrom(scenes);
          for (const one of conversations) {
            const isIn = scenes.some((scene) => idOf(scene) === idOf(one));
            const written = { ...one, book: one.book.replaceAll('’', "'").toUpperCase() };
            expect(apart.whyApart({ conversation: 'any', key: written }, 'conversation') !== undefined).toBe(
              isIn,
            );
            expect(apart.whyApart({ conversation: idOf(written) }, 'conversation') !== undefined).toBe(isIn);
            const isOfBook = scenes.some(({ book }) => book === one.book);
            expect(apart.whyApart({ conversation: 'any', key: written }, 'book') !== undefined).toBe(
              isOfBook,
            );
            // Of which plot it is nobody says: it is taken for one of the set.
            const bare = { conversation: 'any', key: { book: one.book } };
            expect(apart.whyApart(bare, 'conversation')).toBe(isOfBook ? 'book-in-test-set' : undefined);
          }
        },
      ),
    );
  });

  it('know a title by its letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const name = bookName(title);
        expect(bookName(name)).toBe(name);
        expect(bookName(`  ${title}’ `)).toBe(name);
      }),
    );
  });
});

describe('text that no file can hold', () => {
  it('is replaced, and nothing else is touched', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), (texts) => {
        const sample: SftSample = {
          kind: 'sft',
          id: 'a',
          source: { conversation: 'c', character: 'Ada' },
          messages: texts.map((content) => ({ role: 'user', content })),
        };
        const whole = wellFormed(sample);
        expect(whole.messages.map(({ content }) => content)).toEqual(
          texts.map((text) => text.toWellFormed()),
        );
        const isFine = texts.every((text) => text.isWellFormed());
        if (!isFine) expect(whole).not.toBe(sample);
        else if (texts.every((text) => !text.includes('\\'))) expect(whole).toBe(sample);
      }),
    );
  });
});

const TYPES: Columns = {
  name: 'string',
  count: 'int64',
  list: { list: { struct: { role: 'string', loss: 'bool' } } },
};

describe('Parquet', () => {
  it('has every column of every row, null where nothing is', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            name: fc.string(),
            count: fc.maxSafeInteger(),
            list: fc.array(fc.record({ role: fc.string(), loss: fc.boolean() }, { requiredKeys: ['role'] })),
          },
          { requiredKeys: [] },
        ),
        (row: Row) => {
          const values = Object.entries(TYPES).map(([name, type]) => parquetValue(row[name], type));
          expect(values).toEqual([
            row['name'] ?? null,
            row['count'] === undefined ? null : BigInt(Number(row['count'])),
            Array.isArray(row['list'])
              ? row['list'].map((one: Json) => ({ role: null, loss: null, ...(one as object) }))
              : null,
          ]);
          expect(parquetSchema(TYPES).map(({ name }) => name)).toEqual([
            ...['root', 'name', 'count', 'list', 'list', 'element', 'role', 'loss'],
          ]);
        },
      ),
    );
  });
});
