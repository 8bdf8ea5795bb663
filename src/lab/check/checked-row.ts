import { isRl } from '../export/engines/row-of.ts';
import type { Engine, Kind, Split } from '../export/sample.ts';
import { isRecord } from './rows/read-row.ts';

/** What a file is taken for. */
export type FileForm = {
  readonly engine: Engine;
  readonly kind: Kind;
  readonly form: 'jsonl' | 'parquet';
  readonly split?: Split | undefined;
};

export type Message = {
  readonly role: string;
  readonly content: string;
  /** As ms-swift has it. */
  readonly loss?: unknown;
};

/** A row as the rules see it. */
export type CheckedRow = FileForm & {
  readonly value: Readonly<Record<string, unknown>>;
  /** All messages that the engine sees, the answer among them; undefined where it would not find any. */
  readonly messages: readonly Message[] | undefined;
  /** How many of them, at the end, are the answer that is learnt; 0 where it is rewarded. */
  readonly answers: number;
  /** Most of a row, as it is estimated; undefined where nobody said. */
  readonly maxTokens?: number | undefined;
};

/** A row of a file, as its engine reads it. */
export function checkedRow(
  value: Readonly<Record<string, unknown>>,
  file: FileForm & { readonly maxTokens?: number | undefined },
): CheckedRow {
  const messages = READ[file.engine](value, file.kind);
  const last = messages?.at(-1)?.role === 'assistant' ? 1 : 0;
  return { ...file, value, messages, answers: isRl(file.kind) ? 0 : last };
}

type Read = (value: CheckedRow['value'], kind: Kind) => readonly Message[] | undefined;

const READ: Readonly<Record<Engine, Read>> = {
  'ms-swift': (value) => messagesIn(value['messages']),
  'llama-factory': (value) => messagesIn(value['messages']),
  verl: (value, kind) => messagesIn(value[isRl(kind) ? 'prompt' : 'messages']),
  trl(value, kind) {
    if (isRl(kind)) return messagesIn(value['prompt']);
    return value['messages'] === undefined || value['messages'] === null
      ? joined(messagesIn(value['prompt']), messagesIn(value['completion']))
      : messagesIn(value['messages']);
  },
  openrlhf(value, kind) {
    const input = textOrMessages(value['input'], 'user');
    return isRl(kind) ? input : joined(input, textOrMessages(value['output'], 'assistant'));
  },
};

/** A list of chat messages; undefined where it is none. */
export function messagesIn(value: unknown): readonly Message[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const messages: Message[] = [];
  for (const one of value) {
    if (!isRecord(one)) return undefined;
    const { role, content, loss } = one;
    if (typeof role !== 'string' || typeof content !== 'string') return undefined;
    messages.push({ role, content, ...(loss === undefined || loss === null ? {} : { loss }) });
  }
  return messages;
}

function textOrMessages(value: unknown, role: string): readonly Message[] | undefined {
  return typeof value === 'string' ? [{ role, content: value }] : messagesIn(value);
}

function joined(
  prompt: readonly Message[] | undefined,
  answer: readonly Message[] | undefined,
): readonly Message[] | undefined {
  return prompt && answer ? [...prompt, ...answer] : undefined;
}
