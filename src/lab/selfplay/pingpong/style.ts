import { hashOf, type LabModel } from '../../calls/call.ts';
import type { ActorFormat } from '../engine/actor.ts';
import { createHerActor, herWords } from '../engine/her-actor.ts';
import { createPlainActor } from '../engine/plain-actor.ts';
import type { Style, Work } from '../engine/style.ts';
import { createInterrogator, INTERROGATOR_SAMPLING } from './interrogator.ts';
import { JUDGE_SAMPLING, pingPongJudging } from './judging.ts';
import type { PingPongPrompts } from './prompts.ts';
import { CRITERIA } from './read-scores.ts';
import type { PingPongCharacter, PingPongSettings, Situation } from './settings.ts';

export type PingPongWork = Work & {
  readonly character: PingPongCharacter;
  readonly situation: Situation;
};

export type PingPongOptions = {
  readonly settings: PingPongSettings;
  readonly prompts: PingPongPrompts;
  readonly runs: number;
  readonly limit?: number;
  readonly models: { readonly actor: LabModel; readonly user: LabModel };
  readonly format: ActorFormat;
  readonly secret: string;
};

/** Of the scale, whose marks begin at 1. */
export function mostOf({ version }: Pick<PingPongSettings, 'version'>): number {
  return version === 1 ? 10 : 5;
}

/** Every character in every situation, as IlyaGusev’s PingPong has it: interrogator, player, judges. */
export function pingPongStyle(options: PingPongOptions): Style<PingPongWork> {
  const { settings, prompts, models, format, secret } = options;
  const most = mostOf(settings);
  return {
    benchmark: 'pingpong',
    protocol: `PingPong, version ${settings.version}`,
    dimensions: CRITERIA,
    scale: { least: 1, most },
    leavesOutRefusals: true,
    sampling: { user: INTERROGATOR_SAMPLING, judge: JUDGE_SAMPLING },
    prompts: promptsOf(options),
    works: pingPongWorks(options),
    remarks: remarksOn(options),
    partsOf({ character, situation }, { dice, askAs }) {
      const acting = { ask: askAs('actor'), dice, priority: 3 };
      const sheet = {
        name: character.char_name,
        setting: [character.system_prompt, character.example_prompt].filter(Boolean).join('\n\n'),
        user: { name: 'User', sheet: '' },
        examples: character.initial_message ? [character.initial_message] : [],
      };
      return {
        actor:
          format === 'her'
            ? createHerActor(models.actor, sheet, acting)
            : createPlainActor(models.actor, sheet, prompts.character(character), acting),
        user: createInterrogator(
          models.user,
          { character, situation, prompts },
          { ...acting, ask: askAs('user') },
        ),
      };
    },
    judging: (work, chunk, judge) => pingPongJudging(work, chunk, judge, { prompts, most, secret }),
    figuresOf(means) {
      const all = CRITERIA.map(({ id }) => means[id] ?? Number.NaN);
      return { overall: all.reduce((sum, one) => sum + one, 0) / all.length, ...means };
    },
    labels: { overall: 'Final', ...Object.fromEntries(CRITERIA.map(({ id, label }) => [id, label])) },
  };
}

/** In the house’s own form the performer’s prompt takes the place of the character’s. */
function promptsOf({ prompts, format, models }: PingPongOptions): Style['prompts'] {
  const { source, hash, judge, texts } = prompts;
  if (format === 'plain') return { source, hash, judge, texts };
  const actor = herWords(models.actor.model);
  return { source, hash: hashOf([hash, actor]).slice(0, 12), judge, texts: { ...texts, actor } };
}

/** What is played: character by situation, run by run. */
export function pingPongWorks({
  settings,
  runs,
  limit,
}: Pick<PingPongOptions, 'settings' | 'runs' | 'limit'>): readonly PingPongWork[] {
  const cells = settings.characters.flatMap((character, at) =>
    settings.situations.map((situation, place) => ({
      character,
      situation,
      id: `${at + 1}-${place + 1}`,
    })),
  );
  return Array.from({ length: runs }, (_, at) => at + 1).flatMap((run) =>
    cells.slice(0, limit).map(({ id, character, situation }) => ({
      id: `${id}/run_${run}`,
      cluster: id,
      title: `${character.char_name}: ${situation.text.slice(0, 80)}`,
      run,
      opening: [],
      exchanges: situation.num_turns,
      perChunk: situation.num_turns,
      ...{ character, situation },
    })),
  );
}

function remarksOn({ prompts, format }: Pick<PingPongOptions, 'prompts' | 'format'>): readonly string[] {
  return [
    prompts.source === 'ours'
      ? 'PingPong’s protocol with sentences of our own: these numbers do not compare with its table. Give its checkout with --prompts for its own templates.'
      : 'PingPong’s own templates from a checkout; its table also depends on its judges, its interrogator and top_p 0.95 (set it in models.yaml as extraBody). Its judge’s prompt has no fence: what a player writes stands bare in it.',
    ...(format === 'her'
      ? ['The tested model played in this project’s own format, not by the character’s bare system prompt.']
      : []),
  ];
}
