import type { ParsedTurn } from '../format/parsed-turn.ts';
import { renderPlain } from '../format/render-plain.ts';
import { visibleSegments } from '../format/segments.ts';
import { ModelError, type ModelUsage } from '../model/chat-model.ts';
import { type DraftOptions, draft } from './draft.ts';
import { ATTEMPTS, type Performance, type PerformOptions } from './perform.ts';

export type SeveralOptions = Pick<PerformOptions, 'model' | 'request' | 'parser' | 'echoes' | 'now'> & {
  /** So many drafts of one prompt. */
  readonly count: number;
  /** The draft in this place (from 0) ended, used or not; for traces. */
  readonly onDraft: (turn: ParsedTurn, at: number, attempt: number, usage: ModelUsage | undefined) => void;
};

/** A usable draft, and its place among those that were asked for. */
export type DraftedTurn = Performance & { readonly at: number };

export type Drafted = {
  /** No two of them are seen and heard alike. In the order in which they were asked for. */
  readonly turns: readonly DraftedTurn[];
  /** Milliseconds from the end of the first usable one to that of the last draft. */
  readonly waitedMs: number;
};

/**
 * Several drafts of one turn, side by side, of which nobody sees anything yet. The first goes ahead
 * until something of its answer comes, so that the others find its prompt in the server's prefix
 * cache. A draft that is unusable or fails is left out; only where none is usable do the unusable
 * ones have their second attempt.
 *
 * @throws ModelError where all fail, the first one's; the signal's reason when aborted
 */
export async function draftSeveral(options: SeveralOptions, signal: AbortSignal): Promise<Drafted> {
  let places = Array.from({ length: options.count }, (_, at) => at);
  for (let attempt = 1; ; attempt += 1) {
    const ended = await draftRound(options, places, attempt, signal);
    const usable = ended.filter(({ turn }) => turn.usable);
    const [first] = usable.toSorted((one, other) => one.endedAt - other.endedAt);
    if (first || attempt === ATTEMPTS) {
      const waitedMs = first ? options.now() - first.endedAt : 0;
      return { turns: toldApart(usable).map(({ endedAt: _, ...turn }) => turn), waitedMs };
    }
    places = ended.map(({ at }) => at);
  }
}

type Ended = DraftedTurn & { readonly endedAt: number };

/** One draft for each place, as far as none fails; at least one. */
async function draftRound(
  options: SeveralOptions,
  [first = 0, ...others]: readonly number[],
  attempt: number,
  signal: AbortSignal,
): Promise<Ended[]> {
  const request = options.request(attempt > 1);
  const begun = Promise.withResolvers<void>();

  async function start(at: number, more: Pick<DraftOptions, 'onFirst'> = {}): Promise<Ended> {
    const drafted = await draft({ ...options, ...more, onRelease: () => {} }, request, signal);
    options.onDraft(drafted.turn, at, attempt, drafted.usage);
    return { ...drafted, msToVisible: undefined, attempts: attempt, at, endedAt: options.now() };
  }
  async function follow(at: number): Promise<Ended> {
    await Promise.race([begun.promise, ahead.then(undefined, throwLasting)]);
    return start(at);
  }
  const ahead = start(first, { onFirst: () => begun.resolve() });
  const settled = await Promise.allSettled([ahead, ...others.map(follow)]);

  signal.throwIfAborted();
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const bug = failures.find((error) => !(error instanceof ModelError));
  const ended = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (bug !== undefined || ended.length === 0) throw bug ?? failures[0];
  return ended;
}

/** A refused key or an unknown model refuses all of them: the others are not even asked. */
function throwLasting(error: unknown): void {
  if (!(error instanceof ModelError && error.retryable)) throw error;
}

/** Of those that read the same the first. */
function toldApart(drafts: readonly Ended[]): Ended[] {
  const known = new Set<string>();
  return drafts.filter(({ turn }) => {
    const read = renderPlain(visibleSegments(turn.segments)).trim();
    return !known.has(read) && known.add(read);
  });
}
