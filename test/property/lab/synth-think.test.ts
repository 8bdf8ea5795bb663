import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderHer } from '../../../src/format/render-her.ts';
import type { Segment } from '../../../src/format/segments.ts';
import { knownWhen, knowsLater } from '../../../src/lab/synth/checks/known-when.ts';
import { lcsLength } from '../../../src/lab/synth/checks/lcs.ts';
import { recallOf, wordsOf } from '../../../src/lab/synth/checks/words.ts';
import { type Conversation, conversationSchema } from '../../../src/lab/synth/record/conversation.ts';
import { isWorld, segmentsOf } from '../../../src/lab/synth/record/views.ts';
import { readTurns } from '../../../src/lab/synth/think/read-turns.ts';
import { thinkStep } from '../../../src/lab/synth/think/think-step.ts';
import { HOSTILE_THINK, teachThink } from '../../doubles/teacher/think.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';
import { stepTools } from '../../support/synth/tools.ts';

const PEOPLE = ['Ada Crane', 'Perran Hale', 'Wenna Rosewarne'] as const;
/** Each name has a word of its own that stands in its thoughts and its motive alone. */
const SECRET: Readonly<Record<string, string>> = {
  'Ada Crane': 'deedpaper',
  'Perran Hale': 'drownedbrother',
  'Wenna Rosewarne': 'falseledger',
};
const word = fc.constantFrom('tide', 'bell', 'rope', 'lamp', 'stone', 'four', 'late', 'wet');
const words = (least: number) =>
  fc.array(word, { minLength: least, maxLength: 9 }).map((some) => some.join(' '));

const scenes: fc.Arbitrary<Conversation> = fc
  .array(
    fc.record({
      speaker: fc.constantFrom(...PEOPLE, 'Environment'),
      thought: fc.option(words(1)),
      action: fc.option(words(1)),
      speech: words(1),
    }),
    { minLength: 1, maxLength: 16 },
  )
  .map((turns) =>
    sampleConversation({
      characters: PEOPLE.map((name) => ({
        name,
        profile: 'Somebody at the slip.',
        background: '',
        motivation: `I think of the ${SECRET[name]} and of nothing else.`,
        description: '',
        experience: '',
      })),
      turns: turns.map(({ speaker, thought, action, speech }, id) => {
        const isNobody = speaker === 'Environment';
        const segments: Segment[] = [
          ...(thought && !isNobody
            ? [{ kind: 'thought' as const, text: `${SECRET[speaker]} ${thought}` }]
            : []),
          ...(action && !isNobody ? [{ kind: 'action' as const, text: action }] : []),
          { kind: 'speech', text: speech },
        ];
        return { id, from: [id], speaker, text: renderHer(segments) };
      }),
    }),
  );

/** Whatever a model may come up with, of the words that tempt. */
const temptation = fc.array(
  fc.oneof(
    word,
    fc.constantFrom(
      '<role_thinking>',
      '</role_thinking>',
      '<role_action>',
      '</role_action>',
      '<system_thinking>',
      '</system_thinking>',
      '\nAda Crane: ',
      '\nPerran Hale: ',
      'deedpaper',
      'falseledger',
      'I',
      '“',
      '”',
      '.',
    ),
  ),
  { maxLength: 25 },
);

function sentOf(asked: ReturnType<typeof stepTools>['asked']) {
  return asked.map(({ request }) => request.messages.map(({ content }) => content).join('\n'));
}

function expectLawful(scene: Conversation, asked: ReturnType<typeof stepTools>['asked']) {
  for (const text of sentOf(asked)) {
    const name = /^The character: (.+)$/mu.exec(text)?.[1] ?? '';
    expect(PEOPLE).toContain(name);
    for (const other of PEOPLE) if (other !== name) expect(text).not.toContain(SECRET[other]);
  }
  expect(scene.turns.length).toBeGreaterThan(0);
}

function expectKept(
  scene: Conversation,
  after: Conversation | undefined,
  rejected: readonly (number | undefined)[],
) {
  expect(conversationSchema.parse(after)).toEqual(after);
  expect(after?.turns.map(({ id }) => id)).toEqual(scene.turns.map(({ id }) => id));
  for (const [at, turn] of scene.turns.entries()) {
    const changed = after?.turns[at];
    if (!changed || !after) throw new Error('a turn is gone');
    if (isWorld(turn) || rejected.includes(turn.id)) expect(changed).toEqual(turn);
    if (changed === turn || changed.text === turn.text) continue;
    expect(changed).toEqual({ ...turn, text: changed.text, original: turn.text });
    const segments = segmentsOf(changed, after);
    expect(renderHer(segments)).toBe(changed.text);
    const of = (some: readonly Segment[], hidden: boolean) =>
      some.flatMap(({ kind, text }) => ((kind === 'thought') === hidden ? wordsOf(text) : []));
    const seen = of(segments, false);
    const said = segmentsOf(turn, scene).flatMap(({ kind, text }) =>
      kind === 'speech' ? wordsOf(text) : [],
    );
    expect(recallOf(said, seen)).toBeGreaterThanOrEqual(0.9);
  }
}

describe('whatever a teacher answers', () => {
  test('nobody’s turn is lost, and nobody’s secret is in the prompt of another', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.array(temptation, { minLength: 1, maxLength: 8 }), async (scene, texts) => {
        const { tools, asked } = stepTools(() =>
          JSON.stringify({
            turns: scene.turns.map(({ id, text }) => ({
              turn: id,
              text:
                id % 3 === 0
                  ? `${text}${(texts[id % texts.length] ?? []).join(' ')}`
                  : (texts[id % texts.length] ?? []).join(' '),
            })),
          }),
        );
        const { record, rejects } = await thinkStep.work(scene, tools);
        expectLawful(scene, asked);
        expectKept(
          scene,
          record,
          rejects.map(({ turn }) => turn),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('every turn of a character is enhanced, unchanged or rejected; a good teacher changes nothing that is said', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { tools, asked } = stepTools(({ request }) => teachThink(request.messages) ?? '');
        const { record, rejects, counts } = await thinkStep.work(scene, tools);
        expectLawful(scene, asked);
        expectKept(
          scene,
          record,
          rejects.map(({ turn }) => turn),
        );
        const parts = ['enhanced', 'mended in form', 'unchanged', 'kept as they were'];
        expect(parts.reduce((sum, part) => sum + (counts[part] ?? 0), 0)).toBe(counts['turns']);
      }),
      { numRuns: 100 },
    );
  });

  test.each(Object.entries(HOSTILE_THINK))('one who %s has no turn taken', async (_what, hostile) => {
    const scene = sampleConversation();
    const { tools } = stepTools(({ request }) => hostile(request.messages) ?? '');
    const { record, rejects } = await thinkStep.work(scene, tools);
    expect(record?.turns).toEqual(scene.turns);
    expect(rejects.map(({ turn }) => turn).toSorted()).toEqual([0, 1, 3, 4]);
  });
});

test('an answer of any text is read or not, and never thrown at', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((text) => `{"turns": ${text}}`),
      ),
      (text) => {
        for (const { turn, text: written } of readTurns(text) ?? []) {
          expect(Number.isInteger(turn)).toBe(true);
          expect(written).not.toBe('');
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('the longest common subsequence is as its definition reads', () => {
  const slow = (one: readonly string[], other: readonly string[]): number => {
    const [first, ...rest] = one;
    if (first === undefined) return 0;
    const at = other.indexOf(first);
    return Math.max(slow(rest, other), at < 0 ? 0 : 1 + slow(rest, other.slice(at + 1)));
  };
  const some = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 });
  fc.assert(
    fc.property(some, some, (one, other) => {
      expect(lcsLength(one, other)).toBe(slow(one, other));
    }),
    { numRuns: 400 },
  );
});

test('only what stands in later lines, and in none before, is known later', () => {
  const RUN = 'the bell that rings twice for the dead';
  fc.assert(
    fc.property(fc.nat(7), fc.nat(7), fc.option(fc.nat(7)), (asked, told, before) => {
      const turns = Array.from({ length: 8 }, (_, id) => ({
        id,
        from: [id],
        speaker: id % 2 === 0 ? 'Ada Crane' : 'Perran Hale',
        text: id === told || id === before ? `Hear ${RUN}.` : `Line number ${id}.`,
      }));
      const known = knownWhen(sampleConversation({ turns }), 'Ada Crane');
      const first = Math.min(told, before ?? told);
      expect(knowsLater(wordsOf(`I know ${RUN}`), asked, known)).toBe(first > asked);
    }),
  );
});
