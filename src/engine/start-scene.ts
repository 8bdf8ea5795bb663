import type { Character } from '../cast/character.ts';
import { expandMacros } from '../cast/macros.ts';
import type { SceneScript } from '../cast/scene-script.ts';
import { PlayerError } from '../errors.ts';
import { neutralise } from '../format/neutralise.ts';
import { clip } from '../format/player-line.ts';
import { lookAlikeOf } from '../safety/look-alike.ts';
import { type Actor, characterActorId, MAIN_PLACE, type PlaceId } from '../scene/beat.ts';
import { placeOf, presentCharacters } from '../scene/scene-state.ts';
import { GREETING_CUE } from '../scene/talk.ts';
import { say } from '../words/text.ts';
import type { StartScene } from './engine-api.ts';
import { type EngineRoom, nowBefore, openly, recordAndShow } from './engine-room.ts';
import { greetingsOf, saidAs } from './greetings.ts';
import { giveWay, joinScene } from './join-scene.ts';
import type { LiveScene } from './live-scene.ts';
import { tellStory } from './past/tell-story.ts';
import { playerActor } from './player-actor.ts';
import { reservedNames } from './reserved-names.ts';
import type { SceneRecord } from './scene-record.ts';
import { scriptOf } from './script-of.ts';

const LONGEST_SETTING = 4000;
const LONGEST_TITLE = 100;

/**
 * The record of a new scene.
 * @throws PlayerError where the script or a card is unknown
 */
export function recordFor(room: EngineRoom, request: StartScene, log: string): SceneRecord {
  const library = room.libraryOf(request);
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
  const names: string[] = [];
  for (const cardId of castOf(room, request)) {
    const { name } = cardFor(room, request, cardId);
    const other = lookAlikeOf(name, names);
    if (other?.toLowerCase() === name.toLowerCase())
      throw new PlayerError(say('Two of this cast are called {{name}}: leave one out.', { name }));
    if (other !== undefined)
      throw new PlayerError(
        say('“{{name}}” and “{{other}}” of this cast look alike: leave one out.', { name, other }),
      );
    names.push(name);
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
  const script = scriptOf(room.libraryOf(live.record), live.record);
  const cast = castOf(room, request).map((cardId) => cardFor(room, request, cardId));
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
  if (request.story) await tellStory(room, live, request.story);
  else if (!script && first) await greet(room, live, first);
}

/** The place as the script has it, or as it was typed or the first card has it: then nothing in it is a tag or anyone's line. */
function settingOf(
  room: EngineRoom,
  cast: readonly Character[],
  request: StartScene,
  script: SceneScript | undefined,
): string {
  const { setting, owner } = request;
  const names = reservedNames(room.libraryOf(request), cast.map(actorFor));
  const [first] = cast;
  const scenario =
    first &&
    expandMacros(first.scenario, {
      char: first.nickname || first.name,
      user: playerActor(owner, names).name,
    });
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
  const other = lookAlikeOf(
    actor.name,
    presentCharacters(live.state).map(({ name }) => name),
  );
  if (other?.toLowerCase() === actor.name.toLowerCase())
    throw new PlayerError(say('Someone called {{actor}} is in the scene already.', { actor: actor.name }));
  if (other !== undefined) {
    throw new PlayerError(
      say('“{{other}}” is in the scene already, and “{{actor}}” looks like it: dismiss one of them first.', {
        other,
        actor: actor.name,
      }),
    );
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
  const [greeting] = greetingsOf(live, character);
  const segments = greeting && (await saidAs(room, live, character, greeting));
  if (!segments) return;
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
    segments,
    cue: GREETING_CUE,
  });
}

/** @throws PlayerError where there is no such card here */
export function cardFor(
  room: EngineRoom,
  of: { readonly server?: string | undefined },
  cardId: string,
): Character {
  const character = room.libraryOf(of).character(cardId);
  if (!character)
    throw new PlayerError(
      say('There is no character “{{cardId}}” here. /summon shows who can come.', { cardId }),
    );
  return character;
}

/** A character that is in the scene, or was. @throws PlayerError where it never was */
export function everHere(room: EngineRoom, { state, record }: LiveScene, cardId: string): Actor {
  const known = state.people.get(characterActorId(cardId));
  if (known) return known.actor;
  throw new PlayerError(
    say('{{name}} was never in this scene.', { name: cardFor(room, record, cardId).name }),
  );
}

function actorFor({ id, name }: Character): Actor {
  return { id: characterActorId(id), name };
}

function castOf(room: EngineRoom, request: StartScene): readonly string[] {
  const script = scriptOf(room.libraryOf(request), request);
  return [...new Set(request.cast ?? script?.cast ?? [])];
}
