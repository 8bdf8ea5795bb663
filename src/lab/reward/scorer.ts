import { hash } from 'node:crypto';
import { renderHer } from '../../format/render-her.ts';
import type { Segment } from '../../format/segments.ts';
import { patternOf } from '../patterns/pattern.ts';
import { createBoundedMap } from './bounded-map.ts';
import { createDeadlines } from './deadlines.ts';
import { gateTurn, type PlanRule } from './format-gate.ts';
import { type Judged, judgeRollout, type RewardJudge } from './judge/judge-rollout.ts';
import { createSharedWork, type Place } from './judge/shared-work.ts';
import type { Prepared } from './prepare.ts';
import { NO_USE, type Score, type Unscored, type Use } from './score.ts';

/** One rollout, and what it is held against. */
export type Rollout = { readonly prepared: Prepared; readonly response: string; readonly id?: string };

/** Someone no longer waits for a score, or may not. */
class NoLonger extends Error {
  readonly why: Extract<Unscored, 'timeout' | 'stopped' | 'left'>;

  constructor(why: NoLonger['why']) {
    super(why);
    this.name = 'NoLonger';
    this.why = why;
  }
}

/** Too many samples are under way: 429. */
export class Busy extends Error {}

/** What is told of every sample that is done. Milliseconds. */
export type Scored = {
  readonly score: Score;
  /** Where its verdict came from; `none`: nobody had to be asked, or nobody could. */
  readonly source: 'judge' | 'shared' | 'cache' | 'none';
  /** From the moment it came. */
  readonly ms: number;
  /** Of them the judge’s own; 0 where this sample asked nothing. */
  readonly judgeMs: number;
};

export type ScorerOptions = {
  readonly judge: RewardJudge;
  readonly plan: PlanRule;
  /** Characters of a turn. */
  readonly longest: number;
  /** Samples under way at once, waiting ones among them. */
  readonly queue: number;
  /** Milliseconds for one sample. */
  readonly timeoutMs: number;
  readonly cache: { readonly entries: number; readonly bytes: number };
  /** Every legal turn, as the policy wrote it. */
  readonly onTurn: (segments: readonly Segment[], text: string) => void;
  readonly onScored: (scored: Scored, rollout: Rollout) => void;
  /** A mistake of ours; the sample is dropped. */
  readonly onBug: (error: unknown) => void;
};

export type Scorer = {
  /**
   * Scores samples side by side; the scores come in their order.
   * @param signal aborted when whoever asked has gone: what nobody else waits for is given up
   * @throws Busy where the queue is full
   */
  score(
    rollouts: readonly Rollout[],
    signal: AbortSignal,
  ): Promise<{ readonly scores: readonly Score[]; readonly use: Use }>;
  /** Samples under way. */
  readonly underWay: number;
  readonly cached: number;
  /** Gives up all that is under way. */
  stop(): void;
  close(): void;
};

/** Gate, cache, judge: the way of a rollout to its reward (her-spec 7.7). */
export function createScorer(options: ScorerOptions): Scorer {
  const { judge, plan, longest, queue, timeoutMs, onTurn, onScored, onBug } = options;
  const cache = createBoundedMap<Judged>(options.cache);
  const shared = createSharedWork<Judged>();
  const deadlines = createDeadlines(timeoutMs);
  const places = new Set<Place<Judged>>();
  let underWay = 0;

  type Settled = Omit<Scored, 'ms'> & { readonly use: Use };

  async function scoreOne({ prepared, response }: Rollout, signal: AbortSignal): Promise<Settled> {
    const gated = gateTurn(response, prepared.who, plan, longest);
    if (!gated.legal) {
      return unasked({ reward: -1, why: gated.why, orders: [], pattern: '' });
    }
    const { segments } = gated;
    const pattern = patternOf(segments);
    onTurn(segments, response);
    if (!prepared.baseline) return unasked({ reward: null, why: 'baseline', orders: [], pattern });
    // System thinking is no part of it: rollouts that differ in nothing else are judged once.
    const key = hash('sha256', `${prepared.key}\n${renderHer(segments)}`);
    const known = cache.get(key);
    if (known) return settled(known, pattern, 'cache');
    const place = shared.join(key, async (stop) => {
      const judged = await judgeRollout(prepared, segments, judge, stop);
      // What could not be read may be readable the next time.
      if (judged.reward !== null) cache.set(key, judged, WEIGHT);
      return judged;
    });
    try {
      return settled(await waited(place, signal), pattern, place.isFirst ? 'judge' : 'shared');
    } catch (error) {
      if (!(error instanceof NoLonger)) onBug(error);
      const why = error instanceof NoLonger ? error.why : 'internal';
      return unasked({ reward: null, why, orders: [], pattern });
    }
  }

  async function waited(place: Place<Judged>, signal: AbortSignal): Promise<Judged> {
    const left = () => place.leave(new NoLonger('left'));
    const late = deadlines.add(() => place.leave(new NoLonger('timeout')));
    signal.addEventListener('abort', left, { once: true });
    places.add(place);
    if (signal.aborted) left();
    try {
      return await place.result;
    } finally {
      places.delete(place);
      signal.removeEventListener('abort', left);
      late();
    }
  }

  async function timed(rollout: Rollout, signal: AbortSignal): Promise<Settled> {
    const began = performance.now();
    const one = await scoreOne(rollout, signal);
    onScored({ ...one, ms: performance.now() - began }, rollout);
    return one;
  }

  return {
    async score(rollouts, signal) {
      // A request larger than the queue is taken where nothing else is under way: it could never be.
      if (underWay > 0 && underWay + rollouts.length > queue) throw new Busy();
      underWay += rollouts.length;
      try {
        const waiting: Promise<Settled>[] = new Array(rollouts.length);
        for (const at of byContext(rollouts)) {
          const rollout = rollouts[at];
          if (rollout) waiting[at] = timed(rollout, signal);
        }
        const all = await Promise.all(waiting);
        return { scores: all.map(({ score }) => score), use: total(all) };
      } finally {
        underWay -= rollouts.length;
      }
    },
    get underWay() {
      return underWay;
    },
    get cached() {
      return cache.size;
    },
    stop() {
      for (const place of places) place.leave(new NoLonger('stopped'));
    },
    close: () => deadlines.close(),
  };
}

/** Of one verdict in the cache, its key among it. Bytes, about. */
const WEIGHT = 600;

function unasked(score: Score) {
  return { score, source: 'none', judgeMs: 0, use: NO_USE } as const;
}

function settled(judged: Judged, pattern: string, source: 'judge' | 'shared' | 'cache') {
  const { reward, why, orders } = judged;
  const asked = source === 'judge';
  const score: Score = { reward, why, orders, pattern };
  return {
    score,
    source: why === 'identical' ? ('none' as const) : source,
    judgeMs: source === 'cache' ? 0 : judged.judgeMs,
    use: asked ? judged.use : NO_USE,
  };
}

/** Those of one prompt one after another: the judge then has the beginning of the next prompt at hand. */
function byContext(rollouts: readonly Rollout[]): readonly number[] {
  const groups = new Map<Prepared, number[]>();
  for (const [at, { prepared }] of rollouts.entries()) {
    const group = groups.get(prepared);
    if (group) group.push(at);
    else groups.set(prepared, [at]);
  }
  return groups.size === 1 ? rollouts.map((_, at) => at) : [...groups.values()].flat();
}

function total(all: readonly { readonly use: Use }[]): Use {
  return all.reduce<Use>(
    (sum, { use }) =>
      use === NO_USE
        ? sum
        : {
            requests: sum.requests + use.requests,
            promptTokens: sum.promptTokens + use.promptTokens,
            cachedTokens: sum.cachedTokens + use.cachedTokens,
            completionTokens: sum.completionTokens + use.completionTokens,
          },
    NO_USE,
  );
}
