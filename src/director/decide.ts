import { type ActorId, ENVIRONMENT } from '../scene/beat.ts';
import { chance, pick } from '../scene/chance.ts';
import { overdue, yieldsTo } from './balance.ts';
import { type Decision, type Floor, TURNS_BEFORE_END } from './floor.ts';
import { publicReason } from './reason.ts';

/**
 * What next-speaker prediction answered, made sense of. `reason` is as the model wrote it; `later`: who
 * is expected after the one who was named, where anybody is.
 */
export type Prediction =
  | {
      readonly type: 'actor';
      readonly actor: ActorId;
      readonly reason: string;
      readonly later?: readonly ActorId[];
    }
  | { readonly type: 'random'; readonly reason: string }
  | { readonly type: 'end'; readonly reason: string };

/**
 * Turns a prediction into a decision (her-spec 4.4, after CoSER's decision rule): the named actor
 * where it is there, did not just speak and does not dominate; a player means that the scene rests;
 * END rests it, once enough turns were played; everything else is left to chance. Who comes after is
 * heeded only behind the very turn that was named.
 */
export function decideFrom(prediction: Prediction, floor: Floor): Decision {
  const decision = decideOne(prediction, floor);
  const { actor, later = [] } = prediction.type === 'actor' ? prediction : { actor: undefined };
  if (decision.type === 'rest' || decision.actor !== actor || later.length === 0) return decision;
  return { ...decision, later };
}

function decideOne(prediction: Prediction, floor: Floor): Decision {
  const reason = publicReason(prediction.reason);
  if (prediction.type === 'end' && floor.characterTurns >= TURNS_BEFORE_END) {
    return { type: 'rest', why: reason || 'the scene has come to a close for now' };
  }
  // A reason for one who does not speak now would be read as one for who does.
  if (prediction.type !== 'actor' || prediction.actor === floor.lastSpeaker) return decideByChance(floor);
  const { actor } = prediction;
  if (floor.players.some((player) => player.id === actor)) {
    return { type: 'rest', why: reason || 'a player is to speak' };
  }
  if (actor === ENVIRONMENT.id) {
    return { type: 'speak', actor, why: reason || 'the world was named by the director' };
  }
  const character = floor.characters.find(({ id }) => id === actor);
  if (!character) return decideByChance(floor);
  return balanced({ actor, why: reason || `${character.name} was named by the director` }, floor);
}

/**
 * Without a usable prediction: one of those who did not just speak, sooner who speaks readily and
 * has been silent, and first of all who has been left out for long; the Environment in at most one
 * draw of three. Seeded, so that the same log always goes on in the same way.
 */
export function decideByChance(floor: Floor, why = 'left to chance', environment = true): Decision {
  const world = environment && floor.lastSpeaker !== ENVIRONMENT.id;
  const others = floor.characters.filter((character) => character.id !== floor.lastSpeaker);
  if (others.length === 0) {
    if (world && floor.characters.length > 0) return { type: 'speak', actor: ENVIRONMENT.id, why };
    return { type: 'rest', why: 'nobody else is there to speak' };
  }
  const draw = chance(floor.seed, floor.beats);
  if (world && others.length > 1 && draw > (floor.stirred ? 0.7 : 0.85)) {
    return { type: 'speak', actor: ENVIRONMENT.id, why };
  }
  const waiting = overdue(floor);
  if (waiting) return { type: 'speak', actor: waiting.id, why: silence(waiting.name) };
  const tickets = others.flatMap((character) => {
    const silent = Math.min(floor.beats - (floor.lastSpoke.get(character.id) ?? 0), 12);
    const ready = floor.talkativeness.get(character.id) ?? 0.5;
    return new Array<ActorId>(1 + Math.round(silent * ready)).fill(character.id);
  });
  const actor = pick(tickets, floor.seed, floor.beats, 1);
  return actor === undefined ? { type: 'rest', why } : balanced({ actor, why }, floor);
}

/**
 * Who speaks where no model directs. After a player's line somebody always answers; after that the
 * cast goes on among itself less and less likely, and then rests. What was set going, the world
 * answers every other time, where it has a voice.
 */
export function decideWithoutModel(floor: Floor, mayContinue: boolean): Decision {
  if (floor.stirred && floor.lastSpeaker !== ENVIRONMENT.id && chance(floor.seed, floor.beats, 11) < 0.5) {
    return { type: 'speak', actor: ENVIRONMENT.id, why: 'something was set going' };
  }
  if (floor.turnsSincePlayer > 0 && !mayContinue) {
    const goesOn = chance(floor.seed, floor.beats, 7) < 0.75 - 0.25 * (floor.turnsSincePlayer - 1);
    if (!goesOn || floor.characters.length < 2) return { type: 'rest', why: 'the floor is the players’' };
  }
  return decideByChance(floor, 'next in the talk', false);
}

function balanced(chosen: { readonly actor: ActorId; readonly why: string }, floor: Floor): Decision {
  const instead = yieldsTo(chosen.actor, floor);
  if (!instead) return { type: 'speak', ...chosen };
  return { type: 'speak', actor: instead.id, why: silence(instead.name) };
}

function silence(name: string): string {
  return `${name} has not spoken for a while`;
}
