import type { Character } from '../../cast/character.ts';
import type { ParsedTurn } from '../../format/parsed-turn.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { draftSeveral } from '../../performer/draft-several.ts';
import { type Performance, perform } from '../../performer/perform.ts';
import { type Actor, ENVIRONMENT } from '../../scene/beat.ts';
import { cardOf } from '../card-of.ts';
import { steadyOf } from '../clock.ts';
import type { DraftReport } from '../engine-api.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { namedLore } from '../lore/named-lore.ts';
import { reportOf } from './draft-report.ts';
import { figuresOf } from './figures.ts';
import type { DraftedTurns, MadeTurn, TurnOptions } from './made-turn.ts';
import type { Choice } from './scripted-choice.ts';
import { scriptedTurn } from './scripted-turn.ts';
import { parserFor } from './turn-parser-options.ts';
import { actorRequest } from './turn-request.ts';
import { worldTurn } from './world-turn.ts';

/**
 * Makes the turn of whom the director chose: a character or the Environment, by a model where one
 * plays that part, else by the understudy.
 *
 * @throws ModelError where the model cannot answer; the signal's reason when aborted
 */
export async function makeTurn(
  live: LiveScene,
  making: Making,
  actor: Actor,
  choice: Choice & { readonly type: 'speak' },
  options: TurnOptions,
): Promise<DraftedTurns> {
  const world = actor.id === ENVIRONMENT.id;
  const model = world ? options.models.narrator : options.models.actor;
  if (choice.scripted || !model) return single(await scriptedTurn(live, making, actor, choice, options));
  if (world) return single(await worldTurn(live, making, choice.why, model, options));
  const character = cardOf(options.library, actor.id);
  if (!character) return single(undefined);
  return performedTurn(live, making, actor, character, choice.why, model, options);
}

async function performedTurn(
  live: LiveScene,
  making: Making,
  actor: Actor,
  character: Character,
  why: string,
  model: ChatModel,
  options: TurnOptions,
): Promise<DraftedTurns> {
  const { signal } = making.controller;
  const { drafts = 1, tracing, library, clock, onRelease } = options;
  const { made, ...asked } = await actorRequest(live, making, character, model, options);
  const reported = {
    ...(made?.lore ? { lore: namedLore(made.lore, character, library) } : {}),
    ...(made?.loreLeft === undefined ? {} : { loreLeft: made.loreLeft }),
  };
  const report = (
    turn: ParsedTurn,
    attempt: number,
    usage: DraftReport['usage'],
    candidate?: DraftReport['candidate'],
  ) =>
    options.onDraft({
      ...reportOf(live, making, actor, why, turn, attempt, tracing, usage, candidate),
      ...reported,
    });
  const turnOf = (performance: Performance): MadeTurn => ({
    turn: performance.turn,
    made: { ...figuresOf(performance, model.name, why), ...made },
    ...(performance.turn.nextSpeaker === undefined ? {} : { called: performance.turn.nextSpeaker }),
  });

  const common = {
    model,
    ...asked,
    parser: parserFor(live, actor, library, model),
    now: () => steadyOf(clock),
  };
  if (drafts === 1) {
    const performance = await perform({ ...common, onRelease, onDraft: report }, signal);
    return single(performance.turn.usable ? turnOf(performance) : undefined);
  }
  const { turns, waitedMs } = await draftSeveral(
    {
      ...common,
      count: drafts,
      onDraft: (turn, at, attempt, usage) => report(turn, attempt, usage, { at, of: drafts }),
    },
    signal,
  );
  return { turns: turns.map((one) => ({ ...turnOf(one), candidate: one.at })), waitedMs };
}

function single(made: MadeTurn | undefined): DraftedTurns {
  return { turns: made ? [made] : [], waitedMs: 0 };
}
