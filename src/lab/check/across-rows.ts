import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDiskMap } from '../folder/disk-map.ts';
import type { CheckedRow } from './checked-row.ts';
import type { Findings } from './finding.ts';
import { isRecord } from './rows/read-row.ts';
import { decisionOf, type Truth } from './rules/grm.ts';
import { told } from './rules/rule.ts';

/** What only shows where rows are held against each other, over all files that are looked at. */
export type AcrossRows = AsyncDisposable & {
  look(row: CheckedRow, at: { readonly file: string; readonly row: number }): void;
  /** What is known once a file is read. */
  endOf(file: string): void;
};

/** Differences between places that are no chance and still nothing to worry about. */
const UNEVEN = 0.05;

type Places = { cand_1: number; cand_2: number; halves: number };

/**
 * Ids that are there twice, conversations in two splits, pairs of a judge without their other order. What was
 * seen is kept on disk: memory does not grow with it.
 *
 * @throws OperatorError where nothing can be written to the folder for such files
 */
export async function acrossRows(findings: Findings): Promise<AcrossRows> {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-check-'));
  const seen = openDiskMap(join(folder, 'seen.db'));
  const judged = new Map<string, Places>();

  function ids(row: CheckedRow, id: string, at: { file: string; row: number }): void {
    const key = hashed('id', row.engine, row.kind, row.form, id);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, `${at.file}, row ${at.row}`);
      return;
    }
    findings.add({
      ...{ rule: 'same-id', level: 'error', ...at },
      what: `the id ${told(id)} is there before: ${before}`,
      effect: 'it is learnt twice, or a test is learnt',
    });
  }

  function splits(row: CheckedRow, conversation: string, at: { file: string; row: number }): void {
    if (row.split === undefined) return;
    const key = hashed('conversation', conversation);
    const before = seen.get(key);
    if (before === undefined) seen.set(key, row.split);
    else if (before !== row.split) {
      findings.add({
        ...{ rule: 'split-overlap', level: 'error', ...at },
        what: `the conversation ${told(conversation)} is in ${before} as well as in ${row.split}`,
        effect: 'what is measured was learnt: figures are too good',
      });
    }
  }

  function orders(row: CheckedRow, id: string, at: { file: string; row: number }): void {
    const decision = decisionOf(row);
    const [, pair, order] = /^(.+)\/([12])$/u.exec(id) ?? [];
    if (decision === undefined || pair === undefined || order === undefined) return;
    const counts = judged.get(at.file) ?? { cand_1: 0, cand_2: 0, halves: 0 };
    judged.set(at.file, counts);
    if (decision !== 'tie') counts[decision] += 1;
    const key = hashed('pair', at.file, pair);
    const before = seen.get(key);
    if (before === undefined) {
      counts.halves += 1;
      seen.set(key, `${order} ${decision}`);
      return;
    }
    const [otherOrder, other] = before.split(' ');
    if (otherOrder === order) return;
    counts.halves -= 1;
    if (other === MIRRORED[decision]) return;
    findings.add({
      ...{ rule: 'grm-orders', level: 'error', ...at },
      what: `${decision} is better here, and ${other} in the other order of ${told(pair)}`,
      effect: 'the judge learns that the place decides',
    });
  }

  return {
    look(row, at) {
      const { id, conversation } = traceIn(row.value);
      if (id !== undefined) ids(row, id, at);
      if (conversation !== undefined) splits(row, conversation, at);
      if (id !== undefined) orders(row, id, at);
    },
    endOf(file) {
      const counts = judged.get(file);
      if (!counts) return;
      const { cand_1: first, cand_2: second, halves } = counts;
      if (halves > 0) {
        findings.add({
          ...{ rule: 'grm-one-order', level: 'error', file },
          what: `${halves} pairs are there in one order alone`,
          effect: 'the judge learns to like a place',
        });
      }
      if (Math.abs(first - second) > UNEVEN * (first + second)) {
        findings.add({
          ...{ rule: 'grm-places', level: 'error', file },
          what: `cand_1 is better ${first} times, cand_2 ${second} times`,
          effect: 'the judge learns to like a place',
        });
      }
    },
    async [Symbol.asyncDispose]() {
      seen[Symbol.dispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const MIRRORED: Readonly<Record<Truth, Truth>> = { cand_1: 'cand_2', cand_2: 'cand_1', tie: 'tie' };

/** Where a row came from, as our export writes it down, and HER’s. */
function traceIn(value: Readonly<Record<string, unknown>>): {
  readonly id: string | undefined;
  readonly conversation: string | undefined;
} {
  const info = isRecord(value['extra_info']) ? value['extra_info'] : {};
  const id = [value['id'], value['trace_id'], info['trace_id']].find((one) => typeof one === 'string');
  const conversation = [value['conversation'], info['conversation']].find((one) => typeof one === 'string');
  return {
    id: typeof id === 'string' && id !== '' ? id : undefined,
    conversation: typeof conversation === 'string' && conversation !== '' ? conversation : undefined,
  };
}

function hashed(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 24);
}
