import { join } from 'node:path';
import { type Journal, openJournal } from '../calls/journal.ts';
import { RULES } from '../coser/protocol.ts';
import { holdFolder } from '../folder/hold-folder.ts';
import type { EvalRun, RunEval } from './eval-run.ts';
import { figuresOf } from './figures.ts';
import { manifestOf } from './manifest.ts';
import { type PlayedScenes, playScenes } from './play-scenes.ts';
import { promptTexts } from './prompt-texts.ts';
import type { EvalResult } from './result.ts';
import { openRunSettings, type RunSettings, settingsOfRun } from './run-settings.ts';
import { openTrace } from './trace.ts';
import { transcriptLine } from './transcript-line.ts';
import { writeSimulations } from './write-simulations.ts';
import { writeJson, writeWhole } from './write-whole.ts';

/**
 * Plays, judges and scores scenes into a folder: `calls.jsonl` (every answer, as it comes), then
 * `transcripts.jsonl`, `results.json` and, where they are ours, `prompts.json`. Begun again, it asks only
 * what has no answer yet, and ends with the same results.
 *
 * @throws OperatorError for a folder in use, of other settings, or that cannot be written; ModelError where
 *   a model cannot be asked at all; the signal’s reason when aborted: what was answered by then is kept
 */
export const runEval: RunEval = (run, signal) =>
  inRunFolder(run, async (folder) => {
    const trace = run.trace ? await openTrace(join(run.out, 'traces.jsonl')) : undefined;
    try {
      const { journal } = folder;
      const scenes = await playScenes(run, { journal, ...(trace ? { trace } : {}) }, signal);
      return await writeResults(run, scenes, folder);
    } finally {
      await trace?.close();
    }
  });

/** The folder of a run while it is held. */
export type RunFolder = {
  readonly journal: Journal;
  readonly settings: RunSettings;
  /** When the run was begun, the first time. */
  readonly started: string;
};

/** Holds the folder of a run while `work` is done in it. @throws OperatorError as `runEval` */
export async function inRunFolder<T>(run: EvalRun, work: (folder: RunFolder) => Promise<T>): Promise<T> {
  using _held = holdFolder(run.out);
  const settings = settingsOfRun(run);
  const started = await openRunSettings(run.out, settings);
  const journal = await openJournal(join(run.out, 'calls.jsonl'));
  try {
    return await work({ journal, settings, started });
  } finally {
    await journal.close();
  }
}

/** Counts what was played and writes it down. @throws OperatorError where it cannot be written */
export async function writeResults(
  run: EvalRun,
  scenes: PlayedScenes,
  { settings, started }: Pick<RunFolder, 'settings' | 'started'>,
): Promise<EvalResult> {
  const result = resultOf(run, scenes, { settings, started });
  const lines = scenes.played.map(({ result: { id }, simulation }) => transcriptLine(id, simulation));
  await writeWhole(
    join(run.out, 'transcripts.jsonl'),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  if (run.prompts.source === 'ours') {
    const texts = promptTexts(run.prompts, RULES[run.protocol], run.ablation, run.continueFrom);
    await writeJson(join(run.out, 'prompts.json'), { hash: run.prompts.hash, ...texts });
  }
  await writeSimulations(run, scenes.played);
  await writeJson(join(run.out, 'results.json'), result);
  return result;
}

/** The figures of what was played, with all that is needed to read them. */
export function resultOf(
  run: EvalRun,
  { played, failed, waiting, use }: PlayedScenes,
  { settings, started }: Pick<RunFolder, 'settings' | 'started'>,
): EvalResult {
  const cases = played.map(({ result }) => result);
  const roles = use.roles(RULES[run.protocol]);
  return {
    manifest: manifestOf(run, { settings, started, cases, roles }),
    figures: figuresOf(cases, run.seed),
    cases,
    failed: [...failed, ...waiting.map((id) => ({ id, why: 'Its judgements are not all there yet.' }))],
  };
}
