import type { Engine } from '../../export/sample.ts';
import { COMMON_RULES } from './common.ts';
import { GRM_RULES } from './grm.ts';
import { HER_RULES } from './her.ts';
import { LLAMA_FACTORY_RULES } from './llama-factory.ts';
import { MS_SWIFT_RULES } from './ms-swift.ts';
import { OPENRLHF_RULES } from './openrlhf.ts';
import { REWARD_RULES } from './reward.ts';
import type { Rule } from './rule.ts';
import { TRL_RULES } from './trl.ts';
import { VERL_RULES } from './verl.ts';

const OF_ENGINES: Readonly<Record<Engine, readonly Rule[]>> = {
  'ms-swift': MS_SWIFT_RULES,
  trl: TRL_RULES,
  'llama-factory': LLAMA_FACTORY_RULES,
  verl: VERL_RULES,
  openrlhf: OPENRLHF_RULES,
};

/** Every rule that an engine’s rows are held against, its own first. */
export function rulesFor(engine: Engine): readonly Rule[] {
  return [...OF_ENGINES[engine], ...COMMON_RULES, ...HER_RULES, ...REWARD_RULES, ...GRM_RULES];
}

/** All rules there are, each once. */
export const ALL_RULES: readonly Rule[] = [
  ...Object.values(OF_ENGINES).flat(),
  ...COMMON_RULES,
  ...HER_RULES,
  ...REWARD_RULES,
  ...GRM_RULES,
];
