import { extname } from 'node:path';
import { isMarkedDiscord } from '../../scene/origin.ts';
import { describeBytes } from '../export/files/describe.ts';
import { type Engine, type Kind, SPLITS, type Split } from '../export/sample.ts';
import type { AcrossRows } from './across-rows.ts';
import { checkedRow, type FileForm } from './checked-row.ts';
import type { Findings, Level } from './finding.ts';
import { recognise } from './recognise.ts';
import { jsonRows } from './rows/json-rows.ts';
import { parquetRows } from './rows/parquet-rows.ts';
import { type FormFault, isTooDeep, type ReadRow } from './rows/read-row.ts';
import { rulesFor } from './rules/all.ts';
import { lookAtBatch, type SeenIds } from './rules/batch.ts';
import type { Look, Rule } from './rules/rule.ts';

export type CheckedFile = {
  readonly path: string;
  /** `batch` for a file of requests; absent where nothing tells whose it is. */
  readonly engine?: Engine | 'batch';
  readonly kind?: Kind;
  readonly split?: Split;
  readonly form: 'jsonl' | 'parquet';
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** By rule. */
  readonly found: Readonly<Record<string, number>>;
};

/** What is known of a file before it is read. */
export type Told = {
  readonly engine?: Engine | undefined;
  readonly kind?: Kind | undefined;
  readonly split?: Split | undefined;
  readonly maxTokens?: number | undefined;
};

export type Checking = {
  readonly findings: Findings;
  readonly across: AcrossRows;
  /** For the names of requests of one file. */
  readonly seenIn: (file: string) => SeenIds;
  readonly signal: AbortSignal;
};

const FORM_RULES: Readonly<Record<FormFault, { readonly level: Level; readonly effect: string }>> = {
  'byte-order-mark': { level: 'error', effect: 'Python’s json raises an error at the first line' },
  'carriage-return': {
    level: 'warning',
    effect: 'most readers bear it; sizes and hashes differ from those of others',
  },
  'no-end-of-line': { level: 'warning', effect: 'what is appended joins the last row' },
  'blank-line': { level: 'error', effect: 'some readers stop there: each line is one row' },
  'not-utf-8': { level: 'error', effect: 'every engine stops there' },
  'not-json': { level: 'error', effect: 'every engine stops there; vllm run-batch gives up the whole file' },
  'no-object': { level: 'error', effect: 'the row has no columns: loading stops there' },
  'json-list': { level: 'error', effect: 'nothing was checked in it, and readers of JSON Lines stop there' },
  'too-long-a-line': { level: 'error', effect: 'nobody can learn from it: split it' },
  unreadable: { level: 'error', effect: 'every engine stops there' },
};

/**
 * Reads one file row by row and holds each against the rules of its engine.
 * @throws OperatorError where it cannot be read; the signal’s reason when aborted
 */
export async function checkFile(
  path: string,
  /** How it is called in what is told. */
  name: string,
  told: Told,
  { findings, across, seenIn, signal }: Checking,
): Promise<CheckedFile> {
  const form = extname(path).toLowerCase() === '.parquet' ? 'parquet' : 'jsonl';
  const { bytes, sha256 } = await describeBytes(path, signal);
  const split = told.split ?? splitIn(name);
  let looks: Looks | undefined;
  let rows = 0;
  for await (const read of form === 'parquet' ? parquetRows(path, signal) : jsonRows(path, signal)) {
    faultsOf(read);
    if (read.value === undefined) continue;
    rows += 1;
    if (isTooDeep(read.value)) {
      const what = 'more than 100 lists or objects stand in each other';
      const effect = 'readers of JSON give up somewhere: loading stops there';
      findings.add({ rule: 'too-deep', level: 'error', file: name, row: read.row, what, effect });
      continue;
    }
    if (isMarkedDiscord(jsonOf(read.value))) {
      const what = 'it bears the mark of words that came through Discord';
      const effect = 'Discord’s Developer Policy forbids to train a model on it; no setting overrides this';
      findings.add({ rule: 'discord-origin', level: 'error', file: name, row: read.row, what, effect });
    }
    looks ??= looksAt(read.value);
    looks.look(read.value, read.row);
  }
  if (rows === 0) {
    const effect = 'there is nothing to learn';
    findings.add({ rule: 'empty-file', level: 'error', file: name, what: 'it has no row', effect });
  }
  looks?.end();
  across.endOf(name);
  return {
    path: name,
    ...looks?.file,
    ...(split ? { split } : {}),
    form,
    rows,
    bytes,
    sha256,
    found: findings.countsOf(name),
  };

  function faultsOf({ row, faults }: ReadRow): void {
    for (const { fault, what } of faults) {
      findings.add({ rule: fault, file: name, row, what, ...FORM_RULES[fault] });
    }
  }

  function looksAt(value: Readonly<Record<string, unknown>>): Looks {
    const seen = recognise(value, form, told);
    if (seen === 'batch') return batchLooks();
    if (seen) return rowLooks({ ...seen, form, split });
    const what = `its columns (${Object.keys(value).slice(0, 8).join(', ').slice(0, 120)}) are no engine’s`;
    const effect = 'nothing was checked in it: say --engine, and --kind';
    findings.add({ rule: 'unknown-columns', level: 'error', file: name, what, effect });
    return { file: {}, look() {}, end() {} };
  }

  function rowLooks(file: FileForm): Looks {
    const begun = rulesFor(file.engine).flatMap((rule) => {
      const look = rule.begin(file);
      return look ? [{ rule, look }] : [];
    });
    return {
      file: { engine: file.engine, kind: file.kind },
      look(value, row) {
        const checked = checkedRow(value, { ...file, maxTokens: told.maxTokens });
        for (const one of begun) tell(one, checked, row);
        across.look(checked, { file: name, row });
      },
      end() {},
    };
  }

  function tell(
    { rule, look }: { readonly rule: Rule; readonly look: Look },
    checked: Parameters<Look>[0],
    row: number,
  ): void {
    const what = look(checked);
    if (what === undefined) return;
    findings.add({ rule: rule.id, level: rule.level, file: name, row, what, effect: rule.effect });
  }

  function batchLooks(): Looks {
    const batch = lookAtBatch(seenIn(name));
    return {
      file: { engine: 'batch' },
      look(value, row) {
        for (const { id, ...problem } of batch.look(value))
          findings.add({ rule: id, file: name, row, ...problem });
      },
      end() {
        for (const { id, ...problem } of batch.end(bytes)) findings.add({ rule: id, file: name, ...problem });
      },
    };
  }
}

type Looks = {
  readonly file: Pick<CheckedFile, 'engine' | 'kind'>;
  look(value: Readonly<Record<string, unknown>>, row: number): void;
  end(): void;
};

/** A row as it would stand in a file of JSON Lines. */
function jsonOf(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one));
}

/** The split that a file’s name tells of: `sft.val.jsonl`, `train-00000.parquet`. */
function splitIn(name: string): Split | undefined {
  const last = name.split(/[/\\]/u).at(-1) ?? '';
  const words = last.toLowerCase().split(/[^a-z]+/u);
  if (words.includes('validation')) return 'val';
  return SPLITS.find((split) => words.includes(split));
}
