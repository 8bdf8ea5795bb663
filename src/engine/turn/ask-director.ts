import type { Library } from '../../cast/library/library-api.ts';
import type { SceneScript } from '../../cast/scene-script.ts';
import type { Rules } from '../../config/room-settings.ts';
import { decideFrom, decideWithoutModel } from '../../director/decide.ts';
import type { Decision, Floor } from '../../director/floor.ts';
import { type Foresight, foreseenNext } from '../../director/foresight.ts';
import { type Candidate, predictNextSpeaker } from '../../director/predict.ts';
import { publicReason } from '../../director/reason.ts';
import { findVocatives } from '../../director/vocative.ts';
import type { Log } from '../../log.ts';
import { ModelError } from '../../model/chat-model.ts';
import { type ActorId, ENVIRONMENT, type PlaceId } from '../../scene/beat.ts';
import { type Lasting, talkIn } from '../../scene/scene-state.ts';
import type { Talk } from '../../scene/talk.ts';
import { addresseeOf } from '../card-of.ts';
import { clockWords } from '../clock-words.ts';
import { type LiveScene, windowsIn } from '../live-scene.ts';
import type { Models } from '../models.ts';

export type ChooseOptions = {
  readonly library: Library;
  readonly models: Models;
  readonly rules: Rules;
  readonly log: Log;
  /** The turn that it is asked for, as the log names it. */
  readonly turn?: string;
  readonly script: SceneScript | undefined;
  /** Somebody is to take a turn, though the rules of the room would let it rest. */
  readonly somebody?: boolean;
  /** Who may not play here now, though they are on stage. */
  readonly barred?: ReadonlyMap<ActorId, unknown>;
  /** What is left of the prediction that decided the turn before. */
  readonly foresight?: Foresight | undefined;
  /** Whether the room may read a director's reason; else it reads none. */
  mayRead?(reason: string): Promise<boolean>;
};

/**
 * Whom the director names: as it foresaw it before the turn that was just played, where that still holds;
 * else it is asked. Without a director, or where its model fails, what is left to the rules and to chance.
 *
 * @throws the signal's reason when aborted
 */
export async function askDirector(
  live: LiveScene,
  place: PlaceId,
  floor: Floor,
  options: ChooseOptions,
  signal: AbortSignal,
): Promise<Decision> {
  return foreseen(live, place, floor, options) ?? predicted(live, place, floor, options, signal);
}

function foreseen(
  { state, minds }: LiveScene,
  place: PlaceId,
  floor: Floor,
  { foresight, library, models }: ChooseOptions,
): Decision | undefined {
  if (!foresight || !models.director) return undefined;
  const last = minds.place(place).director.entries.at(-1);
  const speech = last?.segments.filter(({ kind }) => kind === 'speech').map(({ text }) => text) ?? [];
  const players = floor.players.map((player) => addresseeOf(library, player));
  return foreseenNext(foresight, floor, {
    place,
    callsPlayer: findVocatives(speech.join('\n'), players).length > 0,
    worldMay: !worldSpokeEnough(talkIn(state, place)),
  });
}

async function predicted(
  live: LiveScene,
  place: PlaceId,
  floor: Floor,
  { models, library, log, turn, rules, mayRead = async () => true }: ChooseOptions,
  signal: AbortSignal,
): Promise<Decision> {
  const { record, state } = live;
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
        ...(state.steer ? { steer: state.steer.text } : {}),
        ...(state.clock === undefined ? {} : { clock: clockWords(state.clock) }),
        window: windowsIn(live, place).director,
        ranking: rules.ranking,
      },
      signal,
    );
    const reason = publicReason(prediction.reason);
    const decision = decideFrom((await mayRead(reason)) ? prediction : { ...prediction, reason: '' }, floor);
    return state.steer && decision.type === 'speak' ? whileSteered(decision, state.steer) : decision;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    log.warn('director-failed', { scene: record.id, turn, failure: error.failure });
    return byRule();
  }
}

/** What is foreseen under the owner's direction holds no longer than the direction does. */
function whileSteered(decision: Decision & { readonly type: 'speak' }, { left }: Lasting): Decision {
  const { later = [], ...rest } = decision;
  return { ...rest, later: later.slice(0, Math.max(0, left - 1)) };
}

// Where nobody else is there to play, it may now and then.
const NARRATIONS_PER_LINE = 2;
const TURNS_PER_NARRATION = 5;

/** Whether the world has had its say: it may answer, but not talk to itself, nor all the time. */
export function worldSpokeEnough(talk: Talk): boolean {
  const most = NARRATIONS_PER_LINE + Math.floor(talk.turnsSincePlayer / TURNS_PER_NARRATION);
  return talk.lastSpeaker === ENVIRONMENT.id || talk.narrationsSincePlayer >= most;
}
