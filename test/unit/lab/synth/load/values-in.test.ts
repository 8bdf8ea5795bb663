import { describe, expect, it } from 'vitest';
import { layoutOf, valuesIn } from '../../../../../src/lab/synth/load/values-in.ts';

async function* inChunks(text: string, size: number): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += size) yield text.slice(from, from + size);
}

describe('a value that is too large to hold', () => {
  it.each([
    ['in lines', (all: string[]) => all.join('\n')],
    ['in a list', (all: string[]) => `[${all.join(', ')}]`],
  ])('is told by its size, and the next one is read: %s', async (_name, write) => {
    const text = write(['{"a":1}', `{"a":"${'x'.repeat(5000)}"}`, '{"a":3}']);
    const layout = layoutOf(text) ?? 'lines';
    const pieces = await Array.fromAsync(valuesIn(inChunks(text, 64), layout, 1000));
    expect(pieces).toMatchObject([
      { kind: 'value', at: 1, value: { a: 1 } },
      { kind: 'fault', at: 2, why: 'too-large', detail: 'it has more than 1000 characters' },
      { kind: 'value', at: 3, value: { a: 3 } },
    ]);
    // Only its beginning was kept.
    expect(pieces[1]?.kind === 'fault' && pieces[1].text.length).toBeLessThanOrEqual(4000);
  });
});

describe('how values are written down', () => {
  it.each([
    ['{"a":1}\n{"a":2}', 'lines'],
    ['{broken}\n{"a":2}', undefined],
    ['{"a": broken}\n{"a":2}', 'lines'],
    ['{\n  "a": 1\n}', 'whole'],
    ['{ "a": 1,\n  "b": 2 }', 'whole'],
    ['\uFEFF  [\n{"a":1}]', 'list'],
    ['[He looks tired.] Ada: Hm.', undefined],
    ['Ada: {"no": "JSON"}', undefined],
    ['', undefined],
  ])('%j is %s', (begins, layout) => {
    expect(layoutOf(begins)).toBe(layout);
  });

  it('objects that are spread over lines, one behind the other, are read one by one', async () => {
    const text = [{ a: { b: [1, 2] } }, { a: '}{"' }].map((one) => JSON.stringify(one, null, 2)).join('\n');
    const pieces = await Array.fromAsync(valuesIn(inChunks(text, 3), 'whole'));
    expect(pieces.map((piece) => piece.kind === 'value' && piece.value)).toEqual([
      { a: { b: [1, 2] } },
      { a: '}{"' },
    ]);
  });

  it('what stands behind the end of a list is told', async () => {
    const pieces = await Array.fromAsync(valuesIn(inChunks('[{"a":1}]\n{"a":2}', 4), 'list'));
    expect(pieces).toMatchObject([
      { kind: 'value' },
      { kind: 'fault', why: 'broken-json', detail: 'it stands behind the end of the list' },
    ]);
  });
});
