import type { Character } from '../../cast/character.ts';
import type { Library } from '../../cast/library/library-api.ts';
import { expandMacros } from '../../cast/macros.ts';
import { PlayerError } from '../../errors.ts';
import { neutralise } from '../../format/neutralise.ts';
import { clip, readPlayerLine } from '../../format/player-line.ts';
import { type Actor, type Beat, characterActorId, MAIN_PLACE, type NewBeat } from '../../scene/beat.ts';
import { applyBeat } from '../../scene/scene-state.ts';
import { type EngineRoom, nowBefore, openly } from '../engine-room.ts';
import { emptyLiveScene, type LiveScene, type Making } from '../live-scene.ts';
import type { Asker } from '../player.ts';
import { playerActor } from '../player-actor.ts';
import { reservedNames } from '../reserved-names.ts';
import type { SceneRecord } from '../scene-record.ts';
import { recordFor } from '../start-scene.ts';
import type { Desk } from './cards-api.ts';

/** Who speaks to the one that is tried out. */
const VISITOR = 'Visitor';
const LONGEST_SETTING = 4000;

/** What holds at this desk, as of a scene; it is stored nowhere. */
export function recordOfRehearsal(room: EngineRoom, { server, by }: Desk): SceneRecord {
  const stage = server === undefined ? 'web' : 'discord';
  return recordFor(
    room,
    {
      id: `${stage}:-rehearsal`,
      stage,
      ...(server === undefined ? {} : { server }),
      owner: { id: by.id, name: VISITOR },
      // The same card comes to the same prompt, chance included.
      seed: 1,
    },
    `${stage}:-rehearsal#0`,
  );
}

/**
 * A scene in memory alone: where the card says it plays, the character, a visitor, and what they say.
 * @throws PlayerError where nothing of it can be heard
 */
export function openRehearsal(
  room: EngineRoom,
  record: SceneRecord,
  library: Library,
  character: Character,
  by: Asker,
  cue: string,
): LiveScene {
  const live = emptyLiveScene(record);
  const actor: Actor = { id: characterActorId(character.id), name: character.name };
  const names = reservedNames(library, [actor]);
  const visitor = playerActor({ id: by.id, name: VISITOR }, names);
  const scenario = expandMacros(character.scenario, {
    char: character.nickname || character.name,
    user: visitor.name,
  });
  const setting = clip(neutralise(scenario, names), LONGEST_SETTING).trim();
  if (setting) add(live, { ...nowBefore(room, live, []), kind: 'setting', text: setting, quiet: true });
  for (const one of [actor, visitor]) {
    add(live, { ...openly(room, live, MAIN_PLACE, one.id), kind: 'entrance', actor: one, quiet: true });
  }
  if (!cue.trim()) return live;
  const segments = readPlayerLine(cue, names);
  if (segments.length === 0) {
    throw new PlayerError('Nothing of that can be heard or seen. Say something to them.');
  }
  add(live, {
    ...openly(room, live, MAIN_PLACE, visitor.id),
    kind: 'line',
    speaker: visitor,
    turn: `p${live.state.beats + 1}`,
    segments,
    addressed: [actor.id],
  });
  return live;
}

/** The one turn of it. Ends with `signal`. */
export function makingOf(live: LiveScene, by: Asker, signal: AbortSignal): Making {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  return {
    turn: 't1',
    since: live.state.beats,
    controller,
    called: undefined,
    actor: undefined,
    place: MAIN_PLACE,
    why: '',
    later: [],
    quiet: true,
    payer: by.id,
    instead: undefined,
    visible: false,
    shown: [],
    by: undefined,
  };
}

function add(live: LiveScene, beat: NewBeat): void {
  const numbered: Beat = { ...beat, n: live.state.beats + 1 };
  applyBeat(live.state, numbered);
  live.minds.add(numbered);
}
