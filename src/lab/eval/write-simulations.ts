import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import { writeCoserSimulations } from '../coser/files/coser-simulations.ts';
import { writeHerSimulation } from '../coser/files/her-simulations.ts';
import { writeCoserEvaluation } from '../coser/files/write-coser-evaluation.ts';
import { RULES } from '../coser/protocol.ts';
import type { EvalRun } from './eval-run.ts';
import { fileNamesOf } from './file-names.ts';
import type { PlayedCase } from './play-case.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes what was played for the evaluators that were asked for: CoSER’s reads one file
 * (`simulations-coser.json`; `evaluation-coser.json` is how it would have scored it), HER’s one for each
 * scene (in `simulations-her`).
 *
 * @throws OperatorError where one cannot be written
 */
export async function writeSimulations(run: EvalRun, played: readonly PlayedCase[]): Promise<void> {
  const { out, files = [], data, models } = run;
  const scenes = played.flatMap(({ result, simulation }) => {
    const scene = data.scenes.find(({ id }) => id === result.id);
    return scene ? [{ scene, simulation }] : [];
  });
  if (files.includes('coser')) {
    await writeWhole(join(out, 'simulations-coser.json'), writeCoserSimulations(scenes));
    const judged = played.map(({ result: { id, judgements, bleu, rougeL }, simulation }) => ({
      ...{ id, simulation, judgements },
      likeness: { bleu, rougeL },
    }));
    await writeWhole(join(out, 'evaluation-coser.json'), writeCoserEvaluation(judged, RULES[run.protocol]));
  }
  if (!files.includes('her')) return;
  const folder = join(out, 'simulations-her');
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new OperatorError(`${folder} cannot be written: check --out.`, error);
  }
  const names = fileNamesOf(scenes.map(({ scene }) => scene.id));
  for (const [at, one] of scenes.entries()) {
    await writeWhole(join(folder, `${names[at]}.json`), writeHerSimulation(one, models.actor.model.name));
  }
}
