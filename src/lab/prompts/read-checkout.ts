import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import { coserPrompts } from './checkout/coser.ts';
import { herPrompts } from './checkout/her.ts';
import { openPython, type PythonFile } from './checkout/python-file.ts';
import { functionsNamed } from './python/look-up.ts';
import type { ScenePrompts } from './scene-prompts.ts';

/** Where HER’s prompts stand: under the checkout’s root, its `eval_code`, or in the folder itself. */
const HER_PROMPTS = [
  'eval_code/benchmarks/multi_turn/coser/prompts.py',
  'benchmarks/multi_turn/coser/prompts.py',
  'prompts.py',
];
/** Where CoSER’s evaluator stands: under the checkout’s root, or the folder itself. */
const COSER_FOLDERS = ['gca_evaluation', '.'];

/**
 * The prompts of CoSER or HER, from the user’s own checkout: its Python files are read, never run, and
 * nothing of them is kept but in what the user’s own run sends and names.
 *
 * @param dir the checkout, or the folder in it that holds the evaluator
 * @param actor name of the model that acts; CoSER gives its own models (`coser…`) no example, and tells
 *   some (`llama…`, `step…`) to begin with their name
 * @throws OperatorError naming the file and the function where something is not as it is known
 */
export function readCheckout(dir: string, actor?: string): ScenePrompts {
  if (!existsSync(dir))
    throw new OperatorError(`${dir} does not exist: --prompts wants a checkout of CoSER or HER.`);
  for (const path of HER_PROMPTS) {
    const file = withCharacters(join(dir, path));
    if (file) return herPrompts(file);
  }
  for (const folder of COSER_FOLDERS) {
    const utils = withCharacters(join(dir, folder, 'utils.py'));
    if (!utils) continue;
    return coserPrompts(
      {
        utils,
        agent: needed(join(dir, folder, 'agent.py')),
        main: needed(join(dir, folder, 'main.py')),
        prompts: needed(join(dir, folder, 'prompts.py'), join(dir, folder, '..', 'prompts.py')),
      },
      actor,
    );
  }
  throw new OperatorError(
    `${dir} holds neither ${HER_PROMPTS[0]} (HER) nor gca_evaluation/utils.py (CoSER) with get_character_prompt.`,
  );
}

function withCharacters(path: string): PythonFile | undefined {
  const file = openPython(path);
  return file && functionsNamed(file.tokens, 'get_character_prompt').length > 0 ? file : undefined;
}

function needed(...paths: readonly string[]): PythonFile {
  for (const path of paths) {
    const file = openPython(path);
    if (file) return file;
  }
  throw new OperatorError(`${paths.join(' or ')} is missing: CoSER’s prompts are read from it.`);
}
