import { reasonAfterName } from '../director/reason.ts';
import { chipsAt } from '../performer/understudy/script-place.ts';
import { isPlayerId, type PlaceId } from '../scene/beat.ts';
import { talkIn } from '../scene/scene-state.ts';
import { whispersLogged } from './audit/note-whisper.ts';
import { addresseeOf, cardOf } from './card-of.ts';
import { clockWords } from './clock-words.ts';
import type { SceneInfo } from './engine-api.ts';
import type { EngineRoom } from './engine-room.ts';
import { bestOfHere } from './judging/best-of.ts';
import type { LiveScene } from './live-scene.ts';
import { turnsPerLine } from './presets.ts';
import { scriptOf } from './script-of.ts';

/**
 * What anyone may know of a scene, asked in this place of it. Why someone is next follows from what
 * happened where they are: it is told there and nowhere else, and nobody is told of an answer to a whisper.
 */
export async function infoOf(room: EngineRoom, live: LiveScene, place: PlaceId): Promise<SceneInfo> {
  const here = [...live.state.people.values()].filter(
    ({ actor, present }) => present && isPlayerId(actor.id),
  );
  const counted = await room.choices.countedOf(here.map(({ actor }) => actor.id));
  const { record, state } = live;
  const library = room.libraryOf(record);
  const models = room.modelsFor(record);
  const rules = room.rulesFor(record);
  const making = live.making?.quiet ? undefined : live.making;
  const script = scriptOf(library, record);
  const bestOf = bestOfHere(rules, models);
  const limit = turnsPerLine(record.preset, rules);
  const { turnsSincePlayer } = talkIn(state, place);
  const people = [...state.people.values()];
  return {
    record,
    setting: state.setting,
    cast: people.flatMap(({ actor, present }) => {
      const character = cardOf(library, actor.id);
      return character ? [{ character, present }] : [];
    }),
    players: people
      .filter(({ actor }) => isPlayerId(actor.id))
      .map(({ actor, present, persona: { avatar } }) => ({
        actor,
        present,
        ...(avatar === undefined ? {} : { avatar }),
      })),
    beats: state.beats,
    turnsLeft: Math.max(0, limit - turnsSincePlayer) + state.granted,
    turnsPerLine: limit,
    ...(making?.actor ? { making: making.actor } : {}),
    ...(making?.actor && making.place === place
      ? { why: reasonAfterName(making.why, addresseeOf(library, making.actor).names) }
      : {}),
    rooms: record.rooms,
    ...(state.clock === undefined ? {} : { clock: clockWords(state.clock) }),
    ...(models.actor ? { model: models.actor.name } : {}),
    ...(bestOf > 1 ? { bestOf } : {}),
    ...(counted.length > 0
      ? { choicesOf: here.flatMap(({ actor }) => (counted.includes(actor.id) ? [actor] : [])) }
      : {}),
    peek: rules.peek,
    peekOf: Object.fromEntries(
      people.flatMap(({ actor }) => {
        const card = cardOf(library, actor.id);
        const peek = card && room.rulesFor(record, card.id).peek;
        return card && peek !== undefined && peek !== rules.peek ? [[card.id, peek]] : [];
      }),
    ),
    ...(whispersLogged(room, record) ? { whispersLogged: true } : {}),
    chips: script && !models.actor ? chipsAt(script, state.cue) : [],
  };
}
