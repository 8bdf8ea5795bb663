import type { Character } from '../cast/character.ts';
import { expandMacros } from '../cast/macros.ts';
import type { SceneScript } from '../cast/scene-script.ts';
import { PlayerError } from '../errors.ts';
import { fold } from '../format/fold.ts';
import { neutralise } from '../format/neutralise.ts';
import { clip } from '../format/player-line.ts';
import { parseTurn } from '../format/turn-parser.ts';
import { type Actor, characterActorId, MAIN_PLACE, type PlaceId } from '../scene/beat.ts';
import { placeOf, presentCharacters } from '../scene/scene-state.ts';
import { GREETING_CUE } from '../scene/talk.ts';
import { say } from '../words/text.ts';
import type { StartScene } from './engine-api.ts';
import { type EngineRoom, nowBefore, openly, recordAndShow } from './engine-room.ts';
import { giveWay, joinScene } from './join-scene.ts';
import type { LiveScene } from './live-scene.ts';
import { playerActor } from './player-actor.ts';
import { reservedNames } from './reserved-names.ts';
import type { SceneRecord } from './scene-record.ts';
import { scriptOf } from './script-of.ts';
import { userName } from './user-name.ts';

const LONGEST_SETTING = 4000;
const LONGEST_TITLE = 100;

/**
 * The record of a new scene.
 * @throws PlayerError where the script or a card is unknown
 */
export function recordFor(room: EngineRoom, request: StartScene, log: string): SceneRecord {
  const { library } = room.options;
  const script = scriptOf(library, request);
  if (request.script !== undefined && !script) {
    const known = library.scenes().map((scene) => scene.id);
    throw new PlayerError(
      say('There is no scene “{{name}}”. There are: {{known}}.', {
        name: request.script,
        known: known.join(', '),
      }),
    );
  }
  const names = new Set<string>();
  for (const cardId of castOf(room, request)) {
    const { name } = cardFor(room, cardId);
    if (names.has(fold(name)))
      throw new PlayerError(say('Two of this cast are called {{name}}: leave one out.', { name }));
    names.add(fold(name));
  }
  const title = neutralise(request.title ?? script?.title ?? '', []).slice(0, LONGEST_TITLE);
  return {
    id: request.id,
    log,
    title: title || 'A scene',
    stage: request.stage,
    ...(request.server === undefined ? {} : { server: request.server }),
    ...(request.parent === undefined ? {} : { parent: request.parent }),
    ...(request.category === undefined ? {} : { category: request.category }),
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
    rooms: [],
    branches: [],
  };
}

/** The first beats of a scene: where it is, who is there. Without a script the first of the cast greets. */
export async function openScene(room: EngineRoom, live: LiveScene, request: StartScene): Promise<void> {
  const script = scriptOf(room.options.library, live.record);
  const cast = castOf(room, request).map((cardId) => cardFor(room, cardId));
  const setting = settingOf(room, cast, request, script);
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

/** The place as the script has it, or as it was typed or the first card has it: then nothing in it is a tag or anyone's line. */
function settingOf(
  room: EngineRoom,
  cast: readonly Character[],
  { setting, owner }: StartScene,
  script: SceneScript | undefined,
): string {
  const names = reservedNames(room.options.library, cast.map(actorFor));
  const [first] = cast;
  const scenario =
    first && expandMacros(first.scenario, { char: first.name, user: playerActor(owner, names).name });
  const typed = setting?.trim() || (script ? '' : scenario);
  return clip(typed ? neutralise(typed, names) : (script?.setting ?? ''), LONGEST_SETTING).trim();
}

/**
 * A character comes in; `quiet` where the scene card says so already.
 * @throws PlayerError where one of its name is there
 */
export async function enter(
  room: EngineRoom,
  live: LiveScene,
  character: Character,
  quiet: boolean,
  place: PlaceId = MAIN_PLACE,
): Promise<void> {
  const actor = actorFor(character);
  if (presentCharacters(live.state).some((other) => fold(other.name) === fold(actor.name))) {
    throw new PlayerError(say('Someone called {{actor}} is in the scene already.', { actor: actor.name }));
  }
  await giveWay(room, live, actor);
  await recordAndShow(room, live, {
    ...openly(room, live, place, actor.id),
    kind: 'entrance',
    actor,
    ...(quiet ? { quiet } : {}),
  });
}

/** The card's own greeting, without a model. Cards without one say nothing. */
export async function greet(room: EngineRoom, live: LiveScene, character: Character): Promise<void> {
  const names = { char: character.name, user: userName(live) };
  const turn = parseTurn(expandMacros(character.greeting, names), { speaker: { name: character.name } });
  if (!turn.usable || (await room.guard.output(live.record, turn.segments, room.closing, true))) return;
  await recordAndShow(room, live, {
    ...openly(
      room,
      live,
      placeOf(live.state, characterActorId(character.id)),
      characterActorId(character.id),
    ),
    kind: 'line',
    speaker: actorFor(character),
    turn: `g${live.state.beats + 1}`,
    segments: room.guard.tidy(live.record, turn.segments),
    cue: GREETING_CUE,
  });
}

/** @throws PlayerError where there is no such card here */
export function cardFor(room: EngineRoom, cardId: string): Character {
  const character = room.options.library.character(cardId);
  if (!character)
    throw new PlayerError(
      say('There is no character “{{cardId}}” here. /summon shows who can come.', { cardId }),
    );
  return character;
}

/** A character that is in the scene, or was. @throws PlayerError where it never was */
export function everHere(room: EngineRoom, { state }: LiveScene, cardId: string): Actor {
  const known = state.people.get(characterActorId(cardId));
  if (known) return known.actor;
  throw new PlayerError(say('{{name}} was never in this scene.', { name: cardFor(room, cardId).name }));
}

function actorFor({ id, name }: Character): Actor {
  return { id: characterActorId(id), name };
}

function castOf(room: EngineRoom, request: StartScene): readonly string[] {
  const script = scriptOf(room.options.library, request);
  return [...new Set(request.cast ?? script?.cast ?? [])];
}
