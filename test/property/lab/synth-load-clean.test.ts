import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCoser } from '../../../src/format/render-coser.ts';
import { renderHer } from '../../../src/format/render-her.ts';
import { type Segment, visibleSegments } from '../../../src/format/segments.ts';
import { cleanConversation } from '../../../src/lab/synth/load/clean-conversation.ts';
import type { Loaded } from '../../../src/lab/synth/load/loaded.ts';
import type { RawTurn } from '../../../src/lab/synth/load/raw-conversation.ts';
import { conversationSchema } from '../../../src/lab/synth/record/conversation.ts';
import { isWorld, segmentsOf } from '../../../src/lab/synth/record/views.ts';

const speaker = fc.constantFrom(
  'Ada Crane',
  'ada  crane',
  'Perran Hale',
  '“Perran Hale”',
  'Bob Hale',
  'Environment',
  '',
);
const piece = fc.constantFrom(
  ...['[', ']', '(', ')', '<role_thinking>', '</role_thinking>', '<role_action>', '</role_action>'],
  ...[
    '<system_thinking>',
    '</system_thinking>',
    '<think>',
    '</think>',
    '\n',
    '\n\n',
    ' ',
    'Ada Crane: ',
    'Hale: ',
  ],
  ...[
    'Bob:',
    '**Perran Hale:** ',
    'the tide',
    'Wait.',
    '*nods*',
    '“no”',
    '\\',
    '\0',
    '\uD800',
    'Environment: ',
    '`',
    '{x}',
  ],
);
const turn = fc
  .record({
    speaker,
    text: fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme' }),
    ),
    format: fc.constantFrom('coser' as const, 'her' as const),
    plan: fc.option(fc.string(), { nil: undefined }),
    visibleOnly: fc.boolean(),
  })
  .map(({ plan, ...rest }) => ({ ...rest, ...(plan === undefined ? {} : { plan }) }));
const turns = fc
  .array(turn, { maxLength: 8 })
  .map((all) => all.map((one, at): RawTurn => ({ ...one, from: [at] })));

function clean(raw: readonly RawTurn[]): Loaded {
  return cleanConversation(
    { id: 'ferry', key: { book: 'The Ferry House' }, source: 'transcript', characters: [], turns: raw },
    { where: 'here', number: 1, seen: () => false },
  );
}

describe('a cleaned conversation', () => {
  it('reads back as it is written, turn by turn', () => {
    fc.assert(
      fc.property(turns, (raw) => {
        const loaded = clean(raw);
        if (loaded.kind === 'reject') return;
        const { record } = loaded;
        expect(conversationSchema.parse(record)).toEqual(record);
        expect(record.turns.map(({ id }) => id)).toEqual(record.turns.map((_, at) => at));
        for (const one of record.turns) {
          const segments = segmentsOf(one, record);
          expect(visibleSegments(segments).length).toBeGreaterThan(0);
          expect(renderHer(segments)).toBe(one.text);
          expect(one.text.isWellFormed() && !one.text.includes('\0')).toBe(true);
          if (isWorld(one)) {
            expect(segments.some(({ kind }) => kind === 'thought')).toBe(false);
            expect(one.plan).toBeUndefined();
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('accounts for every turn of its source: it is in one turn, or left out with a reason', () => {
    fc.assert(
      fc.property(turns, (raw) => {
        const loaded = clean(raw);
        if (loaded.kind === 'reject') {
          expect(loaded.why).toMatch(/^(?:empty-conversation|no-usable-turns|nobody-speaks)$/u);
          return;
        }
        const taken = loaded.record.turns.flatMap(({ from }) => from);
        expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
        const OF_TAKEN = /^(?:speaks-for-another|thought-of-another|plan-of-another)$/u;
        const left = loaded.rejects.filter(({ why }) => !OF_TAKEN.test(why));
        expect(taken.length + left.length).toBe(raw.length);
      }),
      { numRuns: 500 },
    );
  });

  it('hides all that was hidden and shows all that was shown, in either notation', () => {
    const layers = fc.array(
      fc.tuple(
        fc.constantFrom('thought' as const, 'action' as const, 'speech' as const),
        fc.constantFrom(' and (so)', '', ' [x] y', '. Hm'),
      ),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    const said = fc.array(fc.tuple(fc.constantFrom('Ada', 'Perran'), layers, fc.boolean()), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(said, (all) => {
        const raw = all.map(([who, parts, isHer], turn): RawTurn => {
          const segments = parts.map(([kind, more], at): Segment => {
            return { kind, text: `${kind === 'thought' ? 'SECRET' : 'SHOWN'}${turn}x${at}${more}` };
          });
          const [render, format] = isHer ? ([renderHer, 'her'] as const) : ([renderCoser, 'coser'] as const);
          return { speaker: who, text: render(segments), format, from: [turn] };
        });
        const loaded = clean(raw);
        if (loaded.kind === 'reject') return;
        for (const turn of loaded.record.turns) {
          const segments = segmentsOf(turn, loaded.record);
          const shown = visibleSegments(segments)
            .map(({ text }) => text)
            .join(' ');
          const hidden = segments.flatMap(({ kind, text }) => (kind === 'thought' ? [text] : [])).join(' ');
          expect(shown).not.toContain('SECRET');
          expect(hidden).not.toContain('SHOWN');
          const marks = turn.from.flatMap((at) => raw[at]?.text.match(/(?:SECRET|SHOWN)\d+x\d+/gu) ?? []);
          expect(`${shown} ${hidden}`.match(/(?:SECRET|SHOWN)\d+x\d+/gu)?.toSorted()).toEqual(
            marks.toSorted(),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});
