import { setTimeout as sleep } from 'node:timers/promises';
import { performanceOf, type Stage, StageError } from '../js/src/index.ts';
import { drawFrame } from './draw.ts';
import { ANIMATIONS, CAST, SETTING } from './evening.ts';
import { createNpc, isIdle, type Npc, perform, think, tick } from './npc.ts';
import { createWorld } from './world.ts';

export type GameOptions = {
  /** It ends after so many. */
  readonly frames: number;
  /** It ends when the evening is told. */
  readonly once: boolean;
  /** Milliseconds from one to the next. */
  readonly tickMs: number;
  readonly signal: AbortSignal;
  /** What the screen shows; frames that look as the one before are not told. */
  readonly draw: (frame: string) => void;
};

/** Frames of quiet before something happens. */
const QUIET_FRAMES = 6;

/**
 * The tavern’s loop. Each frame it takes in what the stage told since the last one, lets the world go on, and draws. It
 * never waits for the stage: a turn may take as long as it takes, while the animations play.
 * Resolves with the id of the scene, when it has left the stage.
 */
export async function playTavern(
  stage: Stage,
  { frames, once, tickMs, signal, draw }: GameOptions,
): Promise<string> {
  const npcs = new Map<string, Npc>();
  let caption = '';
  let typing = false;
  const change = (id: string, how: (npc: Npc) => Npc) => {
    const npc = npcs.get(id);
    if (npc) npcs.set(id, how(npc));
  };
  const speakers = new Map<number, string>();

  stage.on('beat', ({ beat }) => {
    if (beat.kind !== 'line') return;
    const performance = performanceOf(beat);
    const id = cardOf(beat.speaker?.id);
    speakers.set(beat.n, id);
    change(id, (npc) => perform(npc, performance));
  });
  stage.on('thoughts', ({ beat, thoughts }) => {
    change(speakers.get(beat) ?? '', (npc) => think(npc, thoughts.map(({ text }) => text).join(' ')));
  });
  stage.on('typing', ({ who }) => {
    typing = who !== undefined;
  });
  stage.on('offline', () => {
    typing = false;
  });
  stage.on('notice', ({ text }) => {
    caption = text;
  });

  const { scene } = await stage.open({
    start: { title: 'The Lantern', setting: SETTING, cast: CAST },
    as: { id: 'stranger', name: 'The stranger', sheet: 'A traveller in a wet hat.' },
    thoughts: true,
  });
  for (const { id, name } of scene.cast) npcs.set(id, createNpc(id, name));
  await stage.cues(ANIMATIONS);
  await stage.pace(8000);

  const world = createWorld(stage);
  let quiet = 0;
  let last = '';
  for (let frame = 1; frame <= frames && !signal.aborted; frame += 1) {
    for (const [id, npc] of npcs) npcs.set(id, tick(npc));
    quiet = !typing && !world.isBusy() && [...npcs.values()].every(isIdle) ? quiet + 1 : 0;
    if (quiet > QUIET_FRAMES) {
      if (once && world.isOver()) break;
      quiet = 0;
      caption = world.goOn();
    }
    const seen = drawFrame(frame, [...npcs.values()], caption);
    const picture = seen.slice(seen.indexOf('\n'));
    if (picture + caption !== last) draw(seen);
    last = picture + caption;
    await sleep(tickMs, undefined, { signal }).catch(() => undefined);
  }
  // The stage may be away: what is still asked of it is let go.
  stage.close();
  try {
    await world.settled();
  } catch (error) {
    if (!(error instanceof StageError) || error.code !== 'closed') throw error;
  }
  return scene.id;
}

/** Of `character:bess-harrow` the card id. */
function cardOf(actor: string | undefined): string {
  return actor?.replace(/^character:/, '') ?? '';
}
