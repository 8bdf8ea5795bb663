import { type Stage, StageError } from '../js/src/index.ts';
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
        for (const who of what.answer) await turnOf(stage, who);
      }
    } catch (error) {
      // Lost with the connection: what is next comes when that is back.
      if (!(error instanceof StageError) || error.code !== 'lost') failure = { error };
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

/** Asks for a turn, and waits until it was played: its line, or the notice that nothing came of it. */
async function turnOf(stage: Stage, card: string): Promise<void> {
  const stops: (() => void)[] = [];
  const played = new Promise<void>((resolve) => {
    stops.push(
      stage.on('beat', ({ beat }) => {
        if (beat.kind === 'line' && beat.speaker?.id === `character:${card}`) resolve();
      }),
      stage.on('notice', () => resolve()),
      // It may have come meanwhile, or never will: the evening goes on.
      stage.on('online', () => resolve()),
      stage.on('closed', () => resolve()),
    );
  });
  try {
    await stage.next(card);
    await played;
  } finally {
    for (const stop of stops) stop();
  }
}
