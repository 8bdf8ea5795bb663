import type { Segment } from '../../format/segments.ts';
import { entropyOf } from './entropy.ts';
import { patternOf } from './pattern.ts';
import { selfBleu } from './self-bleu.ts';

/** How alike the last turns of a policy are (her-spec 7.7). */
export type CollapseFigures = {
  /** Turns in the window. */
  readonly n: number;
  /** Of the commonest pattern, 0…1; 0 where there is no turn. */
  readonly top1Share: number;
  /** '' where there is no turn. */
  readonly top1Pattern: string;
  /** Of the patterns, in bits. */
  readonly entropy: number;
  /** Of a sample of the window, of at most `SAMPLED` texts; null below two. */
  readonly selfBleu: number | null;
  /** Different patterns. */
  readonly distinct: number;
  /** The commonest pattern has more than its share, and there are turns enough to say so. */
  readonly alarm: boolean;
};

export type CollapseMonitor = {
  /** Takes a turn in; the oldest leaves a full window. @param text as it was generated */
  add(segments: readonly Segment[], text: string): void;
  figures(): CollapseFigures;
};

/** Texts that Self-BLEU is worked out of: always as many once there are so many, as it grows with them. */
export const SAMPLED = 100;
/** Patterns may all be one by chance below. Turns. */
const LEAST = 20;
/** Characters of a text that are kept. */
const LONGEST = 4000;

/**
 * Watches whether a policy collapses: without care for diversity nearly all its turns come to share one
 * pattern (her-spec 7.7). A turn costs the same however many there were; Self-BLEU is worked out when
 * figures are asked for, and anew only once a tenth of its sample is new.
 *
 * @param window turns that are looked at, the last ones
 * @param alarmAt share of the commonest pattern above which `alarm` is set
 */
export function createCollapseMonitor({
  window = 1000,
  alarmAt = 0.6,
}: {
  readonly window?: number;
  readonly alarmAt?: number;
} = {}): CollapseMonitor {
  const size = Math.max(1, Math.floor(window));
  const turns: { readonly pattern: string; readonly text: string }[] = [];
  const counts = new Map<string, number>();
  let added = 0;
  let known: { readonly at: number; readonly value: number | null } | undefined;

  function leave(pattern: string): void {
    const left = (counts.get(pattern) ?? 0) - 1;
    if (left > 0) counts.set(pattern, left);
    else counts.delete(pattern);
  }

  /** Spread evenly over the window. */
  function sampled(): string[] {
    const some = Math.min(SAMPLED, turns.length);
    return Array.from({ length: some }, (_, at) => turns[Math.floor((at * turns.length) / some)]?.text ?? '');
  }

  function likeness(): number | null {
    const enough = turns.length < SAMPLED ? 1 : Math.ceil((SAMPLED / 10) * (turns.length / SAMPLED));
    if (!known || added - known.at >= enough) known = { at: added, value: selfBleu(sampled()) ?? null };
    return known.value;
  }

  return {
    add(segments, text) {
      const turn = { pattern: patternOf(segments), text: text.slice(0, LONGEST) };
      const place = added % size;
      const old = turns[place];
      if (old) leave(old.pattern);
      turns[place] = turn;
      counts.set(turn.pattern, (counts.get(turn.pattern) ?? 0) + 1);
      added += 1;
    },
    figures() {
      const n = turns.length;
      const [top1Pattern, most] = topOf(counts);
      const top1Share = n === 0 ? 0 : most / n;
      return {
        ...{ n, top1Share, top1Pattern },
        entropy: entropyOf(counts.values()),
        selfBleu: likeness(),
        distinct: counts.size,
        alarm: n >= Math.min(LEAST, size) && top1Share > alarmAt,
      };
    },
  };
}

function topOf(counts: ReadonlyMap<string, number>): readonly [string, number] {
  let top: readonly [string, number] = ['', 0];
  for (const [pattern, count] of counts) {
    if (count > top[1] || (count === top[1] && pattern < top[0])) top = [pattern, count];
  }
  return top;
}
