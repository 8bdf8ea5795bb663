import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { pairOf } from '../../../../../src/judge/verdict/pair-of.ts';
import type { Comparison, OrderVerdict, Reading, Winner } from '../../../../../src/judge/verdict/verdict.ts';
import { type GrmOptions, grmSamples } from '../../../../../src/lab/export/grm/grm-samples.ts';
import type { Made, Sample, SampleReject } from '../../../../../src/lab/export/sample.ts';
import { readItem } from '../../../../../src/lab/judge/input/read-item.ts';
import { verdictLine } from '../../../../../src/lab/judge/verdict-line.ts';

export type JudgedCase = {
  readonly id: string;
  readonly scene?: string;
  readonly texts: readonly [string, string];
  readonly readings: readonly (Reading | undefined)[];
  readonly judge?: string;
  readonly pending?: boolean;
};

const NAMES = ['Concrete Detail', 'Natural Rhythm', 'Leaves Room', 'Own Initiative', 'Economy'];

/** A reading with one comparison for each of these winners. */
export function readingOf(
  better: Winner,
  winners: readonly Winner[],
  change: Partial<Reading> = {},
): Reading {
  const comparisons = winners.map(
    (winner, at): Comparison => ({
      principle: {
        id: ['concrete-detail', 'natural-rhythm', 'leaves-room', 'own-initiative', 'economy'][at] ?? `p${at}`,
        name: NAMES[at] ?? `Principle ${at}`,
        dimension: 'detail',
      },
      first: `[first] names the rope ${at}`,
      second: `[second] asks about the bell ${at}`,
      better: winner,
      degree: 'clear',
    }),
  );
  return { violations: [], comparisons, reason: '[first] is nearer than [second]', better, ...change };
}

/** What both orders say, in the judge’s words for each. */
export function twice(reading: Reading): readonly Reading[] {
  return [reading, reading];
}

/** Two turns that share few words; the first is the longer one by `longer` words, or the second where negative. */
export function twoTurns(longer = 0): readonly [string, string] {
  const extra = (count: number, word: string) => ` ${word}`.repeat(Math.max(0, count));
  return [
    `<role_action>coils the rope</role_action>Not before four${extra(longer, 'mooring')}.`,
    `<role_action>lights the lamp</role_action>Ask your uncle${extra(-longer, 'harbour')}.`,
  ];
}

/** A folder as `dramatis lab judge` leaves it. */
export function judgedFolder(cases: readonly JudgedCase[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-grm-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const items: string[] = [];
  const verdicts: string[] = [];
  for (const { id, scene = id, texts, readings, judge = 'judge-1', pending = false } of cases) {
    const line = JSON.stringify({
      id,
      scene,
      context: {
        speaker: 'Perran Hale',
        sheet: 'The ferryman.',
        setting: 'A slip at dusk.',
        others: [{ name: 'Ada Crane', sheet: 'A clerk.' }],
        lines: [
          'Ada Crane: Two shillings, if we go now.',
          'Perran Hale: <role_thinking>No</role_thinking>Hm.',
        ],
      },
      candidates: texts.map((text, at) => ({ model: `model-${at}`, text })),
    });
    const item = readItem(line, id);
    const orders = readings.map(
      (reading, at): OrderVerdict => ({
        shownFirst: at === 0 ? 'first' : 'second',
        outcome: reading ? { type: 'read', reading } : { type: 'missing', why: 'prose' },
        attempts: 1,
        usage: [],
      }),
    );
    const verdict = orders.length === 0 ? EMPTY : pairOf(orders);
    const told = { judge, prompt: 'p', labels: [], seeds: [], calls: [], pending };
    if (!items.includes(line)) items.push(line);
    verdicts.push(JSON.stringify(verdictLine(item, [0, 1], verdict, told)));
  }
  const path = join(folder, 'items.jsonl');
  writeFileSync(path, items.map((line) => `${line}\n`).join(''));
  writeFileSync(join(folder, 'verdicts.jsonl'), verdicts.map((line) => `${line}\n`).join(''));
  writeFileSync(
    join(folder, 'run.json'),
    JSON.stringify({ format: 1, secret: 'a secret that is long enough', files: [path] }),
  );
  return folder;
}

const EMPTY = { how: 'empty', winner: 'first', flipped: false, orders: [] } as const;

export type MadeOf = { readonly samples: readonly Sample[]; readonly rejects: readonly SampleReject[] };

export async function samplesOf(folder: string, options: GrmOptions = {}): Promise<MadeOf> {
  const made: Made[] = await Array.fromAsync(grmSamples(folder, options, new AbortController().signal));
  return {
    samples: made.flatMap((one) => (one.kind === 'sample' ? [one.sample] : [])),
    rejects: made.flatMap((one) => (one.kind === 'reject' ? [one] : [])),
  };
}
