import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Segment, visibleSegments } from '../../../src/format/segments.ts';
import { judgeLine } from '../../../src/judge/continuity/judge-line.ts';
import type { Mark } from '../../../src/judge/continuity/mark.ts';
import { marksByRules } from '../../../src/judge/continuity/marks-by-rules.ts';
import { quoteIn } from '../../../src/judge/continuity/quote-of.ts';
import { readContinuity } from '../../../src/judge/continuity/read-continuity.ts';
import type { ReviewedLine } from '../../../src/judge/continuity/reviewed-line.ts';
import { wordsIn } from '../../../src/judge/continuity/words-in.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { knowledgeOf } from '../../unit/judge/continuity/known-to.ts';

/** Texts in which rules find something more often than in noise. */
const WORDS = [
  ...[
    'Bertram',
    'nods',
    'says',
    'Mara',
    'the',
    'vault',
    'key',
    'Aldous',
    '4711',
    'I',
    'sold',
    'lighthouse',
    'lamp',
  ],
  ...[
    '.',
    '.\n',
    '“',
    '”',
    ':',
    ',',
    '- ',
    '# ',
    'as an AI',
    'role-play',
    '藏在',
    '楼梯',
    'Élise',
    'ß',
    '\u200b',
    '😀',
    'ﷺ',
  ],
];
const prose = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(' '));
const segment = fc.record({
  kind: fc.constantFrom('thought', 'action', 'speech'),
  text: prose,
}) as fc.Arbitrary<Segment>;
const line: fc.Arbitrary<ReviewedLine> = fc
  .record({
    segments: fc.array(segment, { maxLength: 6 }),
    own: fc.array(prose),
    heard: fc.array(prose),
    missed: fc.array(prose),
  })
  .map(({ missed, ...rest }) => ({
    ...rest,
    speaker: ['Mira'],
    others: [['Bertram'], ['Mara Voss', 'Mara', 'Voss', '(?']],
    sheet: '',
    knowledge: knowledgeOf(['Mira keeps the inn.'], missed),
  }));

function expectToStand(marks: readonly Mark[], segments: readonly Segment[]): void {
  for (const { quote } of marks) {
    expect(quote).not.toBe('');
    expect(visibleSegments(segments).some(({ text }) => text.includes(quote))).toBe(true);
  }
}

describe('whatever a line holds', () => {
  test('rules never throw, and quote only what can be seen or heard of it', () => {
    let found = 0;
    fc.assert(
      fc.property(line, (one) => {
        const marks = marksByRules(one);
        found += marks.length;
        expectToStand(marks, one.segments);
        expect(new Set(marks.map(({ kind }) => kind)).size).toBe(marks.length);
      }),
    );
    expect(found).toBeGreaterThan(0);
  });

  test('no word of a mark is from a thought or from what was missed alone', () => {
    fc.assert(
      fc.property(line, fc.uuid(), (one, canary) => {
        const hidden: ReviewedLine = {
          ...one,
          segments: [...one.segments, { kind: 'thought', text: `I sold the lighthouse lamp ${canary}` }],
          knowledge: knowledgeOf([], [`The vault key of Aldous, 4711 ${canary}`]),
        };
        expect(JSON.stringify(marksByRules(hidden))).not.toContain(canary);
      }),
    );
  });

  test('words are where they say, in order', () => {
    fc.assert(
      fc.property(prose, (text) => {
        let last = 0;
        for (const { from, to } of wordsIn(text)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          last = to;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('whatever a judge answers', () => {
  const answer = fc.oneof(
    prose,
    fc.json(),
    fc
      .dictionary(
        fc.constantFrom(
          'knows_too_much',
          'out_of_card',
          'faults',
          'Speaks for others',
          'kind',
          'quote',
          'found',
        ),
        fc.oneof(
          prose,
          fc.boolean(),
          fc.record({ quote: prose, found: fc.boolean() }),
          fc.array(fc.record({ kind: prose, quote: prose })),
        ),
      )
      .map((value) => JSON.stringify(value)),
    fc
      .tuple(prose, fc.nat({ max: 60 }))
      .map(([text, at]) => `{"knows_too_much": {"quote": "${text}`.slice(0, at)),
  );

  test('it is read without throwing', () => {
    fc.assert(
      fc.property(answer, (text) => {
        for (const { quote } of readContinuity(text) ?? []) expect(quote.trim()).not.toBe('');
      }),
    );
  });

  test('it is quoted only with what stands in the line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { maxLength: 4 }), answer, async (segments, text) => {
        const model = { ...answeringModel() };
        model.stream = async function* () {
          yield { type: 'text', text };
        };
        const context = { speaker: 'Mira', sheet: '', setting: '', others: [], lines: [], note: '' };
        const marks = await judgeLine(
          model,
          { context, segments, secret: 's' },
          new AbortController().signal,
        );
        expectToStand(marks ?? [], segments);
      }),
    );
  });

  test('a stretch of a line is found in it, whatever its case', () => {
    let found = 0;
    fc.assert(
      fc.property(prose, fc.nat(), fc.nat(), (text, one, other) => {
        const words = wordsIn(text);
        const [from, to] = [one % (words.length || 1), other % (words.length || 1)].sort((a, b) => a - b);
        const stretch = text.slice(words[from ?? 0]?.from, words[to ?? 0]?.to);
        const quote = quoteIn([{ kind: 'speech', text }], stretch.toUpperCase());
        if (quote === undefined) return;
        found += 1;
        expect(text).toContain(quote);
      }),
    );
    expect(found).toBeGreaterThan(0);
  });
});
