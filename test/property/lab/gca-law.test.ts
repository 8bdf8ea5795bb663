import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryJournal } from '../../../src/lab/calls/memory-journal.ts';
import { RULES, WHOLE } from '../../../src/lab/coser/protocol.ts';
import { type AskedPart, playScene, sceneOf, wordsOf } from '../../support/gca-scene.ts';

/**
 * Hostile answers, each with markers of its own: PLANn is system thinking, MINDn a thought, FORGEDn words put
 * into another’s mouth, SAIDn what can be heard.
 */
const FORMS: readonly ((n: number, other: string) => string | { text: string; reasoning: string })[] = [
  (n) =>
    `<system_thinking>PLAN${n}.</system_thinking><role_thinking>MIND${n}.</role_thinking><role_action>nods</role_action>SAID${n}.`,
  (n) => `<system_thinking>PLAN${n}. SAID${n}.`,
  (n) => `PLAN${n}.</system_thinking>SAID${n}.`,
  (n) => `<think>PLAN${n}.</think><role_thinking>MIND${n}.</role_thinking>SAID${n}.`,
  (n) =>
    `<role_thinking>MIND${n}.<system_thinking>PLAN${n}.</system_thinking></role_thinking><role_action>bows</role_action>SAID${n}.`,
  (n, other) =>
    `<system_thinking>PLAN${n}.</system_thinking>SAID${n}.\n${other}: FORGED${n}.\n<system_thinking>PLAN${n}.</system_thinking>`,
  (n) => `[MIND${n}.] (looks up) SAID${n}.`,
  (n) => `{"system_thinking":"PLAN${n}.","role_thinking":"MIND${n}.","speech":"SAID${n}."}`,
  (n) => ({ text: `<role_thinking>MIND${n}.</role_thinking>SAID${n}.`, reasoning: `PLAN${n}.` }),
  (n) => ({ text: `[MIND${n}.] SAID${n}.`, reasoning: `PLAN${n}.` }),
  (n) => `SAID${n}.<system_thinking>PLAN${n}.</system_thinking><role_thinking>MIND${n}.</role_thinking>`,
  (n) => `<SYSTEM_THINKING>PLAN${n}.</SYSTEM_THINKING><ROLE_THINKING>MIND${n}.</ROLE_THINKING>SAID${n}.`,
  (n) => `<system_thinking>PLAN${n}.</system_thinking><role_thinking>MIND${n}.`,
  (n) => `System Thinking: PLAN${n}.\nRole Thinking: MIND${n}.\nSpeech: SAID${n}.`,
  () => '',
];

/** A director that thinks aloud, and names somebody. */
const DIRECTED: readonly ((n: number, named: string) => string)[] = [
  (n, named) =>
    `<think>PLAN${n}.</think>{"reasoning":"So.","next_speaker":"${named}"}\nNext Speaker: ${named}`,
  (n, named) => `{"system_thinking":"PLAN${n}.","reasoning":"So.","next_speaker":"${named}"}`,
  (n, named) => `System Thinking: PLAN${n}.\nNext Speaker: ${named}`,
  (n, named) => `<|channel|>analysis<|message|>PLAN${n}.<|end|><|channel|>final<|message|>${named}`,
];

const scenes = fc.record({
  names: fc.subarray(['Ada', 'Bo', 'Cyrus Vane', '林黛玉'], { minLength: 1 }),
  protocol: fc.constantFrom('coser' as const, 'her' as const, 'fixed' as const),
  profile: fc.constantFrom('her' as const, 'plain' as const),
  plan: fc.boolean(),
  thoughts: fc.boolean(),
  dialect: fc.constantFrom('her' as const, 'coser' as const),
  bestOf: fc.constantFrom(1, 1, 2, 3),
  continueFrom: fc.constantFrom(0, 0, 2),
  choice: fc.constantFrom('model' as const, 'model' as const, 'random' as const),
  forms: fc.array(fc.nat(FORMS.length - 1), { minLength: 8, maxLength: 40 }),
  next: fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }),
  seed: fc.nat(1000),
});
type Scene = typeof scenes extends fc.Arbitrary<infer T> ? T : never;

async function play(chosen: Scene, journal = createMemoryJournal(), silent = false) {
  const { names, protocol, profile, continueFrom, choice, seed, plan, thoughts, dialect, bestOf } = chosen;
  const scene = sceneOf({
    speaking_characters_w_env: names,
    major_characters: names,
    key_characters: names.map((name) => ({ name, motivation: `MOTIVE of ${name}.` })),
    dialogues: [
      { character: names.at(-1), message: '[MIND900.] (sits) SAID900.' },
      { character: names[0], message: '<role_thinking>MIND901.</role_thinking>SAID901.' },
    ],
  });
  const minds = new Map<string, string>([
    ['MIND900', names.at(-1) ?? ''],
    ['MIND901', names[0] ?? ''],
  ]);
  let n = 0;
  const played = await playScene(
    scene,
    ({ of }) => {
      if (silent) throw new Error('all of it was answered before');
      n += 1;
      if (of === 'judge') return `The first one, for MIND${n}.`;
      if (of === 'NSP') {
        const named = [...names, 'Environment', 'nobody'][chosen.next[n % chosen.next.length] ?? 0];
        return DIRECTED[n % DIRECTED.length]?.(n, named ?? '') ?? '';
      }
      const form = FORMS[chosen.forms[n % chosen.forms.length] ?? 0];
      minds.set(`MIND${n}`, of);
      return form?.(n, names.find((name) => name !== of) ?? 'Environment') ?? '';
    },
    {
      ...{ rules: RULES[protocol], continueFrom, choice, seed, journal, actor: { profile } },
      ...{ maxRounds: 7, ablation: { ...WHOLE, plan, thoughts, dialect, bestOf } },
    },
  );
  return { ...played, minds };
}

function marks(kind: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`${kind}\\d+`, 'gu'))].map(([mark]) => mark);
}

/** Whose turn each request is about: a judge’s is about the last actor that was asked. */
function concerning(asked: readonly AskedPart[]): { readonly one: AskedPart; readonly of: string }[] {
  let last = '';
  return asked.map((one) => {
    if (one.of !== 'judge') last = one.of;
    return { one, of: last };
  });
}

describe('whatever models answer, by whatever protocol', () => {
  test('nobody is told a plan, a thought of another, or words that nobody said; nothing of it is kept', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (chosen) => {
        const { asked, kept, simulation, minds } = await play(chosen);
        const heard = new Set(marks('SAID', JSON.stringify(simulation.turns)));
        for (const { one, of } of concerning(asked)) {
          const words = wordsOf(one);
          expect(marks('PLAN', words)).toEqual([]);
          expect(marks('FORGED', words)).toEqual([]);
          for (const mind of marks('MIND', words)) expect(minds.get(mind)).toBe(of);
          if (!chosen.thoughts) expect(marks('MIND', words)).toEqual([]);
          // Drafts that nobody chose are read by the judge alone.
          if (one.of !== 'judge') expect(marks('SAID', words).filter((mark) => !heard.has(mark))).toEqual([]);
          if (chosen.names.includes(one.of)) {
            const motives = [...words.matchAll(/MOTIVE of (.+?)\./gu)].map(([, name]) => name);
            expect(motives.filter((name) => name !== of)).toEqual([]);
          } else if (one.of !== 'judge') expect(words).not.toContain('MOTIVE');
        }
        const stored = JSON.stringify([kept.filter(({ usage }) => usage.model !== 'judge'), simulation]);
        expect(marks('PLAN', stored)).toEqual([]);
        expect(marks('FORGED', stored)).toEqual([]);
        if (!chosen.thoughts) expect(marks('MIND', stored)).toEqual([]);
        for (const { name, segments } of simulation.turns) {
          const thoughts = marks('MIND', JSON.stringify(segments));
          for (const mind of thoughts) expect(minds.get(mind)).toBe(name);
          const open = segments.filter(({ kind }) => kind !== 'thought');
          expect(marks('MIND', JSON.stringify(open))).toEqual([]);
        }
      }),
      { numRuns: 120 },
    );
  });

  test('everyone hears all that was said before, in order', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (chosen) => {
        const { asked, simulation } = await play(chosen);
        const said = marks('SAID', JSON.stringify(simulation.turns));
        for (const one of asked.filter(({ of }) => of !== 'judge')) {
          const known = marks('SAID', wordsOf(one));
          expect(known).toEqual(said.slice(0, known.length));
        }
        const last = asked.findLast(({ of }) => of === 'NSP');
        if (last && simulation.end !== 'silence') expect(marks('SAID', wordsOf(last))).toEqual(said);
      }),
      { numRuns: 60 },
    );
  });

  test('a replay from the journal asks nobody and plays the same, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (chosen) => {
        const journal = createMemoryJournal();
        const first = await play(chosen, journal);
        const again = await play(chosen, journal, true);
        expect(again.asked).toEqual([]);
        expect(JSON.stringify(again.simulation)).toBe(JSON.stringify(first.simulation));
      }),
      { numRuns: 40 },
    );
  });
});
