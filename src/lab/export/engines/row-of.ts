import type { Engine, Kind, Sample } from '../sample.ts';
import type { Columns, Row } from './columns.ts';
import type { EngineRows, RowPlace } from './engine-rows.ts';
import { LLAMA_FACTORY } from './llama-factory.ts';
import { MS_SWIFT } from './ms-swift.ts';
import { OPENRLHF } from './openrlhf.ts';
import { TRL } from './trl.ts';
import { VERL } from './verl.ts';

export const ENGINE_ROWS: Readonly<Record<Engine, EngineRows>> = {
  'ms-swift': MS_SWIFT,
  trl: TRL,
  'llama-factory': LLAMA_FACTORY,
  verl: VERL,
  openrlhf: OPENRLHF,
};

export type Form = 'jsonl' | 'parquet';
export const FORMS = ['jsonl', 'parquet'] as const satisfies readonly Form[];

/** Whether a kind is answered and rewarded, not imitated. */
export function isRl(kind: Kind): kind is 'grm-rl' | 'rp-rl' {
  return kind === 'grm-rl' || kind === 'rp-rl';
}

/** A sample as a row of an engine’s file; undefined where the engine cannot learn from such. */
export function rowOf(engine: Engine, sample: Sample, place: RowPlace): Row | undefined {
  const { sft, rl } = ENGINE_ROWS[engine];
  return 'prompt' in sample ? rl?.row(sample, place) : sft.row(sample, place);
}

/** The types of its columns in Parquet; undefined as `rowOf`. */
export function columnsOf(engine: Engine, kind: Kind): Columns | undefined {
  const { sft, rl } = ENGINE_ROWS[engine];
  return isRl(kind) ? rl?.columns : sft.columns;
}

/** The forms that are written of those asked for: what an engine reads in one form alone is written in it. */
export function formsFor(engine: Engine, kind: Kind, asked: readonly Form[]): readonly Form[] {
  if (columnsOf(engine, kind) === undefined) return [];
  return !isRl(kind) && ENGINE_ROWS[engine].sft.parquetOnly ? ['parquet'] : asked;
}
