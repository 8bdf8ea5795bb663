import type { Stage } from '../js/src/index.ts';
import { EVENING, type Happening } from './evening.ts';

/** What happens in the tavern, one thing after the other, while the loop goes on. */
export type World = {
  /** Something is under way. @throws what went wrong with it */
  isBusy(): boolean;
  /** The evening is told. */
  isOver(): boolean;
  /** Begins what is next, and says what is seen of it. */
  goOn(): string;
  /** Resolves when nothing is under way any more. @throws what went wrong with it */
  settled(): Promise<void>;
};

export function createWorld(stage: Stage): World {
  let at = 0;
  let busy = false;
  let failure: { readonly error: unknown } | undefined;
  let going: Promise<void> = Promise.resolve();

  async function happen(what: Happening | undefined): Promise<void> {
    try {
      // When the evening is told they go on among themselves.
      if (!what) await stage.next();
      else if ('say' in what) await stage.say(what.say);
      else {
        await stage.perceive(what.event, what.witnesses);
        for (const who of what.answer) await stage.next(who);
      }
    } catch (error) {
      failure = { error };
    }
    busy = false;
  }

  function throwIfFailed(): void {
    if (failure) throw failure.error;
  }

  return {
    isBusy() {
      throwIfFailed();
      return busy;
    },
    isOver: () => at >= EVENING.length && !busy,
    goOn() {
      const what = EVENING[at];
      at += 1;
      busy = true;
      going = happen(what);
      if (!what) return '';
      if ('say' in what) return `The stranger: ${what.say}`;
      return `${what.event} (Noticed by ${what.witnesses.join(' and ')}.)`;
    },
    async settled() {
      await going;
      throwIfFailed();
    },
  };
}
