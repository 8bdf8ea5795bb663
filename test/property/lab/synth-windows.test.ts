import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineWords, windowsOf } from '../../../src/lab/synth/prompt-parts.ts';
import { type ViewLine, viewOf } from '../../../src/lab/synth/record/views.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';

const NAME = 'Ada Crane';
const scenes = fc
  .array(
    fc.record({
      speaker: fc.constantFrom(NAME, NAME, 'Perran Hale', 'Environment'),
      text: fc.constantFrom(
        'No.',
        'The tide is wrong till four.',
        `On ${'and on '.repeat(30)}`,
        '天已经黑了，我不过河。',
      ),
      onlyThinks: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((turns) =>
    sampleConversation({
      turns: turns.map(({ speaker, text, onlyThinks }, id) => ({
        id: id * 2,
        from: [id],
        speaker,
        text:
          onlyThinks && speaker === 'Perran Hale'
            ? `<role_thinking>${text.trim()}</role_thinking>`
            : text.trim(),
      })),
    }),
  );

const weigh = (lines: readonly ViewLine[]) =>
  lines.reduce((sum, line) => sum + weightOf(lineWords(line)) + 1, 0);

test('every own turn that is wanted is in exactly one window, with as much before it as there is room for', () => {
  const cases = fc.tuple(scenes, fc.integer({ min: 1, max: 12 }), fc.integer({ min: -50, max: 3000 }));
  fc.assert(
    fc.property(cases, ([scene, most, room]) => {
      const view = viewOf(scene, NAME);
      const wanted = view.filter(({ own }) => own).map(({ turn }) => turn);
      const windows = windowsOf(scene, NAME, wanted, most, room);
      expect(windows.flatMap(({ turns }) => turns)).toEqual(wanted);
      for (const { turns, lines } of windows) {
        const [first = 0, last = 0] = [turns[0], turns.at(-1)];
        expect(turns.length).toBeLessThanOrEqual(most);
        // A stretch of the view that ends with what is asked for, and holds all of it.
        const end = view.findIndex(({ turn }) => turn === last) + 1;
        expect(lines).toEqual(view.slice(end - lines.length, end));
        expect(lines.map(({ turn }) => turn)).toEqual(expect.arrayContaining([...turns]));
        // No more than there is room for, but for a single turn that is longer; and nothing is left out that fits.
        const begins = lines[0]?.turn ?? 0;
        if (turns.length > 1 || begins < first) expect(weigh(lines)).toBeLessThanOrEqual(room);
        const before = view[end - lines.length - 1];
        if (before) expect(weigh([before, ...lines])).toBeGreaterThan(room);
      }
      // No window could have taken the next turn as well.
      for (const [at, { turns }] of windows.entries()) {
        const next = windows[at + 1]?.turns[0];
        if (next === undefined || turns.length === most) continue;
        const span = view.filter(({ turn }) => turn >= (turns[0] ?? 0) && turn <= next);
        expect(weigh(span)).toBeGreaterThan(room);
      }
    }),
    { numRuns: 300 },
  );
});
