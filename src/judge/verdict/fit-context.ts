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

const lineWeight = (line: string) => weightOf(line) + 2;
const otherWeight = ({ name, sheet }: JudgeContext['others'][number]) => weightOf(`${name}: ${sheet}`) + 1;
const principleWeight = (principle: Principle) => weightOf(principleLine(principle)) + 1;

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
