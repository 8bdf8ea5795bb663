import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatDelta } from '../../model/chat-model.ts';
import { linesOf } from '../judge/input/read-files.ts';
import { readRequest, readResult } from './batch-line.ts';
import type { Journal } from './journal.ts';

type End = Extract<ChatDelta, { type: 'end' }>['reason'];

/** An answer of an endpoint, taken apart; tokens where the server counted. */
export type ReadAnswer = (body: unknown) => {
  readonly text: string;
  readonly end: End;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
};

export type BatchRead = {
  /** Answers that were taken. */
  readonly taken: number;
  /** The server would not answer these, or its answer made no sense; they are asked again. */
  readonly refused: number;
  /** Answered before. */
  readonly double: number;
  /** Ids that stand in no batch file of this folder. */
  readonly unknown: number;
  /** Lines that are no result. */
  readonly unread: number;
};

/**
 * Takes the results of batches into the journal, in any order, errors among them or in files of their own.
 * @throws OperatorError for a file that cannot be read
 */
export async function readBatches(
  paths: readonly string[],
  folder: string,
  { journal, read }: { readonly journal: Journal; readonly read: ReadAnswer },
  signal: AbortSignal,
): Promise<BatchRead> {
  const asked = await requestsIn(folder);
  const counts = { taken: 0, refused: 0, double: 0, unknown: 0, unread: 0 };
  for (const path of paths) {
    for await (const line of linesOf(path)) {
      signal.throwIfAborted();
      if (line.trim() !== '') counts[await take(line)] += 1;
    }
  }
  return counts;

  async function take(line: string): Promise<keyof BatchRead> {
    const result = readResult(line.replace(/^\uFEFF/, ''));
    if (!result) return 'unread';
    const model = asked.get(result.id);
    if (model === undefined) return 'unknown';
    if (result.kind === 'refused') return 'refused';
    if (journal.has(result.id)) return 'double';
    let answer: ReturnType<ReadAnswer>;
    try {
      answer = read(result.body);
    } catch {
      return 'refused';
    }
    const { text, end, ...tokens } = answer;
    await journal.append({
      key: result.id,
      text,
      end,
      usage: { model, ...tokens, msToFirst: 0, msToLast: 0 },
    });
    return 'taken';
  }
}

/** All requests that were written into batch files here, with their models. */
async function requestsIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const requests = new Map<string, string>();
  const names = (await readdir(folder)).filter((name) => /^batch-\d+\.jsonl$/.test(name));
  for (const name of names.sort()) {
    for await (const line of linesOf(join(folder, name))) {
      const request = readRequest(line);
      if (request) requests.set(request.id, request.model);
    }
  }
  return requests;
}
