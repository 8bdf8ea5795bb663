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

const CHECKED = [
  'Flags as in ms-swift 4: --tuner_type was --train_type before (some releases take both). Each was found in an',
  'example of its repository or of its users, but for --deepspeed zero3_offload, which was not looked up.',
];

/** ms-swift: which HER used for SFT. */
export const msSwiftRecipe: Recipe = (input, model) => ({
  ...sft(input, model),
  ...Object.assign({}, ...rlKinds(input).map((kind) => rl(kind, input, model))),
});

function sft(input: RecipeInput, model: TrainedModel): Record<string, string> {
  const kind = firstOf(input, SFT_KINDS);
  if (!kind) return {};
  const form = input.formOf(kind);
  const text = command(`NPROC_PER_NODE=${model.gpus} swift sft`, [
    `--model "\${MODEL:-${model.id}}"`,
    '--use_hf true',
    `--dataset "$KIND.train.${form}"`,
    ...(hasVal(input, kind) ? [`--val_dataset "$KIND.val.${form}"`] : []),
    '--split_dataset_ratio 0',
    '--loss_scale last_round',
    '--strict true',
    '--add_non_thinking_prefix true',
    `--max_length ${input.maxTokens}`,
    '--truncation_strategy delete',
    `--num_train_epochs ${HER_EPOCHS}`,
    '--per_device_train_batch_size 1',
    `--gradient_accumulation_steps ${HER_BATCH / model.gpus}`,
    `--learning_rate ${learningRate(model)}`,
    '--warmup_ratio 0.05',
    '--torch_dtype bfloat16',
    '--gradient_checkpointing true',
    ...tuning(model),
    '--logging_steps 10',
    '--save_steps 500',
    '--save_total_limit 3',
    `--output_dir "out/$KIND.${model.name}"`,
  ]);
  const head = shellHead('sft', `Role-play SFT of ${model.id}: KIND=sft, sft-plain or grm-sft.`, [
    ...CHECKED,
    'Rows say by themselves what is learnt ("loss": true on the last turn); last_round says it once more.',
  ]);
  return { [`sft.${model.name}.sh`]: `${head}KIND="\${KIND:-${kind}}"\n\n${text}` };
}

function tuning({ tuning: how }: TrainedModel): string[] {
  return how === 'full'
    ? ['--tuner_type full', '--deepspeed zero3_offload']
    : ['--tuner_type lora', '--lora_rank 16', '--lora_alpha 32', '--target_modules all-linear'];
}

function rl(
  kind: (typeof RL_KINDS)[number],
  input: RecipeInput,
  model: TrainedModel,
): Record<string, string> {
  const isJudge = kind === 'grm-rl';
  const text = command(`NPROC_PER_NODE=${model.gpus} swift rlhf`, [
    '--rlhf_type grpo',
    `--model "\${MODEL:?the model after SFT}"`,
    '--use_hf true',
    `--dataset ${kind}.train.${input.formOf(kind)}`,
    '--split_dataset_ratio 0',
    `--external_plugins ${isJudge ? JUDGE_RULE_FILE : 'swift_orm.py'}`,
    `--reward_funcs ${isJudge ? 'judge' : 'her'}`,
    '--enable_thinking false',
    '--use_vllm true',
    '--vllm_mode colocate',
    `--vllm_tensor_parallel_size ${model.tensorParallel}`,
    `--vllm_max_model_len ${input.maxTokens + ANSWER_TOKENS}`,
    '--vllm_gpu_memory_utilization 0.4',
    '--sleep_level 1',
    `--max_length ${input.maxTokens}`,
    `--max_completion_length ${ANSWER_TOKENS}`,
    `--num_generations ${GROUP}`,
    '--temperature 1.0',
    '--per_device_train_batch_size 1',
    `--gradient_accumulation_steps ${HER_BATCH / model.gpus}`,
    '--num_train_epochs 1',
    '--learning_rate 1.0e-6',
    '--epsilon 0.2',
    '--epsilon_high 0.28',
    '--torch_dtype bfloat16',
    ...tuning(model),
    '--log_completions true',
    '--logging_steps 1',
    '--save_steps 50',
    `--output_dir out/${kind}.${model.name}`,
  ]);
  const head = shellHead('rl', `GRPO of ${model.id} after SFT, on ${kind}.`, [
    ...CHECKED,
    ...(isJudge ? [] : ['First `dramatis lab reward`, then REWARD_URL (and REWARD_KEY) for swift_orm.py.']),
    '--epsilon_high is DAPO’s higher clip; HER says it used a variant of GRPO with a clip, and no figures.',
  ]);
  return {
    [`${kind}.${model.name}.sh`]: `${head}
${text}`,
  };
}
