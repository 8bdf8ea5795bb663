import { perform } from '../../performer/perform.ts';
import { type Actor, ENVIRONMENT } from '../../scene/beat.ts';
import { cardOf } from '../card-of.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { namedLore } from '../lore/named-lore.ts';
import { reportOf } from './draft-report.ts';
import { figuresOf } from './figures.ts';
import type { MadeTurn, TurnOptions } from './made-turn.ts';
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
): Promise<MadeTurn | undefined> {
  const world = actor.id === ENVIRONMENT.id;
  const model = world ? options.models.narrator : options.models.actor;
  if (choice.scripted || !model) return scriptedTurn(live, making, actor, choice, options);
  if (world) return worldTurn(live, making, choice.why, model, options);

  const character = cardOf(options.library, actor.id);
  if (!character) return undefined;
  const { made, ...asked } = await actorRequest(live, making, character, model, options);
  const reported = {
    ...(made?.lore ? { lore: namedLore(made.lore, character, options.library) } : {}),
    ...(made?.loreLeft === undefined ? {} : { loreLeft: made.loreLeft }),
  };
  const performance = await perform(
    {
      model,
      ...asked,
      parser: parserFor(live, actor, options.library, model),
      now: options.clock.now,
      onRelease: options.onRelease,
      onDraft: (turn, attempt, usage) =>
        options.onDraft({
          ...reportOf(live, making, actor, choice.why, turn, attempt, options.tracing, usage),
          ...reported,
        }),
    },
    making.controller.signal,
  );
  if (!performance.turn.usable) return undefined;
  return {
    turn: performance.turn,
    made: {
      ...figuresOf(performance, model.name, choice.why),
      ...made,
    },
    ...(performance.turn.nextSpeaker === undefined ? {} : { called: performance.turn.nextSpeaker }),
  };
}
