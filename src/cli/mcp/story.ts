import type { ServerMessage, ServerMessageOf } from '../../stage/web/server-message.ts';
import type { WireBeat, WireScene, WireWhisper } from '../../stage/web/wire-shapes.ts';
import { untilAborted } from '../until-aborted.ts';

/** What happened, in order. */
export type Happening =
  | { readonly kind: 'beat'; readonly beat: WireBeat }
  | { readonly kind: 'gone'; readonly n: number }
  | { readonly kind: 'whisper'; readonly whisper: WireWhisper }
  | { readonly kind: 'notice'; readonly notice: ServerMessageOf<'notice'> }
  | { readonly kind: 'anew' };

/** The scene that is open, as the stage told of it: what its player perceives, and no more. */
export type Story = {
  readonly scene: WireScene | undefined;
  /** The room where its player speaks; undefined: the main place. */
  readonly place: string | undefined;
  /** Beats as they stand now, in their order. */
  readonly beats: readonly WireBeat[];
  /** Id of the actor whose turn is being made, where it may be known. */
  readonly making: string | undefined;
  /** How many happenings there were so far. */
  readonly count: number;
  take(message: ServerMessage): void;
  /** Happenings from this one on, as far as they are still known. */
  since(count: number): readonly Happening[];
  /** Waits for the first happening from this one on that is wanted. @throws the signal's reason */
  until(count: number, wanted: (happening: Happening) => boolean, signal: AbortSignal): Promise<void>;
};

/** Happenings that are kept for whoever has not asked yet. */
const MOST_KEPT = 2000;

export function createStory(): Story {
  let scene: WireScene | undefined;
  let place: string | undefined;
  let making: string | undefined;
  let beats = new Map<number, WireBeat>();
  let happenings: Happening[] = [];
  let dropped = 0;
  const looking = new Set<() => void>();

  function note(happening: Happening): void {
    happenings.push(happening);
    if (happenings.length > MOST_KEPT) {
      happenings = happenings.slice(1);
      dropped += 1;
    }
    for (const look of [...looking]) look();
  }

  function stands(n: number, beat: WireBeat): void {
    beats.set(n, beat);
    note({ kind: 'beat', beat });
  }

  function takenBack(n: number): void {
    beats.delete(n);
    note({ kind: 'gone', n });
  }

  function take(message: ServerMessage): void {
    switch (message.type) {
      case 'opened':
        scene = message.scene;
        place = message.place;
        making = undefined;
        if (message.reset) beats = new Map();
        for (const beat of message.beats) beats.set(beat.n, beat);
        // Nobody here asked for it: the story went back, or another began in its place.
        if (message.re === undefined) note({ kind: 'anew' });
        return;
      case 'scene':
        scene = message.scene;
        return;
      case 'typing':
        making = message.who?.id;
        return;
      case 'beat':
        stands(message.beat.n, message.beat);
        return;
      case 'update':
        if (message.beat) stands(message.n, message.beat);
        else takenBack(message.n);
        return;
      case 'whisper':
        note({ kind: 'whisper', whisper: message.whisper });
        return;
      case 'notice':
        note({ kind: 'notice', notice: message });
        return;
      default:
    }
  }

  function since(count: number): readonly Happening[] {
    return happenings.slice(Math.max(0, count - dropped));
  }

  return {
    get scene() {
      return scene;
    },
    get place() {
      return place;
    },
    get making() {
      return making;
    },
    get beats() {
      return [...beats.values()].sort((a, b) => a.n - b.n);
    },
    get count() {
      return dropped + happenings.length;
    },
    take,
    since,
    async until(count, wanted, signal) {
      const found = Promise.withResolvers<void>();
      const look = () => {
        if (since(count).some(wanted)) found.resolve();
      };
      looking.add(look);
      try {
        look();
        await untilAborted(found.promise, signal);
      } finally {
        looking.delete(look);
      }
    },
  };
}
