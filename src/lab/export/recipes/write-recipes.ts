import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../../eval/write-whole.ts';
import type { ExportManifest } from '../manifest.ts';
import type { Engine, Kind, Split } from '../sample.ts';
import { makeFolder } from '../write-samples.ts';
import { dataCard } from './data-card.ts';
import { JUDGE_RULE, JUDGE_RULE_FILE } from './judge-rule.ts';
import { llamaFactoryRecipe } from './llama-factory.ts';
import { msSwiftRecipe } from './ms-swift.ts';
import { openRlhfRecipe } from './openrlhf.ts';
import { type Recipe, type RecipeInput, TRAINED_MODELS } from './recipe.ts';
import { trlRecipe } from './trl.ts';
import { verlRecipe } from './verl.ts';

const RECIPES: Readonly<Record<Engine, Recipe>> = {
  'ms-swift': msSwiftRecipe,
  trl: trlRecipe,
  'llama-factory': llamaFactoryRecipe,
  verl: verlRecipe,
  openrlhf: openRlhfRecipe,
};

/** What asks the reward server in each engine’s name; OpenRLHF does so itself. */
const ADAPTERS: Partial<Record<Engine, string>> = {
  'ms-swift': 'swift_orm.py',
  trl: 'trl_reward.py',
  verl: 'verl_reward.py',
};
const ADAPTER_FOLDER = fileURLToPath(new URL('../../../../training/adapters/', import.meta.url));

/**
 * Writes beside the files of each engine how it is trained with them, and the card of all of it.
 * @throws OperatorError where a file cannot be written
 */
export async function writeRecipes(out: string, manifest: ExportManifest): Promise<void> {
  const engines = [...new Set(manifest.files.map(({ engine }) => engine))];
  const written: string[] = [];
  for (const engine of engines) {
    await makeFolder(join(out, engine));
    const input = recipeInput(manifest, engine);
    const files = TRAINED_MODELS.flatMap((model) => Object.entries(RECIPES[engine](input, model)));
    for (const [name, text] of new Map(files)) {
      await writeWhole(join(out, engine, name), text);
      written.push(`${engine}/${name}`);
    }
    const adapter = ADAPTERS[engine];
    if (adapter === undefined) continue;
    if (input.kinds.has('grm-rl')) {
      await writeWhole(join(out, engine, JUDGE_RULE_FILE), JUDGE_RULE);
      written.push(`${engine}/${JUDGE_RULE_FILE}`);
    }
    if (!input.kinds.has('rp-rl') || !(await copyAdapter(adapter, join(out, engine)))) continue;
    written.push(`${engine}/${adapter}`);
  }
  await writeWhole(join(out, 'README.md'), dataCard(manifest, written));
}

/** @returns whether this installation has it */
async function copyAdapter(name: string, folder: string): Promise<boolean> {
  const from = join(ADAPTER_FOLDER, name);
  const isThere = await stat(from).then(
    () => true,
    () => false,
  );
  if (isThere) await copyFile(from, join(folder, name));
  return isThere;
}

function recipeInput({ files, settings }: ExportManifest, engine: Engine): RecipeInput {
  const own = files.filter((file) => file.engine === engine);
  const kinds = new Map<Kind, Set<Split>>();
  for (const { kind, split } of own) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(split));
  return {
    kinds,
    formOf: (kind) => (own.some((file) => file.kind === kind && file.form === 'jsonl') ? 'jsonl' : 'parquet'),
    maxTokens: Number(settings['max tokens']),
  };
}
