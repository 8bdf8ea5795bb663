import {
  ANSWER_TOKENS,
  FIGURES,
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
  type TrainedModel,
} from './recipe.ts';

/** TRL: a YAML file for `trl sft --config` and `trl grpo --config`. */
export const trlRecipe: Recipe = (input, model) => ({
  ...sft(input, model),
  ...Object.assign({}, ...rlKinds(input).map((kind) => rl(kind, input, model))),
});

function head(task: 'sft' | 'rl', command: string, more: readonly string[]): string[] {
  return [command, ...FIGURES[task], ...more].map((line) => `# ${line}`);
}

/** Where files are and how weights are tuned. */
function common({ id, gpus, tuning }: TrainedModel): string[] {
  return [
    `model_name_or_path: ${id}`,
    'dtype: bfloat16',
    'bf16: true',
    'gradient_checkpointing: true',
    'per_device_train_batch_size: 1',
    `gradient_accumulation_steps: ${HER_BATCH / gpus}`,
    ...(tuning === 'lora'
      ? ['use_peft: true', 'lora_r: 16', 'lora_alpha: 32', 'lora_target_modules: all-linear']
      : []),
  ];
}

function datasets(input: RecipeInput, kind: (typeof SFT_KINDS | typeof RL_KINDS)[number]): string[] {
  const form = input.formOf(kind);
  return [
    'datasets:',
    `  - path: ${form === 'jsonl' ? 'json' : 'parquet'}`,
    '    data_files:',
    `      train: ${kind}.train.${form}`,
    ...(hasVal(input, kind) ? [`      test: ${kind}.val.${form}`] : []),
  ];
}

function launch({ gpus }: TrainedModel): string {
  return gpus > 1 ? ' --accelerate_config zero3' : '';
}

function sft(input: RecipeInput, model: TrainedModel): Record<string, string> {
  const kind = firstOf(input, SFT_KINDS);
  if (!kind) return {};
  const name = `sft.${model.name}.yaml`;
  const lines = [
    ...head('sft', `In this folder: trl sft --config ${name}${launch(model)}`, [
      'Rows are prompt and completion: completion_only_loss, the default for them, learns the last turn alone',
      '(assistant_only_loss is for rows of messages, and would learn every turn of the character).',
      'Checked: script, model and data set arguments. `data_files` of a data set as a mapping is not: where a',
      'release refuses it, give dataset_name: the folder.',
    ]),
    ...common(model),
    ...datasets(input, kind),
    'completion_only_loss: true',
    `max_length: ${input.maxTokens}`,
    'packing: false',
    `num_train_epochs: ${HER_EPOCHS}`,
    `learning_rate: ${learningRate(model)}`,
    'lr_scheduler_type: cosine',
    'warmup_ratio: 0.05',
    ...(hasVal(input, kind) ? ['eval_strategy: steps', 'eval_steps: 500'] : []),
    'logging_steps: 10',
    'save_steps: 500',
    `output_dir: out/${kind}.${model.name}`,
  ];
  return { [name]: `${lines.join('\n')}\n` };
}

function rl(
  kind: (typeof RL_KINDS)[number],
  input: RecipeInput,
  model: TrainedModel,
): Record<string, string> {
  const isJudge = kind === 'grm-rl';
  const name = `${kind}.${model.name}.yaml`;
  const lines = [
    ...head('rl', `In this folder: trl grpo --config ${name}${launch(model)}`, [
      ...(isJudge
        ? []
        : ['First `dramatis lab reward`, then REWARD_URL (and REWARD_KEY) for trl_reward.py.']),
      'The reward is found from the folder that trl is started in. Put the model after SFT for',
      'model_name_or_path.',
      'TRL cuts no prompt: those of this export are within the length that they were exported with.',
    ]),
    ...common(model),
    ...datasets(input, kind),
    'reward_funcs:',
    `  - ${isJudge ? 'judge_rule.judge_reward' : 'trl_reward.her_reward'}`,
    'remove_unused_columns: false',
    `num_generations: ${GROUP}`,
    `max_completion_length: ${ANSWER_TOKENS}`,
    'temperature: 1.0',
    'use_vllm: true',
    'vllm_mode: colocate',
    `vllm_tensor_parallel_size: ${model.tensorParallel}`,
    'vllm_gpu_memory_utilization: 0.4',
    'chat_template_kwargs:',
    '  enable_thinking: false',
    'learning_rate: 1.0e-6',
    'epsilon: 0.2',
    'epsilon_high: 0.28',
    'num_train_epochs: 1',
    'log_completions: true',
    'logging_steps: 1',
    'save_steps: 50',
    `output_dir: out/${kind}.${model.name}`,
  ];
  return { [name]: `${lines.join('\n')}\n` };
}
