import { join } from 'node:path';
import { ModelError } from '../../../model/chat-model.ts';
import { type Ask, createAsk } from '../../calls/ask.ts';
import { type Journal, openJournal } from '../../calls/journal.ts';
import { createLastOrders } from '../../eval/last-orders.ts';
import type { Manifest } from '../../eval/result.ts';
import { version } from '../../eval/version.ts';
import { writeJson, writeWhole } from '../../eval/write-whole.ts';
import { holdFolder } from '../../folder/hold-folder.ts';
import type { Sampling, Style, Work } from '../engine/style.ts';
import { beginFolder } from './begin-folder.ts';
import { dialogueRow, transcriptOf } from './dialogue-lines.ts';
import { figuresOf } from './figures.ts';
import { type PlayedDialogue, playCase } from './play-case.ts';
import { createProgress } from './progress.ts';
import type { SelfplayResult } from './result.ts';
import { createRoleTally, type RoleTally } from './role-tally.ts';
import type { SelfplayRun } from './selfplay-run.ts';

export type SelfplayOutcome<W extends Work> = {
  readonly result: SelfplayResult;
  readonly played: readonly PlayedDialogue<W>[];
};

/** So many dialogues are under way at most, whatever the endpoints take. */
const MOST_DIALOGUES = 512;

/**
 * Plays and judges dialogues into a folder: `calls.jsonl` (every answer, as it comes), then
 * `transcripts.jsonl`, `dialogues.jsonl` (what can be seen of them, as rows that `--dialogues` reads),
 * `results.json` and, where they are ours, `prompts.json`. Begun again, it asks only what has no answer yet, and ends with the same figures.
 *
 * @throws OperatorError for a folder in use, of other settings, or that cannot be written; ModelError where a
 *   model cannot be asked at all; the signal’s reason when aborted: what was answered by then is kept
 */
export async function runSelfplay<W extends Work>(
  run: SelfplayRun<W>,
  signal: AbortSignal,
): Promise<SelfplayOutcome<W>> {
  using _held = holdFolder(run.out);
  const { secret, started } = await beginFolder(run.out, run.settings);
  const style = run.style(secret);
  const journal = await openJournal(join(run.out, 'calls.jsonl'));
  try {
    const tallies = talliesOf(run);
    const { played, failed } = await playAll(run, { style, journal, tallies }, signal);
    const cases = played.map(({ result }) => result);
    const result: SelfplayResult = {
      manifest: manifestOf(run, style, { started, played: cases.length, tallies }),
      figures: figuresOf(cases, run.seed),
      labels: { ...style.labels },
      scale: { ...style.scale },
      cases,
      failed,
      ...(run.calibrate ? { calibration: run.calibrate(cases) } : {}),
    };
    const model = run.models.actor?.model.name ?? '';
    await writeWhole(join(run.out, 'transcripts.jsonl'), jsonLines(played.map(transcriptOf)));
    const rows = played.map((one) => dialogueRow(one, model));
    await writeWhole(join(run.out, 'dialogues.jsonl'), jsonLines(rows));
    if (style.prompts.source === 'ours') {
      const { hash, texts } = style.prompts;
      await writeJson(join(run.out, 'prompts.json'), { hash, ...texts });
    }
    await writeJson(join(run.out, 'results.json'), result);
    return { result, played };
  } finally {
    await journal.close();
  }
}

async function playAll<W extends Work>(
  run: SelfplayRun<W>,
  {
    style,
    journal,
    tallies,
  }: {
    readonly style: Style<W>;
    readonly journal: Journal;
    readonly tallies: ReadonlyMap<string, RoleTally>;
  },
  signal: AbortSignal,
): Promise<{ played: readonly PlayedDialogue<W>[]; failed: SelfplayResult['failed'] }> {
  const progress = createProgress(run, style, tallies);
  const online = createAsk(journal, progress.onCall);
  using lastOrders = createLastOrders();
  const either = AbortSignal.any([signal, lastOrders.closed]);
  const ask: Ask = async (...asked) => {
    lastOrders.throwIfFailed();
    return online(...asked);
  };
  const done = new Map<string, PlayedDialogue<W>>();
  const failures = new Map<string, string>();

  async function play(work: W): Promise<void> {
    try {
      const { judges } = run.models;
      const { onExchange, onChunk } = progress;
      const onAnswer: Parameters<typeof playCase<W>>[1]['onAnswer'] = (role, call) =>
        tallies.get(role)?.add(call);
      const one = await playCase(
        work,
        { style, judges, times: run.times, ask, seed: run.seed, onAnswer, onExchange, onChunk },
        either,
      );
      done.set(work.id, one);
      progress.onJudged();
    } catch (error) {
      signal.throwIfAborted();
      lastOrders.throwIfFailed();
      if (!isOfThisDialogueOnly(error)) {
        lastOrders.fail(error);
        throw error;
      }
      failures.set(work.id, error.message);
      progress.onFailed();
    }
  }

  // Requests are limited, not dialogues.
  const waiting = style.works.values();
  const workers = run.concurrent ? Math.min(style.works.length, MOST_DIALOGUES) : 1;
  await Promise.allSettled(
    Array.from({ length: workers }, async () => {
      for (const work of waiting) await play(work);
    }),
  );
  signal.throwIfAborted();
  lastOrders.throwIfFailed();
  return {
    played: style.works.flatMap(({ id }) => done.get(id) ?? []),
    failed: [...failures].map(([id, why]) => ({ id, why })),
  };
}

/** A prompt that is too long, or that the endpoint will not have: the others may well be answered. */
function isOfThisDialogueOnly(error: unknown): error is ModelError {
  return error instanceof ModelError && error.failure === 'bad-request';
}

function talliesOf<W extends Work>({ models }: SelfplayRun<W>): ReadonlyMap<string, RoleTally> {
  const { actor, user, judges } = models;
  const tallies = new Map<string, RoleTally>();
  if (actor) tallies.set('actor', createRoleTally(actor));
  if (user) tallies.set('user', createRoleTally(user));
  for (const judge of judges) tallies.set(`judge ${judge.model.name}`, createRoleTally(judge));
  return tallies;
}

function manifestOf<W extends Work>(
  { data, models, settings, seed, times, currency, remarks }: SelfplayRun<W>,
  style: Style<W>,
  told: {
    readonly started: string;
    readonly played: number;
    readonly tallies: ReadonlyMap<string, RoleTally>;
  },
): Manifest {
  const { source, hash, judge } = style.prompts;
  return {
    format: 1,
    benchmark: style.benchmark,
    version: version(),
    protocol: style.protocol,
    seed,
    data: { ...data, played: told.played },
    prompts: { source, hash },
    judge: { model: models.judges.map(({ model }) => model.name).join(' + '), hash: judge, times },
    settings: { ...settings },
    roles: Object.fromEntries(
      [...told.tallies].map(([role, tally]) => [role, { ...tally.use(), ...samplingOf(role, style) }]),
    ),
    currency,
    started: told.started,
    ended: new Date().toISOString(),
    remarks: [...style.remarks, ...remarks],
  };
}

/** By the name of a role: `actor`, `user`, `judge` and the judge’s own. */
function samplingOf<W extends Work>(role: string, { sampling }: Style<W>): Partial<Sampling> {
  if (role === 'user') return sampling.user ?? {};
  return role.startsWith('judge ') ? (sampling.judge ?? {}) : {};
}

function jsonLines(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
