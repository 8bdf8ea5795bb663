import {
  ANSWER_TOKENS,
  command,
  firstOf,
  GROUP,
  HER_BATCH,
  HER_EPOCHS,
  learningRate,
  type Recipe,
  type RecipeInput,
  SFT_KINDS,
  shellHead,
  type TrainedModel,
} from './recipe.ts';

const CHECKED = [
  'Dotted flags of OpenRLHF 0.10.2 and later, by its own table of changed flags. Before: --pretrain for',
  '--*.model_name_or_path, --input_key for --data.input_key, --remote_rm_url for --reward.remote_url, and so on.',
];

/** OpenRLHF: DeepSpeed for SFT, Ray for RL, the reward by HTTP. */
export const openRlhfRecipe: Recipe = (input, model) => ({ ...sft(input, model), ...rl(input, model) });

function lora({ tuning }: TrainedModel): string[] {
  return tuning === 'lora' ? ['--ds.lora.rank 16', '--ds.lora.alpha 32'] : ['--ds.adam_offload'];
}

function sft(input: RecipeInput, model: TrainedModel): Record<string, string> {
  const kind = firstOf(input, SFT_KINDS);
  if (!kind) return {};
  const text = command(`deepspeed --num_gpus ${model.gpus} --module openrlhf.cli.train_sft`, [
    `--model.model_name_or_path "\${MODEL:-${model.id}}"`,
    '--model.gradient_checkpointing_enable',
    `--data.dataset "$PWD/$KIND.train.${input.formOf(kind)}"`,
    '--data.input_key input',
    '--data.output_key output',
    '--data.apply_chat_template',
    `--data.max_len ${input.maxTokens}`,
    `--train.batch_size ${HER_BATCH}`,
    '--train.micro_batch_size 1',
    `--train.max_epochs ${HER_EPOCHS}`,
    '--ds.zero_stage 3',
    '--ds.param_dtype bf16',
    '--ds.attn_implementation flash_attention_2',
    ...lora(model),
    `--adam.lr ${learningRate(model)}`,
    '--logger.logging_steps 10',
    '--ckpt.save_steps 500',
    '--ckpt.save_hf',
    `--ckpt.output_dir "out/$KIND.${model.name}"`,
    `--ckpt.path "out/$KIND.${model.name}/ckpt"`,
  ]);
  const head = shellHead('sft', `Role-play SFT of ${model.id}: KIND=sft, sft-plain or grm-sft.`, [
    ...CHECKED,
    '`input` is the prompt and `output` the last turn, which alone is learnt: do not set --data.multiturn.',
    'A row longer than --data.max_len is dropped or cut by the engine: `dramatis lab check` says which.',
  ]);
  return { [`sft.${model.name}.sh`]: `${head}KIND="\${KIND:-${kind}}"\n\n${text}` };
}

function rl(input: RecipeInput, model: TrainedModel): Record<string, string> {
  // Of a judge’s answer our server knows nothing: its rule reward is for the other engines.
  const kind = firstOf(input, ['rp-rl'] as const);
  if (!kind) return {};
  const text = command('python3 -m openrlhf.cli.train_ppo_ray', [
    `--actor.model_name_or_path "\${MODEL:?the model after SFT}"`,
    '--actor.gradient_checkpointing_enable',
    `--reward.remote_url "\${REWARD_URL:-http://127.0.0.1:4690}/get_reward"`,
    `--data.prompt_dataset "$PWD/${kind}.train.${input.formOf(kind)}"`,
    '--data.input_key input',
    '--data.label_key label',
    '--data.apply_chat_template',
    `--data.max_len ${input.maxTokens + ANSWER_TOKENS}`,
    `--rollout.max_new_tokens ${ANSWER_TOKENS}`,
    `--rollout.n_samples_per_prompt ${GROUP}`,
    `--rollout.batch_size ${HER_BATCH}`,
    '--rollout.micro_batch_size 1',
    `--train.batch_size ${HER_BATCH * GROUP}`,
    '--train.micro_batch_size 1',
    '--train.max_epochs 1',
    '--train.num_episodes 1',
    '--train.colocate_all',
    '--algo.advantage.estimator group_norm',
    '--algo.kl.init_coef 0.0',
    '--algo.dynamic_filtering_enable',
    '--actor.eps_clip_low_high 0.2 0.28',
    '--actor.adam.lr 1.0e-6',
    '--actor.num_nodes 1',
    `--actor.num_gpus_per_node ${model.gpus}`,
    '--ref.num_nodes 1',
    `--ref.num_gpus_per_node ${model.gpus}`,
    `--vllm.num_engines ${model.gpus / model.tensorParallel}`,
    `--vllm.tensor_parallel_size ${model.tensorParallel}`,
    '--vllm.gpu_memory_utilization 0.5',
    '--vllm.enable_sleep',
    '--ds.enable_sleep',
    '--ds.zero_stage 3',
    '--ds.param_dtype bf16',
    '--ds.attn_implementation flash_attention_2',
    ...lora(model),
    '--ckpt.save_steps 50',
    '--ckpt.save_hf',
    `--ckpt.output_dir "out/${kind}.${model.name}"`,
    `--ckpt.path "out/${kind}.${model.name}/ckpt"`,
  ]);
  const head = shellHead('rl', `GRPO of ${model.id} after SFT, on ${kind}.`, [
    ...CHECKED,
    'First `ray start --head`, and `dramatis lab reward`. One URL alone: with several, every server after the',
    'first is sent nothing for a single sample. Only `label` reaches the server: it holds the reward context.',
    'A group with a sample that has no verdict is dropped by dynamic filtering alone, which also drops groups',
    'whose rewards are all the same.',
    'This engine sends no key: let the server listen on 127.0.0.1, without one.',
  ]);
  return { [`${kind}.${model.name}.sh`]: `${head}\n${text}` };
}
