import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderHer } from '../../../src/format/render-her.ts';
import { type Segment, visibleSegments } from '../../../src/format/segments.ts';
import { entropyOf } from '../../../src/lab/patterns/entropy.ts';
import { patternOf } from '../../../src/lab/patterns/pattern.ts';
import type { Conversation } from '../../../src/lab/synth/record/conversation.ts';
import { isWorld, segmentsOf } from '../../../src/lab/synth/record/views.ts';
import { swapBar } from '../../../src/lab/synth/reorder/may-swap.ts';
import { reorderStep } from '../../../src/lab/synth/reorder/reorder-step.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';
import { stepTools } from '../../support/synth/tools.ts';

const FREE_THOUGHTS = [
  'Such a grey evening',
  'He looks older than I remember',
  'Rain, and the roof not mended',
];
const BOUND_THOUGHTS = ['I’ll wait for him', 'Because of the letter', 'That hurts', 'I must be quick'];
const FREE_ACTIONS = ['nods', 'rubs his chin', 'adjusts her gloves'];
const BOUND_ACTIONS = ['opens the drawer', 'walks to the window', 'shivers at the thought'];
const WORDS = ['Good evening.', 'As you like.', 'Is it far?'];

/** Elements of a turn, each once, no two of a kind beside each other. */
const elements = fc
  .uniqueArray(
    fc.oneof(
      fc
        .constantFrom(...FREE_THOUGHTS, ...BOUND_THOUGHTS)
        .map((text): Segment => ({ kind: 'thought', text })),
      fc.constantFrom(...FREE_ACTIONS, ...BOUND_ACTIONS).map((text): Segment => ({ kind: 'action', text })),
      fc.constantFrom(...WORDS).map((text): Segment => ({ kind: 'speech', text })),
    ),
    { selector: ({ text }) => text, minLength: 1, maxLength: 6 },
  )
  .map((some) => some.filter(({ kind }, at) => kind !== some[at - 1]?.kind))
  .map((some) =>
    visibleSegments(some).length > 0 ? some : [...some, { kind: 'speech' as const, text: 'Yes.' }],
  );

const scenes = fc
  .array(fc.tuple(fc.constantFrom('Ada Crane', 'Perran Hale', 'Environment'), elements), {
    minLength: 1,
    maxLength: 14,
  })
  .map((turns) =>
    sampleConversation({
      turns: turns.map(([speaker, some], id) => ({
        id,
        from: [id],
        speaker,
        text: speaker === 'Environment' ? 'A bell rings.' : renderHer(some),
      })),
    }),
  );

const { tools } = stepTools(() => {
  throw new Error('nobody is asked');
});

async function reordered(scene: Conversation, seed: number): Promise<Conversation> {
  const { record, rejects } = await reorderStep.work(scene, { ...tools, seed });
  expect(rejects).toEqual([]);
  if (!record) throw new Error('the record is gone');
  return record;
}

const countsOf = (scene: Conversation) => {
  const counts = new Map<string, number>();
  for (const turn of scene.turns) {
    const pattern = patternOf(segmentsOf(turn, scene));
    if (!isWorld(turn)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return [...counts.values()];
};

test('elements stay whole, what is seen and heard keeps its order, and only what may swap has swapped', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, fc.nat(), async (scene, seed) => {
      const after = await reordered(scene, seed);
      expect(after.turns.map(({ id }) => id)).toEqual(scene.turns.map(({ id }) => id));
      for (const [at, turn] of scene.turns.entries()) {
        const changed = after.turns[at];
        if (!changed) throw new Error('a turn is gone');
        if (isWorld(turn) || changed.text === turn.text) {
          expect(changed).toEqual(turn);
          continue;
        }
        expect(changed).toEqual({ ...turn, text: changed.text, original: turn.text });
        const [was, is] = [segmentsOf(turn, scene), segmentsOf(changed, after)];
        const byText = (some: readonly Segment[]) => some.toSorted((a, b) => (a.text < b.text ? -1 : 1));
        expect(byText(is)).toEqual(byText(was));
        expect(visibleSegments(is)).toEqual(visibleSegments(was));
        for (const kind of ['thought', 'action', 'speech']) {
          expect(is.filter((one) => one.kind === kind)).toEqual(was.filter((one) => one.kind === kind));
        }
        const place = (some: readonly Segment[], text: string) => some.findIndex((one) => one.text === text);
        for (const [first, one] of was.entries()) {
          for (const other of was.slice(first + 1)) {
            if (place(is, one.text) < place(is, other.text)) continue;
            const pair = [one, other].toSorted((a) => (a.kind === 'thought' ? -1 : 1));
            expect(pair.map(({ kind }) => kind)).toEqual(['thought', 'action']);
            expect(swapBar(pair[0]?.text ?? '', pair[1]?.text ?? '')).toBeUndefined();
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('patterns become more even or stay as they are, and the commonest is never commoner', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, fc.nat(), async (scene, seed) => {
      const after = await reordered(scene, seed);
      const [was, is] = [countsOf(scene), countsOf(after)];
      expect(Math.max(0, ...is)).toBeLessThanOrEqual(Math.max(0, ...was));
      expect(entropyOf(is)).toBeGreaterThanOrEqual(entropyOf(was) - 1e-9);
      if (after.turns.some((turn, at) => turn !== scene.turns[at]))
        expect(entropyOf(is)).toBeGreaterThan(entropyOf(was));
    }),
    { numRuns: 300 },
  );
});

test('the same seed gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, fc.nat(), async (scene, seed) => {
      expect(await reordered(scene, seed)).toEqual(await reordered(scene, seed));
    }),
    { numRuns: 100 },
  );
});

test('whatever surrounds a planning or explaining word, nothing is moved past it', () => {
  const bars = ['I’ll', 'I will', 'I need to', 'must', 'should', 'because', 'so that', 'it’s best'];
  const around = fc.array(fc.constantFrom('the', 'old', 'house', 'is', 'he', 'quiet', 'and'), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(
      around,
      fc.constantFrom(...bars),
      around,
      fc.constantFrom(...FREE_ACTIONS),
      fc.boolean(),
      (before, bar, after, action, isPlain) => {
        const thought = [...before, bar, ...after].join(' ');
        expect(swapBar(isPlain ? thought.replaceAll('’', "'") : thought, action)).toBeDefined();
      },
    ),
    { numRuns: 300 },
  );
});
