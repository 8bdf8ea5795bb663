import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError } from '../../../errors.ts';
import { type ReadScenes, readScenes } from '../../../lab/coser/read-scenes.ts';
import type { CoserScene } from '../../../lab/coser/scene.ts';
import type { EvalRun } from '../../../lab/eval/eval-run.ts';
import { plainLine } from '../../../lab/report/plain.ts';
import { BadUse } from '../../bad-use.ts';
import type { CoserFlags } from './coser-flags.ts';

export const SHIPPED_SCENES = fileURLToPath(
  new URL('../../../../benchmarks/coser/scenes.json', import.meta.url),
);

/**
 * The scenes to play, by the flags.
 * @throws BadUse where a scene that was asked for is not there; OperatorError where a record cannot be
 *   played, unless --skip-bad, or nothing is left
 */
export async function readData({
  data = SHIPPED_SCENES,
  scenes,
  limit,
  skipBad,
}: Pick<CoserFlags, 'data' | 'scenes' | 'limit' | 'skipBad'>): Promise<EvalRun['data']> {
  const text = await readText(data, '--data');
  const read = scenesIn(data, text);
  const [fault] = read.faults;
  if (fault && !skipBad) {
    const more = read.faults.length > 1 ? ` (and ${read.faults.length - 1} more)` : '';
    throw new OperatorError(
      `${data}: record ${fault.at}${fault.id ? ` (${plainLine(fault.id)})` : ''} cannot be played: ${plainLine(fault.what)}${more}. --skip-bad leaves such records out; dramatis lab data check lists them.`,
    );
  }
  const some = (await chooseScenes(read.scenes, scenes)).slice(0, limit);
  if (some.length === 0) throw new OperatorError(`${data} holds no scene that can be played.`);
  return {
    name: basename(data),
    sha256: createHash('sha256').update(text).digest('hex'),
    scenes: some,
    skipped: read.faults.length,
  };
}

function scenesIn(path: string, text: string): ReadScenes {
  try {
    return readScenes(text);
  } catch (error) {
    throw new OperatorError(
      `${path} is neither a JSON array of scenes nor one scene a line: dramatis lab data check tells more.`,
      error,
    );
  }
}

/**
 * The scenes that were asked for, in the order of the data.
 * @param asked ids with commas between, or a file with one a line; undefined: all
 * @throws BadUse for an id that is not there
 */
export async function chooseScenes(
  scenes: readonly CoserScene[],
  asked: string | undefined,
): Promise<readonly CoserScene[]> {
  if (asked === undefined) return scenes;
  const ids = new Set((await idsIn(asked)).map((id) => id.trim()).filter(Boolean));
  if (ids.size === 0)
    throw new BadUse('--scenes names no scene: ids with commas between, or a file of them.');
  const missing = [...ids].find((id) => !scenes.some((scene) => scene.id === id));
  if (missing !== undefined) {
    throw new BadUse(
      `--scenes: there is no scene “${plainLine(missing, 80)}”; ids look like “${plainLine(scenes[0]?.id ?? '')}”.`,
    );
  }
  return scenes.filter(({ id }) => ids.has(id));
}

/** Titles of books may hold commas: a whole id that is asked for is none of several. */
async function idsIn(asked: string): Promise<readonly string[]> {
  if (existsSync(asked)) return (await readText(asked, '--scenes')).split('\n');
  return asked.split(/(?<=-\d+-\d+),/u);
}

/** @throws OperatorError which names the flag */
export async function readText(path: string, flag: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new OperatorError(`${path} cannot be read: check ${flag}.`, error);
  }
}
