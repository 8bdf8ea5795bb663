import type { JudgeContext } from '../../../judge/verdict/verdict.ts';
import { hashOf, type LabModel } from '../../calls/call.ts';
import { motivationOf, profilesOf } from '../../coser/profiles.ts';
import { ENVIRONMENT_NAME } from '../decide.ts';
import { keepChoice } from '../kept-choice.ts';
import { keepTurn } from '../kept-turn.ts';
import { makeTurn } from '../make-turn.ts';
import { giveTurn, readTurn } from '../read-turn.ts';
import type { Troupe } from '../troupe.ts';
import { priorityOf, type TroupeOptions } from '../troupe-options.ts';
import { directorRules, reasonIn } from './next-speaker.ts';
import { createPart, hearTurn, type Part, sent } from './part.ts';

/** The director’s part; a character may bear that name as well. */
const DIRECTOR = 'NSP';
/** CoSER throws the dice where an answer at temperature 0 was of no use. */
const COSER_SECOND_TRY = 1;

/** The parts of a reference’s scene, for a test to look into. */
export type ReferenceTroupe = Troupe & {
  readonly parts: ReadonlyMap<string, Part>;
  readonly director: Part;
};

/**
 * The troupe of CoSER’s and HER’s evaluators: each part has a list of messages that grows, laid out and
 * sampled as theirs are, with their quirks; but nobody’s list ever holds system thinking (her-spec 2.3 V1).
 */
export function createReferenceTroupe(options: TroupeOptions): ReferenceTroupe {
  const { scene, stage, rules, prompts, models, ask, ablation, draw } = options;
  const { plan, thoughts, dialect, bestOf: count } = ablation;
  const profiles = profilesOf(scene);
  const parts = new Map(stage.speaking.map((name) => [name, createPart(name, systemOf(name))] as const));
  const director = createPart(DIRECTOR, prompts.director(scene, stage.speaking));
  const directing = directorRules(rules);
  const secret = hashOf([scene.id, options.seed]);
  let answer: string | undefined;

  function motivationFor(name: string): string {
    return motivationOf(scene, name, rules.readsThoughtField);
  }

  function systemOf(name: string): string {
    if (name === ENVIRONMENT_NAME) return prompts.narrator(scene, draw);
    return prompts.actor(scene, name, {
      ...{ plan, thoughts, dialect, profiles, draw },
      motivation: motivationFor(name),
    });
  }

  function partOf(name: string): Part {
    const part = parts.get(name);
    if (!part) throw new Error(`nobody plays ${name}`);
    return part;
  }

  function requestOf(part: Part, { model }: LabModel, secondTry: boolean) {
    const { protocol, temperature = model.temperature, maxTokens = model.maxTokens } = rules;
    return {
      messages: sent(part),
      temperature: secondTry && protocol === 'coser' ? COSER_SECOND_TRY : temperature,
      maxTokens,
    };
  }

  /** What a judge of its turn reads: its own messages. */
  function contextOf({ name, messages }: Part): JudgeContext {
    const others = [...profiles].filter(([other]) => other !== name);
    const [, , ...heard] = messages;
    return {
      speaker: name,
      sheet: [profiles.get(name), motivationFor(name)].filter(Boolean).join('\n\n'),
      setting: scene.scenario,
      others: others.map(([other, sheet]) => ({ name: other, sheet })),
      lines: heard.map(({ role, content }) =>
        role === 'user' || content.startsWith(`${name}:`) ? content : `${name}: ${content}`,
      ),
      note: '',
    };
  }

  return {
    parts,
    director,
    act(name, round, signal) {
      const part = partOf(name);
      const isWorld = name === ENVIRONMENT_NAME;
      const model = isWorld ? models.narrator : models.actor;
      const others = stage.speaking.filter((other) => other !== name && other !== ENVIRONMENT_NAME);
      const parser = { speaker: { name, aliases: [] }, others };
      const choosing = { judge: models.judge ?? models.director, context: () => contextOf(part), secret };
      return makeTurn(
        {
          ...{ model, ask, priority: priorityOf(options, round) },
          request: (secondTry) => requestOf(part, model, secondTry),
          keep: keepTurn({
            thoughts: thoughts && !isWorld,
            read: (whole) => readTurn(whole, { parser, plan: plan && !isWorld, dialect }),
          }),
          ...(count > 1 && !isWorld ? { several: { count, choosing } } : {}),
        },
        signal,
      );
    },
    give: (name, message) => giveTurn(message, name, thoughts),
    hear(name, acted) {
      for (const part of [...parts.values(), director]) hearTurn(part, name, acted, dialect);
    },
    async predict(_current, round, signal) {
      const call = await ask(
        models.director,
        requestOf(director, models.director, false),
        { priority: priorityOf(options, round), keep: keepChoice },
        signal,
      );
      answer = call.text;
      return { name: directing.read(call.text, stage.speaking), reason: reasonIn(call.text) };
    },
    told(choice) {
      director.messages.push(...directing.remembers(choice, answer, director.messages[0]?.content ?? ''));
      answer = undefined;
    },
  };
}
