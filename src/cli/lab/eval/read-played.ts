import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OperatorError } from '../../../errors.ts';
import { readSimulations } from '../../../lab/coser/files/read-simulations.ts';
import type { CoserScene } from '../../../lab/coser/scene.ts';
import type { EvalRun } from '../../../lab/eval/eval-run.ts';
import { readTranscripts } from '../../../lab/eval/read-transcripts.ts';
import type { Simulation } from '../../../lab/gca/simulation.ts';
import { plainLine } from '../../../lab/report/plain.ts';
import type { CoserFlags } from './coser-flags.ts';
import { chooseScenes, readData, readText } from './read-data.ts';

/** Scenes that were played elsewhere, and what is known of them. */
export type Played = Pick<EvalRun, 'data'> & { readonly played: NonNullable<EvalRun['played']> };

type Flags = Pick<CoserFlags, 'data' | 'scenes' | 'limit' | 'skipBad'>;

/**
 * Reads what was played: a run of ours (its folder, or its transcripts), a file of CoSER's or HER's runner, or
 * HER's folder with a file for each scene.
 * Theirs say what their scenes are; with --data, and for ours, that is taken from the data set, for the scenes
 * that both have.
 *
 * @throws OperatorError where it cannot be read, a scene cannot be judged (unless --skip-bad), or none is left
 */
export async function readPlayed(path: string, flags: Flags): Promise<Played> {
  const ours = join(path, 'transcripts.jsonl');
  const file = existsSync(ours) ? ours : path;
  const text = isFolder(file) ? await readFolder(file) : await readText(file, '--simulation');
  const sha256 = createHash('sha256').update(text).digest('hex');
  const { simulations, scenes, skipped } = inFile(file, text, flags);
  const played = { name: basename(file), sha256, simulations };
  if (!scenes || flags.data !== undefined) {
    const data = await readData({ ...flags, limit: undefined });
    const both = data.scenes.filter(({ id }) => simulations.has(id)).slice(0, flags.limit);
    if (both.length === 0) {
      throw new OperatorError(
        `${path} and ${data.name} have no scene in common: --data names the set it was played from.`,
      );
    }
    return { data: { ...data, scenes: both }, played };
  }
  const some = (await chooseScenes(scenes, flags.scenes)).slice(0, flags.limit);
  if (some.length === 0) throw new OperatorError(`${path} holds no scene that can be judged.`);
  return { data: { name: basename(file), sha256: sumOf(scenes), scenes: some, skipped }, played };
}

/** Of the scenes, not of the file: what two actors made of the same scenes compares. */
function sumOf(scenes: readonly CoserScene[]): string {
  const inOrder = scenes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(inOrder)).digest('hex');
}

type InFile = {
  readonly simulations: ReadonlyMap<string, Simulation>;
  /** Absent: the file does not say what its scenes are. */
  readonly scenes?: readonly CoserScene[];
  readonly skipped: number;
};

function inFile(path: string, text: string, { skipBad }: Flags): InFile {
  const ours = orNone(path, () => readTranscripts(text));
  if (ours) return { simulations: ours, skipped: 0 };
  const read = orNone(path, () => readSimulations(text));
  const [fault] = read.faults;
  if (fault && !skipBad) {
    throw new OperatorError(
      `${path}: simulation ${fault.at} cannot be judged: ${plainLine(fault.what)}. --skip-bad leaves such ones out.`,
    );
  }
  return {
    simulations: new Map(read.simulations.map(({ scene, simulation }) => [scene.id, simulation])),
    scenes: read.simulations.map(({ scene }) => scene),
    skipped: read.faults.length,
  };
}

function orNone<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new OperatorError(
      `${path} holds no scenes that were played, in our form, CoSER's or HER's: check --simulation.`,
      error,
    );
  }
}

/** The files of a folder as lines: JSON breaks its own lines only where it could go on in one. */
async function readFolder(path: string): Promise<string> {
  const all = await readdir(path).catch((error: unknown) => {
    throw new OperatorError(`${path} cannot be read: check --simulation.`, error);
  });
  const names = all.filter((name) => name.endsWith('.json')).sort();
  const texts: string[] = [];
  for (const name of names) texts.push(await readText(join(path, name), '--simulation'));
  return texts.map((text) => text.replace(/^\uFEFF/u, '').replaceAll(/[\r\n]+/gu, ' ')).join('\n');
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
