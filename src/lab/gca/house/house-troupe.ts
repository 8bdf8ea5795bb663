import { END_OF_SCENE, LEFT_TO_CHANCE, readNextSpeaker } from '../../../director/next-speaker.ts';
import { DIRECTOR_WINDOW_CHARS, directorLine, nextSpeakerRequest } from '../../../director/predict.ts';
import { publicReason } from '../../../director/reason.ts';
import { readWorldDraft } from '../../../performer/environment-draft.ts';
import {
  ENVIRONMENT_INSTRUCTIONS,
  ENVIRONMENT_WINDOW_CHARS,
  environmentRequest,
} from '../../../performer/environment-prompt.ts';
import { createEchoGuard } from '../../../performer/prompt-echo.ts';
import { ENVIRONMENT } from '../../../scene/beat.ts';
import { createWindow } from '../../../scene/window.ts';
import { hashOf } from '../../calls/call.ts';
import { ENVIRONMENT_NAME } from '../decide.ts';
import { keepChoice } from '../kept-choice.ts';
import { type Keeping, keepTurn } from '../kept-turn.ts';
import { makeTurn, type TurnMaking, throwsOf } from '../make-turn.ts';
import { giveTurn, readTurn } from '../read-turn.ts';
import type { Acted, Predicted, Troupe } from '../troupe.ts';
import { priorityOf, type TroupeOptions } from '../troupe-options.ts';
import { createHouseActor } from './house-actor.ts';
import { houseCast } from './house-cast.ts';
import { createHouseViews } from './house-views.ts';

/**
 * The troupe that plays in Discord: its beats and views, its prompts for whatever model, its parser and echo
 * guard, its second attempt, its director and its Environment. Who is there is the record’s to say: what the
 * Environment tells of comings and goings changes nothing.
 */
export function createHouseTroupe(options: TroupeOptions): Troupe {
  const { scene, stage, models, ask, ablation, rules } = options;
  const { thoughts, bestOf: count } = ablation;
  const cast = houseCast(scene, stage, rules.readsThoughtField);
  const { setting, people, candidates } = cast;
  const views = createHouseViews(people);
  const actors = new Map(
    people.map(
      (person) => [person.name, createHouseActor(person, cast, views.of(person.id), options)] as const,
    ),
  );
  const directing = createWindow(views.director, DIRECTOR_WINDOW_CHARS, directorLine);
  const narrating = createWindow(views.environment, ENVIRONMENT_WINDOW_CHARS, directorLine);
  const world = {
    echoes: createEchoGuard(ENVIRONMENT_INSTRUCTIONS),
    parser: {
      speaker: { name: ENVIRONMENT.name, aliases: [ENVIRONMENT.name, 'Narrator'] },
      others: people.flatMap(({ names }) => names),
    },
    asked: {
      ...{ setting, names: people.map(({ name }) => name), window: narrating },
      maxTokens: rules.maxTokens ?? models.narrator.model.maxTokens,
      temperature: rules.temperature ?? models.narrator.model.temperature,
    },
  };
  const secret = hashOf([scene.id, options.seed]);
  /** Throws of the dice that came to nothing: whoever is asked the same again throws anew. */
  const thrown = new Map<string, number>();

  /** What holds for whoever acts. */
  function making(name: string, round: number, read: Keeping['read'], isWorld: boolean) {
    return {
      ...{ ask, priority: priorityOf(options, round), thrown: thrown.get(name) ?? 0 },
      keep: keepTurn({ thoughts: thoughts && !isWorld, read }),
    };
  }

  function actorMaking(name: string, round: number): TurnMaking {
    const actor = actors.get(name);
    if (!actor) throw new Error(`nobody plays ${name}`);
    const judge = models.judge ?? models.director;
    const choosing = { judge, secret, context: () => actor.context(judge.model.contextSize) };
    return {
      ...making(name, round, (answer) => readTurn(answer, actor.reading), false),
      model: models.actor,
      request: actor.request,
      ...(count > 1 ? { several: { count, choosing } } : {}),
    };
  }

  function worldMaking(round: number): TurnMaking {
    const read: Keeping['read'] = ({ text }) => readWorldDraft(text, people, world.parser, world.echoes).turn;
    return {
      ...making(ENVIRONMENT_NAME, round, read, true),
      model: models.narrator,
      request: (secondTry) => environmentRequest(world.asked, secondTry),
    };
  }

  function predictedIn(text: string): Predicted {
    const prediction = readNextSpeaker(text, candidates);
    const reason = publicReason(prediction.reason);
    if (prediction.type === 'end') return { name: END_OF_SCENE, reason };
    const { actor } = prediction.type === 'actor' ? prediction : { actor: undefined };
    return { name: candidates.find(({ id }) => id === actor)?.name ?? LEFT_TO_CHANCE, reason };
  }

  return {
    async act(name, round, signal) {
      const asked = name === ENVIRONMENT_NAME ? worldMaking(round) : actorMaking(name, round);
      const acted = await makeTurn(asked, signal);
      if (acted.segments.length === 0) {
        thrown.set(name, (asked.thrown ?? 0) + throwsOf(asked.several?.count ?? 1));
      }
      return acted;
    },
    give: (name, message) => giveTurn(message, name, thoughts),
    hear(name, acted: Acted) {
      const { segments } = acted;
      const speaker = people.find((person) => person.name === name) ?? ENVIRONMENT;
      if (segments.length === 0) views.silence(speaker);
      else if (name === ENVIRONMENT_NAME) views.narration(segments.map(({ text }) => text).join(' '));
      else views.line(speaker, segments);
    },
    async predict(current, round, signal) {
      const request = nextSpeakerRequest({
        ...{ model: models.director.model, setting, candidates, window: directing },
        lastSpeaker: current,
      });
      const { text } = await ask(
        models.director,
        request,
        { priority: priorityOf(options, round), keep: keepChoice },
        signal,
      );
      return predictedIn(text);
    },
    // What its window shows is what happened.
    told() {},
  };
}
