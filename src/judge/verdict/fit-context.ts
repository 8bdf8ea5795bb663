import { weightOf } from '../../scene/weight-of.ts';
import type { Principle } from '../principles/principle.ts';
import { principleLine } from './plain-words.ts';
import type { JudgeContext } from './verdict.ts';

/** Lines that stand in any case, the newest; weight. */
const LEAST_LINES = 900;
/** Of the room beside the candidates, what a sheet, the others, and a note may take at most. */
const SHARES = { sheet: 0.35, setting: 0.1, others: 0.15, note: 0.15 };
const CUT = '…';

/** What a judge reads beside rules and candidates, cut to what it can read. */
export type Fitted = {
  readonly negative: readonly Principle[];
  readonly positive: readonly Principle[];
  readonly context: JudgeContext;
};

/**
 * Cuts what does not fit: lines from the oldest, then positive principles (those of the house last, and
 * of ours so that each dimension keeps some), then long sheets and notes.
 *
 * @param room weight (`weightOf`) of all of it
 */
export function fitContext(principles: readonly Principle[], context: JudgeContext, room: number): Fitted {
  const listed = listOf(principles);
  if (fitsWhole(listed.weight, weighedOf(context), room)) {
    return { negative: listed.negative, positive: listed.positive, context };
  }
  const sheet = cutTo(context.sheet, room * SHARES.sheet);
  const setting = cutTo(context.setting, room * SHARES.setting);
  const note = cutTo(context.note, room * SHARES.note);
  const others = upTo(context.others, otherWeight, room * SHARES.others);
  const taken = weightOf(sheet) + weightOf(setting) + weightOf(note) + sum(others, otherWeight);

  const leastLines = Math.min(sum(context.lines, lineWeight), LEAST_LINES);
  const forPrinciples = room - taken - leastLines;
  const negative = needed(principles, 'negative', forPrinciples);
  const positive = needed(principles, 'positive', forPrinciples - sum(negative, principleWeight));

  const forLines = room - taken - sum([...negative, ...positive], principleWeight);
  const lines = newest(context.lines, Math.max(leastLines, forLines));
  return { negative, positive, context: { ...context, sheet, setting, note, others, lines } };
}

type Weighed = Readonly<Record<keyof typeof SHARES | 'lines', number>>;

/** A trainer has thousands of turns of one context judged, by the same principles: both are weighed once. */
const WEIGHED = new WeakMap<JudgeContext, Weighed>();
const LISTED = new WeakMap<readonly Principle[], ReturnType<typeof listAnew>>();

function fitsWhole(principles: number, weighed: Weighed, room: number): boolean {
  const { sheet, setting, others, note, lines } = weighed;
  return (
    sheet <= room * SHARES.sheet &&
    setting <= room * SHARES.setting &&
    others <= room * SHARES.others &&
    note <= room * SHARES.note &&
    principles + sheet + setting + others + note + lines <= room
  );
}

function weighedOf(context: JudgeContext): Weighed {
  const known = WEIGHED.get(context);
  if (known) return known;
  const { sheet, setting, others, note, lines } = context;
  const weighed: Weighed = {
    sheet: weightOf(sheet),
    setting: weightOf(setting),
    others: sum(others, otherWeight),
    note: weightOf(note),
    lines: sum(lines, lineWeight),
  };
  WEIGHED.set(context, weighed);
  return weighed;
}

function listOf(principles: readonly Principle[]): ReturnType<typeof listAnew> {
  const known = LISTED.get(principles);
  if (known) return known;
  const listed = listAnew(principles);
  LISTED.set(principles, listed);
  return listed;
}

function listAnew(principles: readonly Principle[]) {
  return {
    negative: principles.filter(({ sign }) => sign === 'negative'),
    positive: principles.filter(({ sign }) => sign === 'positive'),
    weight: sum(principles, principleWeight),
  };
}

const lineWeight = (line: string) => weightOf(line) + 2;
const otherWeight = ({ name, sheet }: JudgeContext['others'][number]) => weightOf(`${name}: ${sheet}`) + 1;

/** Of one in the list; weighed once. */
function principleWeight(principle: Principle): number {
  const known = WEIGHTS.get(principle);
  if (known !== undefined) return known;
  const weight = weightOf(principleLine(principle)) + 1;
  WEIGHTS.set(principle, weight);
  return weight;
}

const WEIGHTS = new WeakMap<Principle, number>();

function sum<T>(entries: readonly T[], weigh: (entry: T) => number): number {
  return entries.reduce((total, entry) => total + weigh(entry), 0);
}

/** The first entries that fit. */
function upTo<T>(entries: readonly T[], weigh: (entry: T) => number, room: number): readonly T[] {
  let left = room;
  const end = entries.findIndex((entry) => {
    left -= weigh(entry);
    return left < 0;
  });
  return end < 0 ? entries : entries.slice(0, end);
}

/** The last lines that fit; of the very last what fits. */
function newest(lines: readonly string[], room: number): readonly string[] {
  const kept = upTo(lines.toReversed(), lineWeight, room).toReversed();
  const last = lines.at(-1);
  return kept.length === 0 && last !== undefined ? [cutTo(last, room)] : kept;
}

/** As many as fit, in the order in which they came: the house's own first, then one of each dimension in turn. */
function needed(
  principles: readonly Principle[],
  sign: Principle['sign'],
  room: number,
): readonly Principle[] {
  const those = principles.filter((principle) => principle.sign === sign);
  const kept = new Set(upTo(byNeed(those), principleWeight, room));
  return those.filter((principle) => kept.has(principle));
}

function byNeed(principles: readonly Principle[]): readonly Principle[] {
  const seen = new Map<string, number>();
  const ranked = principles.map((principle) => {
    if (principle.source !== 'ours') return { principle, rank: -1 };
    const rank = seen.get(principle.dimension) ?? 0;
    seen.set(principle.dimension, rank + 1);
    return { principle, rank };
  });
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ principle }) => principle);
}

/** The start of a text, up to a weight. */
export function cutTo(text: string, most: number): string {
  if (weightOf(text) <= most) return text;
  if (most < CUT.length) return '';
  let left = most - CUT.length;
  let end = 0;
  for (const letter of text) {
    left -= weightOf(letter);
    if (left < 0) break;
    end += letter.length;
  }
  return `${text.slice(0, end).trimEnd()}${CUT}`;
}
