import { proseToHer } from '../../cast/cards/card-prose.ts';
import type { Chat, ChatLine } from '../../cast/chats/read-chat.ts';
import { expandMacros } from '../../cast/macros.ts';
import { fold } from '../../format/fold.ts';
import { readPlayerLine } from '../../format/player-line.ts';
import type { Segment } from '../../format/segments.ts';
import { parseTurn } from '../../format/turn-parser.ts';
import { type Actor, type Beat, ENVIRONMENT, MAIN_PLACE, type NewBeat } from '../../scene/beat.ts';
import { presentCharacters, presentPlayers } from '../../scene/scene-state.ts';
import { toStageBeat } from '../../scene/stage-beat.ts';
import { addresseeOf } from '../card-of.ts';
import { type EngineRoom, openly } from '../engine-room.ts';
import { append, type LiveScene } from '../live-scene.ts';
import { harmless, reservedIn } from '../reserved-names.ts';
import { deliveryKey } from '../show-beat.ts';
import { parserFor } from '../turn/turn-parser-options.ts';
import { walkOn } from '../walk-on.ts';

/** Of a past that was brought along, so many lines are shown: enough to know where one was. */
const SHOWN = 4;

/**
 * Puts a talk that was held elsewhere into a scene that just began: everyone in the scene witnessed it.
 * Its last lines are shown, those before stand in the log alone. Whoever speaks in it and has no card
 * here is a walk-on. The newest line of a character keeps its other versions as swipes.
 * Returns how many lines could not be read and were left out.
 */
export async function tellStory(room: EngineRoom, live: LiveScene, { lines }: Chat): Promise<number> {
  const before = live.state.beats;
  let left = 0;
  for (const [at, line] of lines.entries()) {
    const beat = beatOf(room, live, line, line.text);
    if (!beat) {
      left += 1;
      continue;
    }
    const { n } = await append(live, room.options.store, beat);
    if (at === lines.length - 1 && beat.kind === 'line' && line.by === 'character') {
      for (const other of line.others) await addVersion(room, live, line, other, n);
    }
  }
  await showLast(room, live, before);
  return left;
}

function beatOf(room: EngineRoom, live: LiveScene, line: ChatLine, text: string): NewBeat | undefined {
  if (line.by === 'narrator') {
    const told = harmless(room.libraryOf(live.record), live, text);
    if (!told) return undefined;
    return { ...openly(room, live, MAIN_PLACE), kind: 'narration', speaker: ENVIRONMENT, text: told };
  }
  const speaker = speakerOf(room, live, line);
  const segments = segmentsOf(room, live, line, speaker, text);
  if (segments.length === 0) return undefined;
  return {
    ...openly(room, live, MAIN_PLACE, speaker.id),
    kind: 'line',
    speaker,
    turn: `i${live.state.beats + 1}`,
    segments,
  };
}

async function addVersion(room: EngineRoom, live: LiveScene, line: ChatLine, text: string, of: number) {
  const beat = beatOf(room, live, line, text);
  if (beat?.kind === 'line') await append(live, room.options.store, { ...beat, alternativeTo: of });
}

/** Who says it here: the player who brought it, one of the cast, or a walk-on. */
function speakerOf(room: EngineRoom, live: LiveScene, { by, name }: ChatLine): Actor {
  const library = room.libraryOf(live.record);
  const [player] = presentPlayers(live.state);
  if (by === 'user' && player) return player;
  const bears = (actor: Actor) => addresseeOf(library, actor).names.some((one) => fold(one) === fold(name));
  const known = presentCharacters(live.state).find(bears);
  return known ?? walkOn(name || 'Someone', reservedIn(library, live));
}

function segmentsOf(
  room: EngineRoom,
  live: LiveScene,
  { by }: ChatLine,
  speaker: Actor,
  text: string,
): Segment[] {
  const library = room.libraryOf(live.record);
  const [player] = presentPlayers(live.state);
  const filled = expandMacros(text, { char: speaker.name, user: player?.name ?? 'the visitor' });
  if (by === 'user') return readPlayerLine(filled, reservedIn(library, live));
  const turn = parseTurn(proseToHer(filled), parserFor(live, speaker, library, undefined));
  return turn.usable ? room.guard.tidy(live.record, turn.segments) : [];
}

/** On a surface that keeps what it was shown, what is older than the last lines counts as shown. */
async function showLast(room: EngineRoom, live: LiveScene, before: number): Promise<void> {
  const { store } = room.options;
  const { log } = live.record;
  const beats: Beat[] = await Array.fromAsync(store.read(log, before + 1));
  const told = beats.filter((beat) => !(beat.kind === 'line' && beat.alternativeTo !== undefined));
  for (const { n } of told.slice(0, -SHOWN))
    await store.put('delivery', deliveryKey(log, n), { messages: [] });
  for (const beat of told.slice(-SHOWN)) {
    const shown = toStageBeat(beat);
    if (shown) live.unshown?.push({ beat: shown, tried: false });
  }
}
