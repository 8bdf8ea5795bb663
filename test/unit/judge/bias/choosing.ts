import type { Segment } from '../../../../src/format/segments.ts';
import { measureCandidate } from '../../../../src/judge/bias/judged-pair.ts';
import type { Random } from '../../../../src/judge/stats/random.ts';
import type { Candidate } from '../../../../src/judge/verdict/verdict.ts';
import type { Choose, Shown } from './scripted-judge.ts';

const KINDS: readonly (readonly Segment['kind'][])[] = [
  ['thought', 'action', 'speech'],
  ['action', 'speech'],
  ['thought', 'speech'],
  ['speech'],
];

/** A candidate of any quality (its mark, from 0 to 9), length and pattern, each drawn alone. */
export function drawCandidate(random: Random): Candidate {
  const kinds = KINDS[Math.floor(random() * KINDS.length)] ?? ['speech'];
  const mark = Math.floor(random() * 10);
  // Patterns differ in their tags: words make up for it, so that length tells nothing of the pattern.
  const length = 150 + Math.floor(random() * 200);
  const bare = kinds.map((kind): Segment => ({ kind, text: `(${mark})` }));
  const missing = length - measureCandidate({ segments: bare }).length;
  const words = 'so it goes '.repeat(40).slice(0, Math.max(1, missing));
  return { segments: bare.map((one, at) => (at === 0 ? { ...one, text: `${one.text}${words}` } : one)) };
}

const markOf = ({ candidate }: Shown) => Number(/\((\d)\)/.exec(candidate.segments[0]?.text ?? '')?.[1]);
const lengthOf = ({ candidate }: Shown) => measureCandidate(candidate).length;
const hasPattern = ({ candidate }: Shown) => measureCandidate(candidate).pattern === 'T-A-S';
const higher = (one: number, other: number) => (one > other ? 'first' : one < other ? 'second' : 'tie');

/** Judges that go by one thing each. */
export const JUDGES = {
  honest: () => (one, other) => higher(markOf(one), markOf(other)),
  place: () => () => 'first',
  lastPlace: () => () => 'second',
  length: () => (one, other) => higher(lengthOf(one), lengthOf(other)),
  shortness: () => (one, other) => higher(lengthOf(other), lengthOf(one)),
  name: () => (one, other) => (one.name > other.name ? 'first' : 'second'),
  pattern: () => (one, other) => higher(Number(hasPattern(one)), Number(hasPattern(other))),
  prose: (random) => (one, other) =>
    random() < 0.5 ? { missing: 'prose' } : higher(markOf(one), markOf(other)),
  coin: (random) => () => (random() < 0.5 ? 'first' : 'second'),
  nothing: () => () => 'tie',
} satisfies Record<string, (random: Random) => Choose>;
export type JudgeName = keyof typeof JUDGES;
