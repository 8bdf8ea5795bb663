import { hashOf } from '../calls/call.ts';
import { DIMENSIONS } from '../coser/judge-answer.ts';
import { type CoserScene, coserSceneSchema } from '../coser/scene.ts';
import type { ScenePrompts } from './scene-prompts.ts';

/** So short is the name of a set of prompts. Hexadecimal digits. */
const DIGITS = 12;

/** Names texts: a letter changed is another name. */
export function nameOfTexts(texts: unknown): string {
  return hashOf(texts).slice(0, DIGITS);
}

/** Names all that prompts can say, by having them say it of a specimen scene, with every option. */
export function promptsHash(prompts: Omit<ScenePrompts, 'source' | 'hash'>): string {
  return nameOfTexts(allTexts(prompts));
}

const BOTH = [false, true] as const;

function allTexts(prompts: Omit<ScenePrompts, 'source' | 'hash'>): string[] {
  const profiles = new Map([
    ['ANN', 'PROFILE'],
    ['BEN', 'PROFILE'],
  ]);
  const draw = () => 0;
  const actors = (['her', 'coser'] as const).flatMap((dialect) =>
    BOTH.flatMap((plan) =>
      BOTH.map((thoughts) =>
        prompts.actor(SPECIMEN, 'ANN', { dialect, plan, thoughts, motivation: 'MIND', profiles, draw }),
      ),
    ),
  );
  const critics = DIMENSIONS.flatMap((dimension) =>
    BOTH.flatMap((fillsNames) =>
      [0, 1].map((continueFrom) =>
        prompts.critic(SPECIMEN, { dimension, profiles, reference: 'REFERENCE', continueFrom, fillsNames }),
      ),
    ),
  );
  const played = DIMENSIONS.map((dimension) => prompts.played?.('PLAYED', dimension) ?? 'PLAYED');
  return [
    ...actors,
    prompts.narrator(SPECIMEN, draw),
    prompts.director(SPECIMEN, SPECIMEN.speaking_characters_w_env),
    ...critics,
    ...played,
  ];
}

const SPECIMEN: CoserScene = {
  ...coserSceneSchema.parse({
    book: 'BOOK',
    scenario: 'SCENARIO',
    plot: { summary: 'SUMMARY', key_characters: [] },
    speaking_characters_w_env: ['ANN', 'BEN', 'Environment'],
    major_characters: ['ANN', 'BEN'],
    dialogues: [{ character: 'ANN', message: 'WORDS' }],
  }),
  id: 'SPECIMEN',
};
