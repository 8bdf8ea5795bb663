import { hashOf } from '../calls/call.ts';
import { DIMENSIONS } from '../coser/judge-answer.ts';
import type { Ablation, ProtocolRules } from '../coser/protocol.ts';
import type { CoserScene } from '../coser/scene.ts';
import type { ScenePrompts } from '../prompts/scene-prompts.ts';

/** A scene that stands for all: only what a judge is told beside it can differ. */
const SAMPLE: CoserScene = {
  id: '{book}-0-0',
  book: '{book}',
  i_c: 0,
  topic: '{topic}',
  scenario: '{scenario}',
  plot: { summary: '{plot}', key_characters: [] },
  key_characters: [],
  character_profiles: { '{name}': '{profile}' },
  speaking_characters_w_env: ['{name}', 'Environment'],
  major_characters: ['{name}'],
  dialogues: [{ character: '{name}', message: '{message}' }],
};
const PROFILES = new Map([['{name}', '{profile}']]);

/** Texts of a runner with braces where those of a scene come: what `prompts.json` holds. */
export type PromptTexts = {
  readonly actor: string;
  readonly narrator: string;
  readonly director: string;
  /** By dimension: what the judge is told, and how the conversation is put before it. */
  readonly critic: Readonly<Record<string, CriticText>>;
};
type CriticText = { readonly system: string; readonly user: string };

/** @throws OperatorError where a checkout has no text for what is asked of it */
export function promptTexts(
  prompts: ScenePrompts,
  rules: ProtocolRules,
  ablation: Ablation,
  continueFrom: number,
): PromptTexts {
  const draw = () => 0;
  const motivation = rules.readsThoughtField ? '{motivation}' : '';
  return {
    actor: prompts.actor(SAMPLE, '{name}', { ...ablation, motivation, profiles: PROFILES, draw }),
    narrator: prompts.narrator(SAMPLE, draw),
    director: prompts.director(SAMPLE, ['{name}', 'Environment']),
    critic: criticTexts(prompts, rules, continueFrom),
  };
}

function criticTexts(
  prompts: ScenePrompts,
  { protocol }: ProtocolRules,
  continueFrom: number,
): PromptTexts['critic'] {
  const fillsNames = protocol === 'fixed';
  const texts = DIMENSIONS.map((dimension): [string, CriticText] => {
    const told = { dimension, profiles: PROFILES, reference: '{reference}', continueFrom, fillsNames };
    const user = prompts.played?.('{conversation}', dimension) ?? '{conversation}';
    return [dimension, { system: prompts.critic(SAMPLE, told), user }];
  });
  return Object.fromEntries(texts);
}

/**
 * A short name for all that decides how a judge judges: its texts, the form in which it reads a scene, and
 * its sampling. Scores under different ones are not comparable.
 */
export function judgeHash(
  prompts: ScenePrompts,
  rules: ProtocolRules,
  ablation: Pick<Ablation, 'judgeThoughts'>,
  continueFrom: number,
): string {
  const readsThoughts = ablation.judgeThoughts ?? rules.judge.readsThoughts;
  return hashOf([criticTexts(prompts, rules, continueFrom), { ...rules.judge, readsThoughts }]).slice(0, 12);
}
