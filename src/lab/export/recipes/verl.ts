import { JUDGE_RULE_FILE } from './judge-rule.ts';
import {
  ANSWER_TOKENS,
  command,
  firstOf,
  GROUP,
  HER_BATCH,
  HER_EPOCHS,
  hasVal,
  learningRate,
  type Recipe,
  type RecipeInput,
  type RL_KINDS,
  rlKinds,
  SFT_KINDS,
  shellHead,
  type TrainedModel,
} from './recipe.ts';

/** verl: SFT over several cards, and GRPO with the reward asked of our server. */
export const verlRecipe: Recipe = (input, model) => ({
  ...sft(input, model),
  ...Object.assign({}, ...rlKinds(input).map((kind) => rl(kind, input, model))),
});

/** verl learns every turn of the assistant; a history is not to be learnt, for it holds no plan. */
const LAST_TURN = `"""Multi-turn SFT of which the last message alone is learnt (verl 0.8 and later; data.custom_cls)."""

import torch

from verl.utils.dataset.multiturn_sft_dataset import MultiTurnSFTDataset


class LastTurnSFTDataset(MultiTurnSFTDataset):
    def _process_single_message(self, index, message, full_message, *args, **kwargs):
        ids, loss_mask, *rest = super()._process_single_message(index, message, full_message, *args, **kwargs)
        if index != len(full_message) - 1:
            loss_mask = torch.zeros_like(loss_mask)
        return (ids, loss_mask, *rest)
`;

function sft(input: RecipeInput, model: TrainedModel): Record<string, string> {
  const kind = firstOf(input, SFT_KINDS);
  if (!kind) return {};
  const text = command(
    `torchrun --standalone --nnodes=1 --nproc_per_node=${model.gpus} -m verl.trainer.sft_trainer`,
    [
      'data.train_files="$KIND.train.parquet"',
      ...(hasVal(input, kind) ? ['data.val_files="$KIND.val.parquet"'] : []),
      'data.messages_key=messages',
      'data.custom_cls.path=verl_last_turn.py',
      'data.custom_cls.name=LastTurnSFTDataset',
      'data.ignore_input_ids_mismatch=True',
      '+data.apply_chat_template_kwargs.enable_thinking=False',
      `data.max_length=${input.maxTokens}`,
      `data.max_token_len_per_gpu=${input.maxTokens}`,
      'data.truncation=error',
      `data.train_batch_size=${HER_BATCH}`,
      'data.micro_batch_size_per_gpu=1',
      `model.path="\${MODEL:-${model.id}}"`,
      'model.enable_gradient_checkpointing=True',
      ...(model.tuning === 'lora'
        ? ['model.lora_rank=16', 'model.lora_alpha=32', 'model.target_modules=all-linear']
        : []),
      `optim.lr=${learningRate(model)}`,
      'optim.lr_warmup_steps_ratio=0.05',
      `trainer.total_epochs=${HER_EPOCHS}`,
      'trainer.project_name=dramatis',
      `trainer.experiment_name="$KIND.${model.name}"`,
      `trainer.default_local_dir="out/$KIND.${model.name}"`,
      "trainer.logger='[console]'",
      `trainer.n_gpus_per_node=${model.gpus}`,
      'trainer.save_freq=500',
    ],
  );
  const head = shellHead(
    'sft',
    `Role-play SFT of ${model.id}: KIND=sft, sft-plain or grm-sft. Parquet alone is read.`,
    [
      'Names as in verl/trainer/config/sft_trainer_engine.yaml and multiturn_sft_dataset.py, which were read;',
      'before 0.8 the module was verl.trainer.fsdp_sft_trainer, with other names.',
      'Each message is put through the template by itself. Qwen3’s puts an empty <think> into the last turn and',
      'takes it out of others: ignore_input_ids_mismatch lets the parts stand; without it the first row stops.',
      'truncation=error stops at a row that is too long: raise data.max_length, or export with less --max-tokens.',
    ],
  );
  return {
    [`sft.${model.name}.sh`]: `${head}KIND="\${KIND:-${kind}}"\n\n${text}`,
    'verl_last_turn.py': LAST_TURN,
  };
}

function rl(
  kind: (typeof RL_KINDS)[number],
  input: RecipeInput,
  model: TrainedModel,
): Record<string, string> {
  const isJudge = kind === 'grm-rl';
  const form = input.formOf(kind);
  const val = hasVal(input, kind) ? 'val' : 'train';
  const text = command('python3 -m verl.trainer.main_ppo', [
    'algorithm.adv_estimator=grpo',
    `data.train_files=${kind}.train.${form}`,
    `data.val_files=${kind}.${val}.${form}`,
    'data.prompt_key=prompt',
    `data.max_prompt_length=${input.maxTokens}`,
    `data.max_response_length=${ANSWER_TOKENS}`,
    'data.filter_overlong_prompts=True',
    'data.truncation=error',
    '+data.apply_chat_template_kwargs.enable_thinking=False',
    `data.train_batch_size=${HER_BATCH}`,
    `actor_rollout_ref.model.path="\${MODEL:?the model after SFT}"`,
    'actor_rollout_ref.model.enable_gradient_checkpointing=True',
    ...(model.tuning === 'lora'
      ? [
          'actor_rollout_ref.model.lora_rank=16',
          'actor_rollout_ref.model.lora_alpha=32',
          'actor_rollout_ref.model.target_modules=all-linear',
          'actor_rollout_ref.rollout.load_format=safetensors',
        ]
      : [
          'actor_rollout_ref.actor.fsdp_config.param_offload=True',
          'actor_rollout_ref.actor.fsdp_config.optimizer_offload=True',
        ]),
    'actor_rollout_ref.actor.optim.lr=1.0e-6',
    `actor_rollout_ref.actor.ppo_mini_batch_size=${HER_BATCH}`,
    'actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu=1',
    'actor_rollout_ref.actor.clip_ratio_low=0.2',
    'actor_rollout_ref.actor.clip_ratio_high=0.28',
    'actor_rollout_ref.actor.use_kl_loss=False',
    'actor_rollout_ref.rollout.name=vllm',
    `actor_rollout_ref.rollout.n=${GROUP}`,
    `actor_rollout_ref.rollout.tensor_model_parallel_size=${model.tensorParallel}`,
    'actor_rollout_ref.rollout.gpu_memory_utilization=0.5',
    'actor_rollout_ref.rollout.log_prob_micro_batch_size_per_gpu=1',
    'actor_rollout_ref.ref.log_prob_micro_batch_size_per_gpu=1',
    `reward.custom_reward_function.path=${isJudge ? JUDGE_RULE_FILE : 'verl_reward.py'}`,
    'reward.custom_reward_function.name=compute_score',
    'reward.num_workers=8',
    'trainer.project_name=dramatis',
    `trainer.experiment_name=${kind}.${model.name}`,
    `trainer.default_local_dir=out/${kind}.${model.name}`,
    "trainer.logger='[console]'",
    'trainer.nnodes=1',
    `trainer.n_gpus_per_node=${model.gpus}`,
    'trainer.total_epochs=1',
    'trainer.save_freq=50',
    'trainer.test_freq=50',
  ]);
  const head = shellHead('rl', `GRPO of ${model.id} after SFT, on ${kind}.`, [
    'Names as in verl’s config/data/legacy_data.yaml and config/reward/reward.yaml, which were read; those of',
    'actor_rollout_ref were found in scripts of its users. Before 0.7.1 the reward is custom_reward_function.path and',
    '.name without `reward.`. JSON Lines are read since 0.8; before, export --form parquet.',
    'data.max_prompt_length is 512 by default, which no prompt of role-play fits.',
    ...(isJudge
      ? []
      : [
          'First `dramatis lab reward`, then REWARD_URL (and REWARD_KEY) for verl_reward.py. A sample without a verdict has',
          'judged=NaN: a trainer with DAPO’s dynamic sampling drops its group by algorithm.filter_groups.enable=True',
          'algorithm.filter_groups.metric=judged; this one has no such thing, and docs/lab-reward.md says what it does.',
        ]),
    'clip_ratio_high is DAPO’s; HER says it used a variant of GRPO with a clip, and no figures.',
  ]);
  return {
    [`${kind}.${model.name}.sh`]: `${head}
${text}`,
  };
}
