import {
  FIGURES,
  firstOf,
  HER_BATCH,
  HER_EPOCHS,
  hasVal,
  learningRate,
  type Recipe,
  type RecipeInput,
  SFT_KINDS,
} from './recipe.ts';

const TAGS = {
  role_tag: 'role',
  content_tag: 'content',
  user_tag: 'user',
  assistant_tag: 'assistant',
  system_tag: 'system',
};

/** The name under which LLaMA-Factory knows a file. */
function dataset(kind: string, split: string): string {
  return `her_${kind}_${split}`.replaceAll('-', '_');
}

/** LLaMA-Factory: `dataset_info.json` for all files, and a YAML file for `llamafactory-cli train`. */
export const llamaFactoryRecipe: Recipe = (input, model) => {
  const kind = firstOf(input, SFT_KINDS);
  if (!kind) return {};
  const name = `sft.${model.name}.yaml`;
  const lines = [
    `# In this folder: llamafactory-cli train ${name}`,
    ...FIGURES.sft.map((line) => `# ${line}`),
    '# mask_history learns the last turn alone. A row whose roles do not alternate would become empty without',
    '# a word: `dramatis lab check` looks for such. HER plans in tags of its own: Qwen3’s <think> stays empty.',
    '# Names as in its examples; enable_thinking was found in a configuration of its users.',
    `# Other kinds: dataset: ${[...input.kinds.keys()].map((one) => dataset(one, 'train')).join(', ')}`,
    `model_name_or_path: ${model.id}`,
    'trust_remote_code: false',
    'stage: sft',
    'do_train: true',
    `finetuning_type: ${model.tuning}`,
    ...(model.tuning === 'lora'
      ? ['lora_rank: 16', 'lora_target: all']
      : [
          '# A configuration of DeepSpeed from the examples of LLaMA-Factory; put its path here.',
          'deepspeed: examples/deepspeed/ds_z3_offload_config.json',
        ]),
    'dataset_dir: .',
    `dataset: ${dataset(kind, 'train')}`,
    ...(hasVal(input, kind)
      ? [
          `eval_dataset: ${dataset(kind, 'val')}`,
          'eval_strategy: steps',
          'eval_steps: 500',
          'per_device_eval_batch_size: 1',
        ]
      : []),
    'template: qwen3',
    'enable_thinking: false',
    'mask_history: true',
    `cutoff_len: ${input.maxTokens}`,
    'preprocessing_num_workers: 8',
    'per_device_train_batch_size: 1',
    `gradient_accumulation_steps: ${HER_BATCH / model.gpus}`,
    `learning_rate: ${learningRate(model)}`,
    `num_train_epochs: ${HER_EPOCHS}.0`,
    'lr_scheduler_type: cosine',
    'warmup_ratio: 0.05',
    'bf16: true',
    'logging_steps: 10',
    'save_steps: 500',
    'report_to: none',
    `output_dir: out/${kind}.${model.name}`,
  ];
  return { 'dataset_info.json': datasetInfo(input), [name]: `${lines.join('\n')}\n` };
};

function datasetInfo(input: RecipeInput): string {
  const entries = [...input.kinds].flatMap(([kind, splits]) =>
    [...splits].map((split) => [
      dataset(kind, split),
      {
        file_name: `${kind}.${split}.${input.formOf(kind)}`,
        formatting: 'sharegpt',
        columns: { messages: 'messages' },
        tags: TAGS,
      },
    ]),
  );
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}
