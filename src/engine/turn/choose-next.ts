import type { Library } from '../../cast/library/library-api.ts';
import type { SceneScript } from '../../cast/scene-script.ts';
import { decideByChance, decideFrom, decideWithoutModel } from '../../director/decide.ts';
import type { Decision, Floor, Rest } from '../../director/floor.ts';
import { type Candidate, predictNextSpeaker } from '../../director/predict.ts';
import type { Log } from '../../log.ts';
import { ModelError } from '../../model/chat-model.ts';
import { type Actor, type ActorId, ENVIRONMENT } from '../../scene/beat.ts';
import { presentCharacters, presentPlayers } from '../../scene/scene-state.ts';
import { addresseeOf, cardOf } from '../card-of.ts';
import type { Limits, Models } from '../engine-api.ts';
import type { LiveScene } from '../live-scene.ts';
import { turnsPerLine } from '../presets.ts';
import { type Choice, readsOut, scriptedChoice } from './scripted-choice.ts';

export type ChooseOptions = {
  readonly library: Library;
  readonly models: Models;
  readonly limits: Limits;
  readonly log: Log;
  readonly script: SceneScript | undefined;
  /** Somebody is to take a turn, though the rules of the room would let it rest. */
  readonly somebody?: boolean;
};

// The world may answer, but not talk to itself; where nobody else is there to play, it may now and then.
const NARRATIONS_PER_LINE = 2;
const TURNS_PER_NARRATION = 5;

/**
 * Who is next, or that the scene rests. In order: what the rules of the room allow; who was called
 * and has not answered; the understudy's script; next-speaker prediction; chance.
 */
export async function chooseNext(
  live: LiveScene,
  options: ChooseOptions,
  signal: AbortSignal,
): Promise<Choice> {
  const { state, record } = live;
  const floor = floorOf(live, options.library);
  if (floor.characters.length === 0) return { type: 'rest', why: 'nobody is on stage' };
  const somebody = options.somebody ?? false;
  const closed = somebody ? undefined : restByRule(live);
  if (closed) return closed;
  const script = options.models.actor ? undefined : options.script;
  const scripted = script && scriptedChoice(live, script, options.library);
  const answered = state.turnsSincePlayer > 0 || state.playerLines === 0;
  if (scripted && (state.led || answered)) return scripted;
  const readOut = script && readsOut(live);
  const spent = somebody ? undefined : (readOut ?? restByBudget(live, options.limits));
  if (spent) return spent;

  const called = floor.addressed.find((id) => isPresent(floor, id) && id !== floor.lastSpeaker);
  if (called !== undefined) {
    return { type: 'speak', actor: called, why: `${nameOf(floor, called)} was called` };
  }
  const goesOn = somebody || record.turns !== undefined;
  const quiet = goesOn ? undefined : restUncalled(live, options);
  if (quiet) return quiet;

  const decision = await decide(live, floor, options, signal);
  if (decision.type === 'rest') return goesOn ? goOn(floor) : decision;
  if (decision.actor === ENVIRONMENT.id && worldSpokeEnough(live)) {
    const other = decideByChance(floor, decision.why, false);
    return other.type === 'rest' && goesOn ? goOn(floor) : other;
  }
  return decision;
}

/** What the rules of the room say before anyone is asked; undefined where a turn may be made. */
function restByRule({ record, state }: LiveScene): Rest | undefined {
  if (record.turns !== undefined) {
    return state.characterTurns >= record.turns ? { type: 'rest', why: 'all turns were played' } : undefined;
  }
  if (record.preset === 'game-master') return { type: 'rest', why: 'the game master calls the turns' };
  const opens = record.script !== undefined || record.preset === 'theatre';
  if (state.playerLines === 0 && !opens) return { type: 'rest', why: 'the scene waits for a player' };
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
function restUncalled({ record, state, views }: LiveScene, { models }: ChooseOptions): Rest | undefined {
  if (record.preset === 'called-only') return { type: 'rest', why: 'nobody was called' };
  const last = views.director.entries.at(-1);
  const wordless = last?.kind === 'line' && last.segments.every((segment) => segment.kind !== 'speech');
  // The understudy met the line with a gesture; another's on top of it would be one too many.
  if (!models.actor && state.turnsSincePlayer > 0 && wordless) {
    return { type: 'rest', why: 'the question was let pass' };
  }
  return undefined;
}

/** Only a player's line refills the budget. Authored steps are few by themselves and not counted against it. */
function restByBudget({ record, state }: LiveScene, limits: Limits): Rest | undefined {
  if (record.turns !== undefined || state.turnsSincePlayer < turnsPerLine(record.preset, limits))
    return undefined;
  return { type: 'rest', why: 'the floor is the players’' };
}

/** The director's word; without one, or where its model fails, what is left to the rules and to chance. */
async function decide(
  live: LiveScene,
  floor: Floor,
  { models, library, log }: ChooseOptions,
  signal: AbortSignal,
): Promise<Decision> {
  const { record, state, windows } = live;
  const byRule = () => decideWithoutModel(floor, record.turns !== undefined || record.preset === 'theatre');
  if (!models.director) return byRule();
  const candidates: Candidate[] = [
    ...floor.characters.map((actor): Candidate => ({ ...addresseeOf(library, actor), kind: 'character' })),
    ...floor.players.map((actor): Candidate => ({ ...addresseeOf(library, actor), kind: 'player' })),
    { ...addresseeOf(library, ENVIRONMENT), kind: 'environment' },
  ];
  try {
    const prediction = await predictNextSpeaker(
      {
        model: models.director,
        setting: state.setting,
        candidates,
        lastSpeaker: candidates.find((candidate) => candidate.id === floor.lastSpeaker)?.name,
        window: windows.director,
      },
      signal,
    );
    return decideFrom(prediction, floor);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    log.warn('director-failed', { scene: record.id, failure: error.failure });
    return byRule();
  }
}

function floorOf(live: LiveScene, library: Library): Floor {
  const { state, record } = live;
  // Someone whose card was taken out of the library cannot be played.
  const characters = presentCharacters(state).filter((actor) => cardOf(library, actor.id));
  return {
    characters,
    players: presentPlayers(state),
    lastSpeaker: state.lastSpeaker,
    lastSpoke: state.lastSpoke,
    turnsSincePlayer: state.turnsSincePlayer,
    characterTurns: state.characterTurns,
    beats: state.beats,
    seed: record.seed,
    addressed: state.addressed,
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

function worldSpokeEnough({ state }: LiveScene): boolean {
  const most = NARRATIONS_PER_LINE + Math.floor(state.turnsSincePlayer / TURNS_PER_NARRATION);
  return state.lastSpeaker === ENVIRONMENT.id || state.narrationsSincePlayer >= most;
}
