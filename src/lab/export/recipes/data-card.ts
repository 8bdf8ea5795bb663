import type { ExportManifest } from '../manifest.ts';
import { type Kind, SPLITS } from '../sample.ts';

const ABOUT: Readonly<Record<Kind, string>> = {
  sft: 'one turn of a character with its system thinking, after a history that holds none',
  'sft-plain': 'the same turn without system thinking, under a prompt that asks for none',
  'rp-rl': 'a prompt for role-play RL, the reference reply, and what the reward server is sent',
  'grm-sft': 'two candidates for a turn and the judgement to be learnt',
  'grm-rl': 'two candidates for a turn and which is better',
};

/** The data card, as the Hugging Face hub reads it. @param recipes files that tell how to train */
export function dataCard(manifest: ExportManifest, recipes: readonly string[]): string {
  const { conversations, samples, rejects, notes, settings, source, version } = manifest;
  const kinds = Object.entries(samples).map(([kind, splits]) => ({ kind: kind as Kind, splits }));
  const total = kinds.reduce((sum, { splits }) => sum + Object.values(splits).reduce((a, b) => a + b, 0), 0);
  return `${[
    frontMatter(manifest, total),
    '# Role-play with two layers of thought',
    '',
    `Written by dramatis ${version} (\`lab export\`), in the form of HER (arXiv 2601.21459). ${total} samples of ${conversations.out} conversations.`,
    '',
    '## What is in it',
    '',
    `| kind | ${SPLITS.join(' | ')} | a sample is |`,
    '| --- | ---: | ---: | ---: | --- |',
    ...kinds.map(
      ({ kind, splits }) =>
        `| ${kind} | ${SPLITS.map((split) => splits[split] ?? 0).join(' | ')} | ${ABOUT[kind]} |`,
    ),
    '',
    `All turns of all characters of a ${settings['split by']} are in one split, by a keyed hash of its name (seed ${manifest.seed}).`,
    settings['apart'] === undefined
      ? 'No test set was kept apart: nothing says that none of it is in here.'
      : `A test set was kept apart by book, plot and conversation (file ${settings['apart']}); of it nothing is in here.`,
    '',
    '## How it was made',
    '',
    ...provenance(manifest),
    '',
    `Contents of the files that were read: sha256 ${source.sha256}.`,
    '',
    '## Not exported',
    '',
    `Conversations read ${conversations.in}, used ${conversations.out}. Each line of \`rejects.jsonl\` says what was not taken and why.`,
    '',
    ...countLines(rejects, 'Nothing was left out.'),
    '',
    `${notes['cut'] ?? 0} samples have the end of their history alone (at most ${settings['max tokens']} tokens, estimated at three characters each); in ${notes['mended'] ?? 0} conversations halves of surrogate pairs were replaced.`,
    '',
    ...baselineLines(manifest),
    '## Whose words',
    '',
    'Every record was local or made in the lab. What came through Discord, or of which nothing says that it did not, is refused: no setting overrides this. The licence of the sources is not known to the exporter: look at them before this is passed on.',
    '',
    '## What is hidden',
    '',
    'A prompt holds the thoughts of its own character and only what is visible of others; system thinking stands in targets alone, in no history. Motivations are told to their owners only. The files themselves hold all of it: they are for training, not for readers of a scene.',
    '',
    '## Limits and known weaknesses',
    '',
    '- Thoughts and plans were written by models after the fact; whether they are why a turn reads as it does nobody knows.',
    '- Prompts are laid out as dramatis sends them with MODEL_PROFILE=her; another wording at play is another task.',
    '- HER plans in tags of its own. Qwen3’s template puts an empty `<think>` before an answer when its thinking is off, and the recipes train with that: serve with `enable_thinking: false`.',
    '- Lengths are estimated, not counted with a tokenizer. Look with `dramatis lab check` before training.',
    '- Turns of one conversation are not independent of each other.',
    '- Books may be known to the base model.',
    '',
    '## How to load',
    '',
    '```python',
    'from datasets import load_dataset',
    ...manifest.files
      .filter(({ split }) => split === 'train')
      .slice(0, 2)
      .map(
        ({ path, form }) =>
          `load_dataset("${form === 'jsonl' ? 'json' : 'parquet'}", data_files="${path}", split="train")`,
      ),
    '```',
    '',
    'To train with: ',
    '',
    ...recipes.map((path) => `- \`${path}\``),
  ].join('\n')}\n`;
}

function frontMatter({ files }: ExportManifest, total: number): string {
  const first = files[0]?.engine;
  const shown = files.filter(({ engine, form }) => engine === first && form === (files[0]?.form ?? 'jsonl'));
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  return [
    '---',
    'license: other',
    'license_name: unknown',
    'language:',
    '- en',
    'task_categories:',
    '- text-generation',
    'tags:',
    '- role-play',
    'size_categories:',
    `- ${sizeCategory(total)}`,
    ...(kinds.length > 0 ? ['configs:'] : []),
    ...kinds.flatMap((kind) => [
      `- config_name: ${kind}`,
      '  data_files:',
      ...shown
        .filter((file) => file.kind === kind)
        .flatMap(({ split, path }) => [
          `  - split: ${split === 'val' ? 'validation' : split}`,
          `    path: ${path}`,
        ]),
    ]),
    '---',
    '',
  ].join('\n');
}

/** As the hub names them. */
function sizeCategory(count: number): string {
  const steps = ['1K', '10K', '100K', '1M', '10M'];
  const at = Math.floor(Math.log10(Math.max(count, 1))) - 3;
  if (at < 0) return 'n<1K';
  return at + 1 < steps.length ? `${steps[at]}<n<${steps[at + 1]}` : 'n>10M';
}

function provenance({ source: { steps, files } }: ExportManifest): string[] {
  if (steps.length === 0)
    return [`Of ${files.length} files of conversations; how they were made is not known here.`];
  return [
    '| step | in | out | models |',
    '| --- | ---: | ---: | --- |',
    ...steps.map(
      ({ step, in: before, out, models }) =>
        `| ${step} | ${before} | ${out} | ${models.map((model) => model.replaceAll('|', '/')).join(', ') || 'none'} |`,
    ),
  ];
}

function countLines(counts: Readonly<Record<string, number>>, none: string): string[] {
  const entries = Object.entries(counts).toSorted(([, one], [, other]) => other - one);
  return entries.length === 0 ? [none] : entries.map(([why, count]) => `- ${why}: ${count}`);
}

/** Whose answers rollouts are compared with. */
function baselineLines({ samples, baselines, settings }: ExportManifest): string[] {
  if (!samples['rp-rl']) return [];
  const found = (baselines['file'] ?? 0) + (baselines['model'] ?? 0);
  const words =
    settings['baseline'] === undefined
      ? 'Rollouts are compared with the reference reply: no answers of a frozen SFT model were given. Against a human reply a young policy seldom wins, and the reward tells little apart.'
      : `Rollouts are compared with an answer of the frozen model in ${found} samples; in ${baselines['missing'] ?? 0} it was missing and in ${baselines['illegal'] ?? 0} illegal, and the reference reply stands there.`;
  return ['## Baselines', '', words, ''];
}
