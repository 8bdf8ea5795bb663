import { EventEmitter, once } from 'node:events';
import { OperatorError, PlayerError } from '../../errors.ts';
import { ModelError } from '../../model/chat-model.ts';
import { asTyped, type Text } from '../../words/text.ts';
import type { QuickBench, QuickProgress } from '../bench-api.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import type { BenchDesk, BenchState } from './bench-desk-api.ts';

/** Nobody who waits for a benchmark waits longer than this for the turns of others. */
const LONGEST_WAIT_MS = 10_000;

/**
 * See `BenchDesk` for what each does. `settled` resolves once nothing is under way.
 * @param making the turns that scenes are making now
 */
export function createBenchDesk(
  { options, closing, clock, log }: Pick<EngineRoom, 'options' | 'closing' | 'clock' | 'log'>,
  making: () => readonly Promise<unknown>[],
): BenchDesk & { settled(): Promise<void> } {
  const told = new EventEmitter().setMaxListeners(0);
  let state: BenchState = { kind: 'none' };
  let newest: { readonly stop: AbortController; readonly over: Promise<void> } | undefined;

  function become(next: BenchState): void {
    state = next;
    told.emit('changed');
  }

  function bench(): QuickBench {
    if (options.bench) return options.bench;
    throw new PlayerError(
      'No benchmark can be run here: dramatis lab eval coser runs one where the bot runs.',
    );
  }

  /** Turns that are being made end first; others may begin meanwhile. */
  async function giveWay(signal: AbortSignal): Promise<void> {
    const turns = making();
    if (turns.length === 0) return;
    const over = new AbortController();
    try {
      const tired = clock.sleep(LONGEST_WAIT_MS, AbortSignal.any([signal, over.signal]));
      await Promise.race([Promise.allSettled(turns), tired]);
    } finally {
      over.abort();
    }
  }

  /** Never rejects: what became of it is its state. */
  async function play(quick: QuickBench, signal: AbortSignal): Promise<void> {
    try {
      const onProgress = (progress: QuickProgress) => {
        if (!signal.aborted && isWorthTelling(state, progress)) become({ kind: 'running', progress });
      };
      const scores = await quick.run({ onProgress, giveWay }, signal);
      become({ kind: 'done', scores });
    } catch (error) {
      if (signal.aborted) return become({ kind: 'stopped' });
      log.warn('bench-failed', { error: kindOf(error) });
      become({ kind: 'failed', why: whyOf(error) });
    }
  }

  return {
    currency: options.currency ?? 'USD',
    async plan(signal) {
      const quick = bench();
      const either = AbortSignal.any([signal, closing]);
      try {
        return await quick.plan(either);
      } catch (error) {
        if (either.aborted || !(error instanceof ModelError)) throw error;
        throw new PlayerError(whyOf(error));
      }
    },
    start() {
      closing.throwIfAborted();
      const quick = bench();
      if (state.kind === 'running') {
        throw new PlayerError(
          'A benchmark is under way already. /bench show tells how far it is, /bench stop ends it.',
        );
      }
      const stop = new AbortController();
      become({ kind: 'running' });
      newest = { stop, over: play(quick, AbortSignal.any([stop.signal, closing])) };
    },
    async stop() {
      if (state.kind !== 'running' || !newest) return false;
      newest.stop.abort();
      await newest.over;
      return true;
    },
    state: () => state,
    async *follow(signal) {
      for (let seen: BenchState | undefined; ; ) {
        signal.throwIfAborted();
        if (seen === state) {
          await once(told, 'changed', { signal });
          continue;
        }
        seen = state;
        yield seen;
        if (seen.kind !== 'running') return;
      }
    },
    async settled() {
      await newest?.over;
    },
  };
}

/** People are told of every scene, and of every tenth of the calls. */
function isWorthTelling(state: BenchState, now: QuickProgress): boolean {
  const before = state.kind === 'running' ? state.progress : undefined;
  return before?.judged !== now.judged || tenths(before) !== tenths(now);
}

function tenths({ answered, calls }: QuickProgress): number {
  return Math.floor((10 * answered) / Math.max(1, calls));
}

/** Messages of a model never quote a prompt; of an error nobody foresaw nothing is shown. */
function whyOf(error: unknown): Text {
  if (error instanceof PlayerError) return error.said;
  if (error instanceof ModelError || error instanceof OperatorError) return asTyped(error.message);
  return 'Something went wrong that nobody foresaw; the log of the bot names it.';
}
