import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import { linesOf } from '../judge/input/read-files.ts';
import { stepFile } from '../synth/run/step-files.ts';
import { STEPS } from '../synth/step.ts';
import { createTally } from './survey/tally.ts';

/** What a step of synthesis was given, left, and did not take. */
export type StepRejects = {
  readonly name: string;
  /** Conversations; null where nobody wrote it down. */
  readonly in: number | null;
  readonly out: number | null;
  /** Conversations that went no further. */
  readonly rejected: number | null;
  readonly rejects: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
};

/** What is looked at: a file of conversations, and what is known of how it came about. */
export type DataSet = {
  readonly file: string;
  /** Of the folder’s steps; empty for a file. */
  readonly steps: readonly StepRejects[];
};

const countsSchema = z.record(z.string(), z.number()).catch({});
const countSchema = z.number().nullable().catch(null);

/** Whatever of a manifest can be read: one of another version is worth its figures too. */
const manifestSchema = z.looseObject({
  steps: z.array(
    z.looseObject({
      name: z.string(),
      state: z.string().catch('done'),
      file: z.string().optional().catch(undefined),
      in: countSchema.default(null),
      out: countSchema.default(null),
      rejected: countSchema.default(null),
      rejects: countsSchema.default({}),
      counts: countsSchema.default({}),
    }),
  ),
});

/**
 * Finds what a folder of synthesis, or a file, holds: of a folder the file of its newest finished step, and
 * what its steps rejected, by its manifest or else by its files of rejects.
 *
 * @throws OperatorError where there is no such file or folder, or no conversations in it
 */
export async function findDataSet(path: string): Promise<DataSet> {
  const found = await stat(path).catch((error: unknown) => {
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  });
  if (!found.isDirectory()) return { file: path, steps: [] };
  const names = new Set(await readdir(path));
  const steps = (await stepsInManifest(path)) ?? (await stepsInFiles(path, names));
  const file = STEPS.toReversed()
    .map((step) => {
      const known = steps.find(({ name }) => name === step);
      return known && !known.isDone ? undefined : (known?.file ?? stepFile(step).file);
    })
    .find((name) => name !== undefined && names.has(name));
  if (file === undefined) {
    throw new OperatorError(`${path} holds no conversations yet: no step of lab synth is done there.`);
  }
  return { file: join(path, file), steps: steps.map(({ file: _file, isDone: _isDone, ...step }) => step) };
}

type FoundStep = StepRejects & { readonly file: string | undefined; readonly isDone: boolean };

async function stepsInManifest(folder: string): Promise<readonly FoundStep[] | undefined> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { steps } = manifestSchema.parse(JSON.parse(text));
    return steps.map(({ name, state, file, in: given, out, rejected, rejects, counts }) => ({
      ...{ name, file, in: given, out, rejected, rejects, counts, isDone: state === 'done' },
    }));
  } catch {
    return undefined;
  }
}

const rejectSchema = z.looseObject({ why: z.string() });

/** Counted from the files of rejects, one line at a time. */
async function stepsInFiles(folder: string, names: ReadonlySet<string>): Promise<readonly FoundStep[]> {
  const steps: FoundStep[] = [];
  for (const name of STEPS) {
    const { file, rejectsFile } = stepFile(name);
    if (!names.has(rejectsFile)) continue;
    const reasons = createTally();
    for await (const line of linesOf(join(folder, rejectsFile))) {
      const why = whyIn(line);
      if (why !== undefined) reasons.add(why);
    }
    const rejects = Object.fromEntries(reasons.rows().map((row) => [row.name, row.count]));
    const unknown = { in: null, out: null, rejected: null };
    steps.push({ name, file, ...unknown, rejects, counts: {}, isDone: names.has(file) });
  }
  return steps;
}

function whyIn(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  try {
    return rejectSchema.parse(JSON.parse(line)).why;
  } catch {
    return 'unreadable-line';
  }
}
