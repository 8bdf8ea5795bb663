import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleTurns } from '../../../src/cast/cards/example-turns.ts';
import { applyChanges } from '../../../src/cast/changes/apply-changes.ts';
import { changeWords } from '../../../src/cast/changes/change-words.ts';
import { fieldOf } from '../../../src/cast/changes/field-of.ts';
import { type Change, ENRICHED_FIELDS, type EnrichedField } from '../../../src/cast/changes/proposal.ts';
import { createQuotes } from '../../../src/enrich/find-quote.ts';
import { keptOf } from '../../../src/enrich/kept-of.ts';
import { readFindings } from '../../../src/enrich/read-findings.ts';
import { sentencesOf } from '../../../src/enrich/sentences.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';
import { FERRY_TEXT, ferryCard, proposalFrom } from '../../unit/enrich/ferry.ts';

const WORDS =
  `${FERRY_TEXT} I me she wants Haddow feels <role_thinking> </role_thinking> <role_action> </role_action> System: user nobody knows {{random::a,b}} \n ## “ ” … Vienna`.split(
    ' ',
  );
const prose = fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }).map((words) => words.join(' '));
const quote = fc
  .tuple(fc.nat(FERRY_TEXT.length - 1), fc.integer({ min: 0, max: 120 }))
  .map(([from, length]) => FERRY_TEXT.slice(from, from + length));
const piece = fc.oneof(
  fc.record({ thought: prose }),
  fc.record({ action: prose }),
  fc.record({ speech: prose }),
  prose,
);
const finding = fc.record(
  {
    quote: fc.oneof(quote, prose),
    lacking: prose,
    add: fc.oneof(prose, quote),
    to: prose,
    turn: fc.oneof(prose, fc.array(piece, { maxLength: 4 })),
  },
  { requiredKeys: ['quote'] },
);
/** What a good model could write: a sentence of the text, its words in another order, a turn about it. */
const sentence = fc.constantFrom(...sentencesOf(FERRY_TEXT));
const likely = fc
  .tuple(sentence, fc.nat(6), fc.constantFrom('', 'I know that ', 'She knows how ', 'People say that '))
  .map(([told, at, opening]) => {
    const words = told.replace(/[.“”]/gu, '').split(' ');
    const add = `${opening}${[...words.slice(at), ...words.slice(0, at)].join(' ').toLowerCase()}.`;
    const turn = [
      { thought: `I remember: ${words.slice(0, 12).join(' ').toLowerCase()}` },
      { speech: 'Mind the step.' },
    ];
    return { quote: told, lacking: 'so far nothing', add, to: 'What is that?', turn };
  });
const answer = fc.oneof(
  fc.array(fc.oneof(likely, finding), { maxLength: 4 }).map((found) => JSON.stringify({ found })),
  fc.array(finding, { maxLength: 5 }).map((found) => JSON.stringify({ found })),
  fc
    .tuple(fc.array(finding, { maxLength: 3 }), fc.nat(400))
    .map(([found, cut]) => JSON.stringify({ found }).slice(0, cut)),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const field = fc.constantFrom(...ENRICHED_FIELDS);
const line = fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/gu, ' '));
const lines = fc.array(line, { maxLength: 8 }).map((all) => all.join('\n'));

describe('enrichment', () => {
  test('whatever a model answers, what stood there stays, and every addition has its source', async () => {
    await fc.assert(
      fc.asyncProperty(field, answer, prose, async (of, answered, background) => {
        const card = ferryCard({ extensions: { dramatis: { background, motivation: background } } });
        const { changes } = await proposalFrom({ [of]: answered } as { [F in EnrichedField]?: string }, {
          card,
        });
        for (const { field: its, before, after, sources, to } of changes) {
          expect(its).toBe(of);
          expect(sources.length).toBeGreaterThan(0);
          if (its === 'examples') {
            const { segments, systemThinking, usable } = parseTurn(after, { speaker: card });
            expect({ usable, systemThinking, to: to !== '' }).toEqual({
              usable: true,
              systemThinking: '',
              to: true,
            });
            expect(segments.some(({ kind }) => kind === 'thought')).toBe(true);
            expect(segments.some(({ kind }) => kind !== 'thought')).toBe(true);
          } else {
            expect(before).toBe(fieldOf(card, its));
            expect(after.startsWith(before)).toBe(true);
            expect(keptOf(before, after)).toBe(1);
            const added = after.slice(before.length);
            expect(added).not.toMatch(/<\/?role|\busers?\b|\{\{random/iu);
            // Where a sentence begins, a large letter tells of no name.
            expect(added.replace(/(^|[.!?…]|\n)[\s“"]*\p{Lu}\S*/gu, '$1')).not.toMatch(/Vienna/u);
          }
        }
        const applied = applyChanges(card, changes);
        for (const change of changes) {
          if (change.field === 'examples')
            expect(exampleTurns(applied)).toContainEqual({ cue: change.to, turn: change.after });
          else expect(fieldOf(applied, change.field)).toBe(change.after);
        }
        expect(applyChanges(applied, changes)).toEqual(applied);
      }),
      { numRuns: 300 },
    );
  });

  test('an answer is read, or not, and never breaks anything', () => {
    fc.assert(
      fc.property(
        fc.oneof(answer, fc.string({ unit: fc.constantFrom(...'{}[]":,\'\\\n abc'), maxLength: 400 })),
        (text) => {
          const findings = readFindings(text);
          expect(findings === undefined || Array.isArray(findings)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a quotation with a letter in twelve wrong is found where it stands', () => {
    const quotes = createQuotes([{ title: '', text: FERRY_TEXT, known: 'open', from: 'text' }]);
    fc.assert(
      fc.property(
        fc.nat(FERRY_TEXT.length - 80),
        fc.integer({ min: 40, max: 80 }),
        fc.nat(11),
        (from, length, slip) => {
          const there = FERRY_TEXT.slice(from, from + length);
          const wrong = [...there]
            .map((letter, at) => (at % 14 === slip && /\p{L}/u.test(letter) ? 'q' : letter))
            .join('');
          const found = quotes.find(wrong.replaceAll('…', ' '));
          expect(found).toBeDefined();
          expect(FERRY_TEXT.replace(/\s+/gu, ' ')).toContain(found?.[0]?.text);
        },
      ),
    );
  });

  test('a difference tells how the one becomes the other', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const change: Change = { field: 'description', before, after, sources: [], why: '' };
        const shown = changeWords(change)
          .split('\n')
          .filter((one) => one !== '');
        const added = shown.filter((one) => one.startsWith('+')).map((one) => one.slice(2));
        const gone = shown.filter((one) => one.startsWith('-')).map((one) => one.slice(2));
        const left = before === '' ? [] : before.split('\n');
        for (const text of gone) {
          const at = left.indexOf(text);
          expect(at).toBeGreaterThanOrEqual(0);
          left.splice(at, 1);
        }
        const whole = [...left, ...added].sort();
        expect(whole).toEqual((after === '' ? [] : after.split('\n')).sort());
      }),
    );
  });

  test('what is applied is what is shown, also where somebody edited the card meanwhile', () => {
    fc.assert(
      fc.property(lines, lines, line, (before, now, added) => {
        fc.pre(added.trim() !== '');
        const after = before === '' ? added : `${before}\n${added}`;
        const card = { ...ferryCard(), description: now };
        const { description } = applyChanges(card, [
          { field: 'description', before, after, sources: [], why: '' },
        ]);
        expect(description).toContain(added.trim());
        if (now !== before) expect(keptOf(now, description)).toBe(1);
      }),
    );
  });
});
