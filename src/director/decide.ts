import { type ActorId, ENVIRONMENT } from '../scene/beat.ts';
import { chance, pick } from '../scene/chance.ts';
import { type Decision, type Floor, TURNS_BEFORE_END } from './floor.ts';

/** What next-speaker prediction answered, made sense of. */
export type Prediction =
  | { readonly type: 'actor'; readonly actor: ActorId; readonly reason: string }
  | { readonly type: 'random'; readonly reason: string }
  | { readonly type: 'end'; readonly reason: string };

/**
 * Turns a prediction into a decision (her-spec 4.4, after CoSER's decision rule): the named actor
 * where it is there and did not just speak; a player means that the scene rests; END rests it, once
 * enough turns were played; everything else is left to chance.
 */
export function decideFrom(prediction: Prediction, floor: Floor): Decision {
  const why = prediction.reason;
  if (prediction.type === 'end' && floor.characterTurns >= TURNS_BEFORE_END) {
    return { type: 'rest', why: why || 'the scene has come to a close for now' };
  }
  if (prediction.type === 'actor') {
    const { actor } = prediction;
    if (floor.players.some((player) => player.id === actor)) {
      return { type: 'rest', why: why || 'a player is to speak' };
    }
    const known = actor === ENVIRONMENT.id || floor.characters.some((character) => character.id === actor);
    if (known && actor !== floor.lastSpeaker) return { type: 'speak', actor, why };
  }
  return decideByChance(floor, why || 'left to chance');
}

/**
 * Without a usable prediction: one of those who did not just speak, sooner who speaks readily and
 * has been silent; the Environment in at most one draw of three. Seeded, so that the same log
 * always goes on in the same way.
 */
export function decideByChance(floor: Floor, why: string, environment = true): Decision {
  const others = floor.characters.filter((character) => character.id !== floor.lastSpeaker);
  if (others.length === 0) {
    if (environment && floor.characters.length > 0 && floor.lastSpeaker !== ENVIRONMENT.id) {
      return { type: 'speak', actor: ENVIRONMENT.id, why };
    }
    return { type: 'rest', why: 'nobody else is there to speak' };
  }
  const draw = chance(floor.seed, floor.beats);
  if (environment && others.length > 1 && floor.lastSpeaker !== ENVIRONMENT.id && draw > 0.85) {
    return { type: 'speak', actor: ENVIRONMENT.id, why };
  }
  const tickets = others.flatMap((character) => {
    const silent = Math.min(floor.beats - (floor.lastSpoke.get(character.id) ?? 0), 12);
    const ready = floor.talkativeness.get(character.id) ?? 0.5;
    return new Array<ActorId>(1 + Math.round(silent * ready)).fill(character.id);
  });
  const actor = pick(tickets, floor.seed, floor.beats, 1);
  return actor === undefined ? { type: 'rest', why } : { type: 'speak', actor, why };
}

/**
 * Who speaks where no model directs. After a player's line somebody always answers; after that the
 * cast goes on among itself less and less likely, and then rests.
 */
export function decideWithoutModel(floor: Floor, mayContinue: boolean): Decision {
  if (floor.turnsSincePlayer > 0 && !mayContinue) {
    const goesOn = chance(floor.seed, floor.beats, 7) < 0.75 - 0.25 * (floor.turnsSincePlayer - 1);
    if (!goesOn || floor.characters.length < 2) return { type: 'rest', why: 'the floor is the players’' };
  }
  return decideByChance(floor, 'next in the talk', false);
}
