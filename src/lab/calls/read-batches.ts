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
  /** The model’s own channel. */
  readonly reasoning: string;
  readonly end: End;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
};

/** Of a request its model, by the name under which its answer comes. */
export type Asked = { get(id: string): string | undefined; set(id: string, model: string): unknown };

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
  {
    journal,
    read,
    keep = ({ text }) => text,
    asked = new Map(),
  }: {
    readonly journal: Journal;
    readonly read: ReadAnswer;
    /** What of an answer is written down. */
    readonly keep?: (answer: ReturnType<ReadAnswer>) => string;
    /** Where the names of requests and their models are kept meanwhile. */
    readonly asked?: Asked;
  },
  signal: AbortSignal,
): Promise<BatchRead> {
  await rememberRequests(folder, asked);
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
    const { text: _text, reasoning: _reasoning, end, ...tokens } = answer;
    await journal.append({
      key: result.id,
      text: keep(answer),
      end,
      usage: { model, ...tokens, msToFirst: 0, msToLast: 0 },
    });
    return 'taken';
  }
}

/** Notes all requests that were written into batch files of a folder. */
export async function rememberRequests(folder: string, asked: Asked): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^batch-\d+\.jsonl$/.test(name));
  for (const name of names.sort()) {
    for await (const line of linesOf(join(folder, name))) {
      const request = readRequest(line);
      if (request) asked.set(request.id, request.model);
    }
  }
}
