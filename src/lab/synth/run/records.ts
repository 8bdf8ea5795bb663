import type { z } from 'zod';
import { OperatorError } from '../../../errors.ts';
import { whatIsWrong } from '../../coser/files/records-in.ts';
import { linesOf } from '../../judge/input/read-files.ts';
import { type Conversation, conversationSchema } from '../record/conversation.ts';

/** One line of a file of records: a conversation, or what is wrong with it. */
export type ReadRecord =
  | { readonly line: number; readonly record: Conversation; readonly fault?: undefined }
  | { readonly line: number; readonly record?: undefined; readonly fault: string };

/**
 * The conversations of a file of records, one at a time.
 * @throws OperatorError where the file cannot be read; the signal’s reason when aborted
 */
export async function* readRecords(path: string, signal: AbortSignal): AsyncGenerator<ReadRecord> {
  let number = 0;
  for await (const line of linesOf(path)) {
    signal.throwIfAborted();
    number += 1;
    if (line.trim() === '') continue;
    const read = recordIn(line);
    yield 'record' in read ? { line: number, record: read.record } : { line: number, fault: read.fault };
  }
}

/** As `readRecords`, of a file that a step wrote. @throws OperatorError for a line that is none */
export async function* ownRecords(path: string, signal: AbortSignal): AsyncGenerator<Conversation> {
  for await (const { line, record, fault } of readRecords(path, signal)) {
    if (record === undefined) throw new OperatorError(`${path}, line ${line}: ${fault}`);
    yield record;
  }
}

function recordIn(line: string): { record: Conversation } | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { fault: 'it is no JSON' };
  }
  const read: z.ZodSafeParseResult<Conversation> = conversationSchema.safeParse(value);
  return read.success ? { record: read.data } : { fault: whatIsWrong(read.error) };
}
