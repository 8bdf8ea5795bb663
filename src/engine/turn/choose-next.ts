import type { Rules } from '../../config/room-settings.ts';
import { yieldsTo } from '../../director/balance.ts';
import { changesSomething } from '../../director/changes-something.ts';
import { decideByChance } from '../../director/decide.ts';
import type { Decision, Floor, Rest } from '../../director/floor.ts';
import { type Actor, type ActorId, ENVIRONMENT, MAIN_PLACE, type PlaceId } from '../../scene/beat.ts';
import { charactersAwake, playersIn } from '../../scene/presence.ts';
import { talkIn } from '../../scene/scene-state.ts';
import type { Talk } from '../../scene/talk.ts';
import { cardOf } from '../card-of.ts';
import type { LiveScene } from '../live-scene.ts';
import { turnsPerLine } from '../presets.ts';
import { askDirector, type ChooseOptions, worldSpokeEnough } from './ask-director.ts';
import { type Choice, readsOut, scriptedChoice } from './scripted-choice.ts';

const TURNS_OF_TWO = 4;

/** A choice, and the place of the scene for which it was made. */
export type PlacedChoice = Choice & { readonly place: PlaceId };

/**
 * Who is next, or that the scene rests. Each place has its own talk: the one where something
 * happened last comes first, then those where something is still unanswered.
 *
 * @param only the place that is asked for by hand
 */
export async function chooseNext(
  live: LiveScene,
  options: ChooseOptions,
  signal: AbortSignal,
  only?: PlaceId,
): Promise<PlacedChoice> {
  let rest: PlacedChoice | undefined;
  for (const place of only === undefined ? placesToAsk(live) : [only]) {
    const choice = await chooseIn(live, place, options, signal);
    if (choice.type === 'speak') return { ...choice, place };
    live.rested.set(place, talkIn(live.state, place).stirredAt);
    rest ??= { ...choice, place };
  }
  return rest ?? { type: 'rest', why: 'nothing new has happened', place: live.state.place };
}

/** Places that something stirred since they came to rest, the last one first. */
function placesToAsk({ state, rested }: LiveScene): PlaceId[] {
  const stirred = [...state.talks]
    .filter(([place, talk]) => talk.stirredAt > 0 && rested.get(place) !== talk.stirredAt)
    .sort(([, one], [, other]) => other.stirredAt - one.stirredAt)
    .map(([place]) => place);
  return [...new Set([state.place, ...stirred])];
}

/**
 * In order: what the rules of the room allow; who was called, by a player or by a character's own
 * line, and has not answered; the understudy's script; next-speaker prediction, the one before where it
 * still holds; chance.
 */
async function chooseIn(
  live: LiveScene,
  place: PlaceId,
  options: ChooseOptions,
  signal: AbortSignal,
): Promise<Choice> {
  const { state, record } = live;
  const talk = talkIn(state, place);
  const floor = floorOf(live, place, options);
  if (floor.characters.length === 0) return { type: 'rest', why: 'nobody is on stage' };
  const somebody = options.somebody ?? state.granted > 0;
  const closed = somebody ? undefined : restByRule(live, place);
  if (closed) return closed;
  const script = options.models.actor || place !== MAIN_PLACE ? undefined : options.script;
  const scripted = script && scriptedChoice(live, script, options.library);
  const answered = talk.turnsSincePlayer > 0 || talk.playerLines === 0;
  if (scripted && (talk.led || answered)) return scripted;
  const readOut = script && readsOut(live, talk);
  const spent = somebody ? undefined : (readOut ?? restByBudget(live, talk, options.rules));
  if (spent) return spent;

  // Who spoke last answers what a player said meanwhile, and nobody else's call.
  const overtaken = talk.turnsSincePlayer === 0;
  const called = floor.addressed.find(
    (id) => isPresent(floor, id) && (id !== floor.lastSpeaker || overtaken),
  );
  if (called !== undefined) {
    // Two who keep calling each other do not keep the floor for ever.
    const due = talk.turnsSincePlayer >= TURNS_OF_TWO ? yieldsTo(called, floor) : undefined;
    return due
      ? { type: 'speak', actor: due.id, why: `${due.name} has not spoken for a while` }
      : { type: 'speak', actor: called, why: `${nameOf(floor, called)} was called` };
  }
  const goesOn = somebody || record.turns !== undefined;
  const quiet = goesOn ? undefined : restUncalled(live, place, options);
  if (quiet) return quiet;

  const decision = await askDirector(live, place, floor, options, signal);
  if (decision.type === 'rest') return goesOn ? goOn(floor) : decision;
  if (decision.actor === ENVIRONMENT.id && worldSpokeEnough(talk)) {
    const other = decideByChance(floor, undefined, false);
    return other.type === 'rest' && goesOn ? goOn(floor) : other;
  }
  return decision;
}

/** What the rules of the room say before anyone is asked; undefined where a turn may be made. */
function restByRule({ record, state }: LiveScene, place: PlaceId): Rest | undefined {
  if (record.turns !== undefined) {
    return state.characterTurns >= record.turns ? { type: 'rest', why: 'all turns were played' } : undefined;
  }
  if (record.preset === 'game-master') return { type: 'rest', why: 'the game master calls the turns' };
  const opens = place === MAIN_PLACE && (record.script !== undefined || record.preset === 'theatre');
  if (talkIn(state, place).playerLines === 0 && !opens)
    return { type: 'rest', why: 'the scene waits for a player' };
  return undefined;
}

/** A turn was asked for: somebody speaks, even one alone with themselves. */
function goOn(floor: Floor): Decision {
  const why = 'the scene is to go on';
  const decision = decideByChance(floor, why, false);
  const [alone] = floor.characters;
  return decision.type === 'rest' && alone ? { type: 'speak', actor: alone.id, why } : decision;
}

/** Nobody was called, and nobody is to speak unasked. */
function restUncalled(
  { record, state, minds }: LiveScene,
  place: PlaceId,
  { models }: ChooseOptions,
): Rest | undefined {
  if (record.preset === 'called-only') return { type: 'rest', why: 'nobody was called' };
  const last = minds.place(place).director.entries.at(-1);
  const wordless = last?.kind === 'line' && last.segments.every((segment) => segment.kind !== 'speech');
  // The understudy met the line with a gesture; another's on top of it would be one too many.
  if (!models.actor && talkIn(state, place).turnsSincePlayer > 0 && wordless) {
    return { type: 'rest', why: 'the question was let pass' };
  }
  return undefined;
}

/** Only a player's line refills the budget. Authored steps are few by themselves and not counted against it. */
function restByBudget({ record }: LiveScene, talk: Talk, rules: Rules): Rest | undefined {
  if (record.turns !== undefined || talk.turnsSincePlayer < turnsPerLine(record.preset, rules))
    return undefined;
  return { type: 'rest', why: 'the floor is the players’' };
}

function floorOf(live: LiveScene, place: PlaceId, { library, models, barred }: ChooseOptions): Floor {
  const { state, record } = live;
  const talk = talkIn(state, place);
  const last = live.minds.place(place).director.entries.at(-1);
  // Someone whose card was taken out of the library cannot be played.
  const characters = charactersAwake(state.people, place).filter(
    ({ id }) => cardOf(library, id) && !barred?.has(id),
  );
  return {
    characters,
    players: playersIn(state.people, place),
    lastSpeaker: talk.lastSpeaker,
    recent: talk.recent,
    // The understudy's world is scripted; a model's answers what was set going.
    stirred: models.narrator !== undefined && last !== undefined && changesSomething(last.segments),
    lastSpoke: state.lastSpoke,
    turnsSincePlayer: talk.turnsSincePlayer,
    characterTurns: state.characterTurns,
    beats: state.beats,
    seed: record.seed,
    addressed: talk.addressed,
    talkativeness: new Map(
      characters.map((actor) => [actor.id, cardOf(library, actor.id)?.talkativeness ?? 0.5]),
    ),
  };
}

function isPresent(floor: Floor, id: ActorId): boolean {
  return floor.characters.some((actor) => actor.id === id);
}

function nameOf(floor: Floor, id: ActorId): string {
  return floor.characters.find((actor: Actor) => actor.id === id)?.name ?? 'Someone';
}
