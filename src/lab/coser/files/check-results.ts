import { z } from 'zod';
import { evalResultSchema } from '../../eval/result.ts';
import { transcriptLineSchema } from '../../eval/transcript-line.ts';
import { transcriptSchema } from '../../selfplay/run/dialogue-lines.ts';
import { selfplayResultSchema } from '../../selfplay/run/result.ts';
import { thoughtsSaid } from '../thoughts-said.ts';
import type { Found } from './found.ts';
import { type Remark, recordsIn, whatIsWrong } from './records-in.ts';

const anyManifest = z.looseObject({ manifest: z.looseObject({ benchmark: z.string() }) });

/** `results.json` of a run of the lab. @throws SyntaxError where it is of another version */
export function checkResults(text: string): Found {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''));
  const isCoser = anyManifest.safeParse(value).data?.manifest.benchmark === 'coser';
  const read = (isCoser ? evalResultSchema : selfplayResultSchema).safeParse(value);
  if (!read.success)
    throw new SyntaxError(`these are no results of this version: ${whatIsWrong(read.error)}`);
  const { cases, figures } = read.data;
  return {
    counts: { cases: cases.length, invalid: figures.invalid, leaks: figures.leaks },
    faults: [],
    remarks: twice(cases.map(({ id }) => id)),
  };
}

const anyTranscript = z.union([
  transcriptLineSchema.transform(({ id, turns }) => ({ id, turns })),
  transcriptSchema.transform(({ id, lines }) => ({
    id,
    turns: lines.map(({ by, segments }) => ({ name: by, named: false, segments })),
  })),
]);

/** `transcripts.jsonl` of a run of the lab. */
export function checkTranscripts(text: string): Found {
  const { records, faults } = recordsIn(text);
  const read = records.map(({ at, value }) => ({ at, ...anyTranscript.safeParse(value) }));
  const scenes = read.flatMap(({ data }) => (data ? [data] : []));
  const bad = read.flatMap(({ at, success }) => (success ? [] : [{ at, what: 'it is no transcript' }]));
  const turns = scenes.reduce((sum, one) => sum + one.turns.length, 0);
  const said = scenes.reduce((sum, one) => sum + thoughtsSaid(one), 0);
  return {
    counts: { scenes: scenes.length, turns, 'thoughts said aloud': said },
    faults: [...faults, ...bad].toSorted((a, b) => a.at - b.at),
    remarks: twice(scenes.map(({ id }) => id)),
  };
}

function twice(ids: readonly string[]): Remark[] {
  const first = new Map(ids.map((id, index): [string, number] => [id, index]).toReversed());
  return ids.flatMap((id, index) =>
    first.get(id) === index ? [] : [{ at: index + 1, id, what: 'another one is of the same scene' }],
  );
}
