import fc from 'fast-check';
import type { Segment } from '../../../src/format/segments.ts';
import type { Beat } from '../../../src/scene/beat.ts';

/**
 * Random logs that keep the engine's rules: people enter before they act, witnesses are those
 * present, amendments, retractions and choices speak of earlier beats. Every thought is unique.
 */
export type Step =
  | { type: 'enter' | 'leave'; who: number }
  | { type: 'line'; who: number; thought: boolean }
  | { type: 'whisper'; who: number; to: number }
  | { type: 'swipe' | 'amend' | 'retract' | 'choose'; target: number; pick: number }
  | { type: 'narration' | 'setting' | 'time' };

export const PEOPLE = ['character:ada', 'character:bo', 'character:cy', 'player:p1', 'player:p2'] as const;

const who = fc.nat(PEOPLE.length - 1);
const target = fc.nat(1000);

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ type: fc.constant('enter' as const), who }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('leave' as const), who }) },
    { weight: 5, arbitrary: fc.record({ type: fc.constant('line' as const), who, thought: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('whisper' as const), who, to: who }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constantFrom('swipe' as const, 'amend' as const, 'retract' as const, 'choose' as const),
        target,
        pick: target,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constantFrom('narration' as const, 'setting' as const, 'time' as const),
      }),
    },
  ),
  { maxLength: 60 },
);

/** Plays the steps that make sense into a log. */
export function logOf(script: readonly Step[]): Beat[] {
  const beats: Beat[] = [];
  const present = new Set<string>();
  const actor = (index: number) => ({
    id: PEOPLE[index] ?? PEOPLE[0],
    name: (PEOPLE[index] ?? '').slice(-3),
  });
  for (const step of script) {
    const n = beats.length + 1;
    const common = { n, at: n, origin: 'local' as const, witnesses: [...present] };
    const lines = beats.filter((beat) => beat.kind === 'line');
    switch (step.type) {
      case 'enter':
        if (present.has(actor(step.who).id)) break;
        present.add(actor(step.who).id);
        beats.push({ ...common, kind: 'entrance', actor: actor(step.who), witnesses: [...present] });
        break;
      case 'leave':
        if (!present.has(actor(step.who).id)) break;
        beats.push({ ...common, kind: 'exit', actor: actor(step.who) });
        present.delete(actor(step.who).id);
        break;
      case 'line':
        if (!present.has(actor(step.who).id)) break;
        beats.push({
          ...common,
          kind: 'line',
          speaker: actor(step.who),
          turn: `t${n}`,
          segments: words(n, step.thought),
        });
        break;
      case 'whisper':
        if (step.who === step.to || !present.has(actor(step.who).id) || !present.has(actor(step.to).id))
          break;
        beats.push({
          ...common,
          kind: 'whisper',
          speaker: actor(step.who),
          to: [actor(step.to)],
          turn: `t${n}`,
          segments: words(n, false),
          witnesses: [actor(step.who).id, actor(step.to).id],
        });
        break;
      case 'swipe': {
        const of = lines.filter((line) => line.alternativeTo === undefined)[
          step.target % (lines.length || 1)
        ];
        if (!of) break;
        beats.push({
          ...of,
          ...common,
          witnesses: of.witnesses,
          segments: words(n, true),
          turn: `t${n}`,
          alternativeTo: of.n,
        });
        break;
      }
      case 'amend': {
        const of = lines[step.target % (lines.length || 1)];
        if (!of) break;
        beats.push({
          ...common,
          kind: 'amend',
          of: of.n,
          segments: [{ kind: 'speech', text: `amended ${n}` }],
          witnesses: of.witnesses,
        });
        break;
      }
      case 'retract': {
        const of = lines[step.target % (lines.length || 1)];
        if (of) beats.push({ ...common, kind: 'retract', of: of.n, witnesses: of.witnesses });
        break;
      }
      case 'choose': {
        const swipes = lines.filter((line) => line.alternativeTo !== undefined);
        const swipe = swipes[step.target % (swipes.length || 1)];
        if (swipe?.alternativeTo === undefined) break;
        const of = swipe.alternativeTo;
        const pick = step.pick % 2 === 0 ? swipe.n : of;
        beats.push({ ...common, kind: 'choose', of, pick, witnesses: swipe.witnesses });
        break;
      }
      case 'narration':
        beats.push({
          ...common,
          kind: 'narration',
          speaker: { id: 'environment', name: 'Environment' },
          text: `wind ${n}`,
        });
        break;
      case 'setting':
      case 'time':
        beats.push({ ...common, kind: step.type, text: `place ${n}` });
        break;
    }
  }
  return beats;
}

function words(n: number, thought: boolean): Segment[] {
  return [
    ...(thought ? [{ kind: 'thought' as const, text: `SECRET-${n}-` }] : []),
    { kind: 'action', text: `moves ${n}` },
    { kind: 'speech', text: `says ${n}` },
  ];
}
