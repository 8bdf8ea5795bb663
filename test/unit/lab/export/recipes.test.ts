import { describe, expect, it } from 'vitest';
import { llamaFactoryRecipe } from '../../../../src/lab/export/recipes/llama-factory.ts';
import { msSwiftRecipe } from '../../../../src/lab/export/recipes/ms-swift.ts';
import { openRlhfRecipe } from '../../../../src/lab/export/recipes/openrlhf.ts';
import { type Recipe, type RecipeInput, TRAINED_MODELS } from '../../../../src/lab/export/recipes/recipe.ts';
import { trlRecipe } from '../../../../src/lab/export/recipes/trl.ts';
import { verlRecipe } from '../../../../src/lab/export/recipes/verl.ts';
import { KINDS, type Kind } from '../../../../src/lab/export/sample.ts';

function inputOf(kinds: readonly Kind[]): RecipeInput {
  return {
    kinds: new Map(kinds.map((kind) => [kind, new Set(['train'] as const)])),
    formOf: () => 'jsonl',
    maxTokens: 8192,
  };
}

function filesOf(recipe: Recipe, kinds: readonly Kind[]): Record<string, string> {
  return Object.assign({}, ...TRAINED_MODELS.map((model) => recipe(inputOf(kinds), model)));
}

describe('recipes', () => {
  it('are there for what was exported and nothing else', () => {
    const names = (recipe: Recipe, kinds: readonly Kind[]) => Object.keys(filesOf(recipe, kinds)).toSorted();
    expect(names(trlRecipe, ['sft'])).toEqual(['sft.qwen3-1.7b.yaml', 'sft.qwen3-32b.yaml']);
    expect(names(msSwiftRecipe, ['grm-rl'])).toEqual(['grm-rl.qwen3-1.7b.sh', 'grm-rl.qwen3-32b.sh']);
    expect(names(verlRecipe, ['rp-rl'])).toEqual(['rp-rl.qwen3-1.7b.sh', 'rp-rl.qwen3-32b.sh']);
    expect(names(llamaFactoryRecipe, ['rp-rl'])).toEqual([]);
    expect(names(openRlhfRecipe, ['grm-rl'])).toEqual([]);
  });

  it('reward role-play by our server and a judge by the rule', () => {
    const [swift, verl, trl] = [msSwiftRecipe, verlRecipe, trlRecipe].map((one) => filesOf(one, KINDS));
    expect(swift?.['rp-rl.qwen3-32b.sh']).toMatch(/swift_orm\.py \\\n {2}--reward_funcs her /u);
    expect(swift?.['grm-rl.qwen3-32b.sh']).toMatch(/judge_rule\.py \\\n {2}--reward_funcs judge /u);
    expect(verl?.['rp-rl.qwen3-32b.sh']).toContain('custom_reward_function.path=verl_reward.py');
    expect(verl?.['grm-rl.qwen3-32b.sh']).toContain('custom_reward_function.path=judge_rule.py');
    expect(trl?.['rp-rl.qwen3-1.7b.yaml']).toContain('- trl_reward.her_reward');
    expect(trl?.['grm-rl.qwen3-1.7b.yaml']).toContain('- judge_rule.judge_reward');
  });

  it('have HER’s batch of 32 on however many cards', () => {
    for (const model of TRAINED_MODELS) {
      const steps = 32 / model.gpus;
      const accumulates = new RegExp(`gradient_accumulation_steps:? ${steps}\\b`, 'u');
      for (const recipe of [msSwiftRecipe, trlRecipe, llamaFactoryRecipe]) {
        const text = Object.entries(recipe(inputOf(['sft']), model)).find(([name]) =>
          name.startsWith('sft.'),
        );
        expect(text?.[1]).toMatch(accumulates);
      }
      expect(openRlhfRecipe(inputOf(['sft']), model)[`sft.${model.name}.sh`]).toContain(
        '--train.batch_size 32',
      );
    }
  });
});
