import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf, valuesIn } from '../../../src/lab/synth/load/values-in.ts';

async function* cutAt(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const place of [...places, text.length]) {
    yield text.slice(from, place);
    from = place;
  }
}

const record = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }), { minKeys: 1 })
  // JSON has no minus zero.
  .map((value): unknown => JSON.parse(JSON.stringify(value)));
const cuts = fc.array(fc.nat(), { maxLength: 12 });

async function read(text: string, where: readonly number[]) {
  const layout = layoutOf(text.slice(0, 4096));
  if (!layout) throw new Error(`no layout: ${text.slice(0, 80)}`);
  return Array.fromAsync(valuesIn(cutAt(text, where), layout));
}

describe('values of a file of JSON', () => {
  it.each([
    ['lines', (all: unknown[]) => all.map((one) => JSON.stringify(one)).join('\n')],
    ['lines of Windows', (all: unknown[]) => all.map((one) => `${JSON.stringify(one)}\r\n`).join('')],
    ['a list on one line', (all: unknown[]) => JSON.stringify(all)],
    ['a list, indented', (all: unknown[]) => JSON.stringify(all, null, 2)],
    ['a list, broken into lines', (all: unknown[]) => JSON.stringify(all, null, ' ').replace(/^ +/gmu, '')],
    [
      'a list, a line each',
      (all: unknown[]) => `[\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
    ],
  ])('are what JSON.parse reads, wherever it is cut: %s', async (_name, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), cuts, async (all, where) => {
        const pieces = await read(write(all), where);
        expect(pieces).toEqual(all.map((value, at) => ({ kind: 'value', at: at + 1, value })));
      }),
    );
  });

  it('of which one is broken are all the others', async () => {
    const broken = fc.constantFrom(
      '{"a": "x}',
      '{"a": {"b": 1}',
      '{"a": [1}',
      '{"a": 1}}',
      '{"a": "\\',
      '{a: 1}',
    );
    const write = fc.constantFrom(
      (all: string[]) => all.join('\n'),
      (all: string[]) => `[\n${all.join(',\n')}\n]`,
      (all: string[]) => `[\n${all.map((one) => `  ${one.replace('{', '{\n    ')}`).join(',\n')}\n]`,
    );
    const good = record.map((value) => JSON.stringify(value));
    await fc.assert(
      fc.asyncProperty(
        fc.array(good, { minLength: 1, maxLength: 4 }),
        broken,
        fc.array(good, { minLength: 1, maxLength: 4 }),
        write,
        cuts,
        async (before, bad, after, written, where) => {
          const pieces = await read(written([...before, bad, ...after]), where);
          const values = pieces.flatMap((piece) =>
            piece.kind === 'value' ? [JSON.stringify(piece.value)] : [],
          );
          expect(values).toEqual([...before, ...after]);
          expect(pieces.filter((piece) => piece.kind === 'fault').map(({ at }) => at)).toEqual([
            before.length + 1,
          ]);
        },
      ),
    );
  });
});
