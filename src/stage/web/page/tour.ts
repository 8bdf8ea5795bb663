import type { WireScene, WireWhisper } from '../wire-shapes.ts';
import type { ShownBeat } from './beat-entry.ts';
import type { Channel } from './channel.ts';
import type { Connection } from './connection.ts';
import { isPlayer } from './faces.ts';
import { createKnowing, type Knowing } from './knowing.ts';
import type { MindsBar } from './minds-bar.ts';

/**
 * The first minute: the first thought opens by itself, a whisper shows who knows it, and when the
 * one who does not has reasoned without it, real minds are offered. Each happens once; all of it
 * stays reachable by hand.
 */
export type Tour = {
  /** The scene was opened anew. */
  begin(): void;
  noteBeat(shown: ShownBeat): void;
  noteWhisper(whisper: WireWhisper, scene: WireScene): void;
  /** Nobody is making a turn any more. */
  noteRest(scene: WireScene): void;
};

/** Time to read the line before its thought opens. */
const READ_FIRST_MS = 1300;

export function createTour(options: {
  readonly connection: Connection;
  readonly channel: Channel;
  readonly mindsBar: MindsBar;
  readonly onMind: (member: WireScene['cast'][number]) => void;
  /** Whether one opened by itself already, in whichever scene. */
  readonly firstThought: { shown: boolean };
}): Tour {
  const { connection, channel, mindsBar, onMind, firstThought } = options;
  let knowing: Knowing | undefined;
  let played = false;
  let following = false;

  /** The panels go along with the scene, below its newest line, while they still change. */
  async function look(): Promise<void> {
    if (!knowing || !following) return;
    channel.toEnd(knowing.root);
    await knowing.refresh();
  }

  return {
    begin() {
      knowing = undefined;
      played = false;
    },
    noteBeat({ beat, thought }) {
      if (isPlayer(beat.speaker)) {
        played = true;
        // The player has gone on to something else: the panels stay where they are.
        following = false;
      }
      if (thought && !firstThought.shown) {
        firstThought.shown = true;
        const name = beat.speaker?.name ?? 'The speaker';
        setTimeout(
          () =>
            void thought.open(`Only ${name} knows this. Nobody in the scene can hear a thought; you can.`),
          READ_FIRST_MS,
        );
      }
      look().catch(() => undefined);
    },
    noteWhisper(whisper, { cast }) {
      if (!isPlayer(whisper.from)) return;
      played = true;
      knowing = createKnowing({ connection, whisper, cast, onMind });
      following = true;
      look().catch(() => undefined);
    },
    noteRest(scene) {
      look()
        .then(async () => {
          const scriptIsOut = played && scene.chips.length === 0;
          if (knowing?.hasReasoned()) following = false;
          if (knowing?.hasReasoned() || scriptIsOut) await mindsBar.show();
        })
        .catch(() => undefined);
    },
  };
}
