import type { Character } from '../cast/character.ts';
import { expandMacros } from '../cast/macros.ts';
import { PlayerError } from '../errors.ts';
import { neutralise } from '../format/neutralise.ts';
import { parseTurn } from '../format/turn-parser.ts';
import { characterActorId } from '../scene/beat.ts';
import { GREETING_CUE, presentPlayers, witnessesNow } from '../scene/scene-state.ts';
import type { StartScene } from './engine-api.ts';
import { type EngineRoom, nowBefore, recordAndShow } from './engine-room.ts';
import { joinScene } from './hear.ts';
import type { LiveScene } from './live-scene.ts';
import { reservedNames } from './reserved-names.ts';
import type { SceneRecord } from './scene-record.ts';

const LONGEST_SETTING = 4000;
const LONGEST_TITLE = 100;

/**
 * The record of a new scene.
 * @throws PlayerError where the script or a card is unknown
 */
export function recordFor(room: EngineRoom, request: StartScene, log: string): SceneRecord {
  const { library } = room.options;
  const script = request.script === undefined ? undefined : library.scene(request.script);
  if (request.script !== undefined && !script) {
    const known = library.scenes().map((scene) => scene.id);
    throw new PlayerError(`There is no scene “${request.script}”. There are: ${known.join(', ')}.`);
  }
  for (const cardId of castOf(room, request)) cardFor(room, cardId);
  const title = neutralise(request.title ?? script?.title ?? '', []).slice(0, LONGEST_TITLE);
  return {
    id: request.id,
    log,
    title: title || 'A scene',
    stage: request.stage,
    ...(request.server === undefined ? {} : { server: request.server }),
    ...(request.parent === undefined ? {} : { parent: request.parent }),
    owner: request.owner.id,
    preset: request.preset ?? 'conversation',
    status: 'playing',
    ...(request.script === undefined ? {} : { script: request.script }),
    seed: request.seed ?? Math.floor(Math.random() * 2 ** 31),
    createdAt: room.clock.now(),
    restedAt: 0,
    pace: request.pace ?? 'none',
    ...(request.turns === undefined ? {} : { turns: request.turns }),
    origin: request.origin ?? (request.stage === 'discord' ? 'discord' : 'local'),
  };
}

/** The first beats of a scene: where it is, who is there. Without a script the first of the cast greets. */
export async function openScene(room: EngineRoom, live: LiveScene, request: StartScene): Promise<void> {
  const { script: scriptId } = live.record;
  const script = scriptId === undefined ? undefined : room.options.library.scene(scriptId);
  const cast = castOf(room, request).map((cardId) => cardFor(room, cardId));
  const typed = request.setting && neutralise(request.setting, reservedNames(live, room.options.library));
  const setting = (typed ?? script?.setting ?? cast[0]?.scenario ?? '').slice(0, LONGEST_SETTING).trim();
  if (setting) {
    await recordAndShow(room, live, {
      ...nowBefore(room, live, []),
      kind: 'setting',
      text: setting,
      quiet: true,
    });
  }
  for (const character of cast) await enter(room, live, character, true);
  await joinScene(room, live, request.owner);
  const [first] = cast;
  if (!script && first) await greet(room, live, first);
}

/** A character comes in; `quiet` where the scene card says so already. */
export async function enter(
  room: EngineRoom,
  live: LiveScene,
  character: Character,
  quiet: boolean,
): Promise<void> {
  const id = characterActorId(character.id);
  await recordAndShow(room, live, {
    ...nowBefore(room, live, [...witnessesNow(live.state), id]),
    kind: 'entrance',
    actor: { id, name: character.name },
    ...(quiet ? { quiet } : {}),
  });
}

/** The card's own greeting, without a model. Cards without one say nothing. */
export async function greet(room: EngineRoom, live: LiveScene, character: Character): Promise<void> {
  const players = presentPlayers(live.state).map((player) => player.name);
  const names = { char: character.name, user: players.join(' and ') || 'the visitor' };
  const turn = parseTurn(expandMacros(character.greeting, names), { speaker: { name: character.name } });
  if (!turn.usable) return;
  await recordAndShow(room, live, {
    ...nowBefore(room, live, witnessesNow(live.state)),
    kind: 'line',
    speaker: { id: characterActorId(character.id), name: character.name },
    turn: `g${live.state.beats + 1}`,
    segments: [...turn.segments],
    cue: GREETING_CUE,
  });
}

/** @throws PlayerError where there is no such card here */
export function cardFor(room: EngineRoom, cardId: string): Character {
  const character = room.options.library.character(cardId);
  if (!character)
    throw new PlayerError(`There is no character “${cardId}” here. /summon shows who can come.`);
  return character;
}

function castOf(room: EngineRoom, request: StartScene): readonly string[] {
  const script = request.script === undefined ? undefined : room.options.library.scene(request.script);
  return [...new Set(request.cast ?? script?.cast ?? [])];
}
