import { OperatorError } from '../../../errors.ts';
import { isMarkedDiscord } from '../../../scene/origin.ts';
import { whatIsWrong } from '../../coser/files/records-in.ts';
import { linesOf } from '../../judge/input/read-files.ts';
import { type Conversation, conversationSchema } from '../../synth/record/conversation.ts';

export type ReadConversation =
  | { readonly kind: 'record'; readonly record: Conversation }
  | {
      readonly kind: 'reject';
      readonly id: string;
      readonly why: 'no-json' | 'no-conversation';
      readonly detail: string;
    };

/**
 * The conversations of files of records, one at a time. Words that came through Discord, or of which nothing
 * says that they did not, refuse the whole file: no flag and no setting overrides it.
 *
 * @throws OperatorError for such a file, and one that cannot be read; the signal’s reason when aborted
 */
export async function* readConversations(
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ReadConversation> {
  for (const path of paths) {
    let number = 0;
    for await (const line of linesOf(path)) {
      signal.throwIfAborted();
      number += 1;
      if (line.trim() !== '') yield conversationIn(line, path, number);
    }
  }
}

function conversationIn(line: string, path: string, number: number): ReadConversation {
  const where = `${path}, line ${number}`;
  if (isMarkedDiscord(line)) {
    throw new OperatorError(`${where}: refused, it came through Discord; no setting overrides this.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'reject', id: where, why: 'no-json', detail: line.slice(0, 200) };
  }
  const read: { success: boolean; data?: Conversation; error?: Parameters<typeof whatIsWrong>[0] } =
    conversationSchema.safeParse(value);
  if (read.data) return { kind: 'record', record: read.data };
  if (read.error?.issues.some(({ path: [first] }) => first === 'origin')) {
    throw new OperatorError(
      `${where}: refused, it came through Discord or nothing says that it did not; no setting overrides this.`,
    );
  }
  return {
    ...{ kind: 'reject', id: where, why: 'no-conversation' },
    detail: read.error ? whatIsWrong(read.error) : '',
  };
}
