import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Findings } from './finding.ts';

const entrySchema = z.object({
  file_name: z.string(),
  formatting: z.string().optional(),
  columns: z.object({ messages: z.string() }),
  tags: z.record(z.string(), z.string()).optional(),
});

/** What sharegpt’s reader of LLaMA-Factory must be told, since its own names are others. */
const TAGS = {
  role_tag: 'role',
  content_tag: 'content',
  user_tag: 'user',
  assistant_tag: 'assistant',
  system_tag: 'system',
} as const;

/** What is wrong with the entry of a file; undefined where LLaMA-Factory finds its messages by it. */
export function entryProblem(info: unknown, file: string): string | undefined {
  const entries = z.record(z.string(), z.unknown()).safeParse(info).data;
  if (!entries) return 'dataset_info.json is no object';
  const named = Object.values(entries).filter(
    (entry) => z.object({ file_name: z.literal(file) }).safeParse(entry).success,
  );
  if (named.length === 0) return `no entry of dataset_info.json names ${file}`;
  const entry = entrySchema.safeParse(named[0]).data;
  if (!entry) return `the entry of ${file} names no column of messages`;
  if (entry.formatting !== 'sharegpt') return `the formatting of ${file} is not sharegpt`;
  if (entry.columns.messages !== 'messages') return `the entry of ${file} takes another column for messages`;
  const odd = Object.entries(TAGS).find(([tag, value]) => entry.tags?.[tag] !== value);
  return odd && `the entry of ${file} does not say that ${odd[0]} is ${odd[1]}`;
}

/**
 * Looks whether `dataset_info.json` beside a file of LLaMA-Factory’s tells how to read it, or the same rows in
 * the other form.
 */
export async function checkDatasetInfo(path: string, name: string, findings: Findings): Promise<void> {
  const add = (what: string) =>
    findings.add({
      ...{ rule: 'llama-factory-dataset-info', level: 'error', file: name, what },
      effect: 'LLaMA-Factory does not find the data set, or finds no messages in it',
    });
  let info: unknown;
  try {
    info = JSON.parse(await readFile(join(dirname(path), 'dataset_info.json'), 'utf8'));
  } catch {
    add('there is no dataset_info.json beside it that can be read');
    return;
  }
  const file = basename(path);
  const twin = file.endsWith('.parquet')
    ? file.replace(/parquet$/u, 'jsonl')
    : file.replace(/jsonl$/u, 'parquet');
  const problem = entryProblem(info, file);
  if (problem !== undefined && entryProblem(info, twin) !== undefined) add(problem);
}
