import { describe, expect, test } from 'vitest';
import { lastThatFit, witnessedWords } from '../../../../src/engine/command/witnessed-words.ts';
import type { Witnessed } from '../../../../src/engine/ledger/ledger-api.ts';
import { ENVIRONMENT } from '../../../../src/scene/beat.ts';

const TOM = { id: 'character:tom', name: 'Tom' };
const bow = { kind: 'action', text: 'bows' } as const;
const hello = { kind: 'speech', text: 'Good\nevening.' } as const;

test.each<[Omit<Witnessed, 'n'>, string]>([
  [{ kind: 'line', speaker: TOM, segments: [bow, hello] }, 'Tom: *bows* Good evening.'],
  [{ kind: 'whisper', speaker: TOM, segments: [hello] }, 'Tom, whispering: Good evening.'],
  [{ kind: 'told', speaker: TOM, segments: [hello] }, 'Tom told of it: Good evening.'],
  [{ kind: 'told', speaker: ENVIRONMENT, segments: [hello] }, 'hearsay: Good evening.'],
  [{ kind: 'narration', speaker: ENVIRONMENT, segments: [{ kind: 'action', text: 'Rain.' }] }, 'Rain.'],
  [{ kind: 'entrance', speaker: TOM, segments: [] }, 'Tom comes in.'],
  [{ kind: 'exit', speaker: TOM, segments: [] }, 'Tom leaves.'],
  [{ kind: 'exit', speaker: TOM, segments: [{ kind: 'action', text: 'Tom runs.' }] }, 'Tom runs.'],
])('%j', (witnessed, expected) => {
  expect(witnessedWords({ n: 7, ...witnessed })).toBe(`#7 ${expected}`);
});

describe('a list', () => {
  test('is whole where it fits', () => {
    expect(lastThatFit(['one', 'two'])).toBe('one\ntwo');
  });

  test('keeps its end where it does not, and says how many came before', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `line ${i} ${'x'.repeat(40)}`);
    const text = lastThatFit(lines, 500);
    expect(text).toMatch(/^\(9\d earlier\)\nline 9/);
    expect(text.endsWith(lines.at(-1) ?? '?')).toBe(true);
    expect(text.length).toBeLessThan(520);
  });

  test('of one endless line holds its beginning', () => {
    expect(lastThatFit(['y'.repeat(5000)])).toHaveLength(600);
  });
});
