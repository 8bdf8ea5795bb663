import type { RlSample, Sample, SftSample, Split } from '../sample.ts';
import type { Columns, Json, Row } from './columns.ts';

/** Where a row stands: its number in its file, from 0. */
export type RowPlace = { readonly index: number; readonly split: Split };

/** How one engine has its samples; absent where it cannot learn from such. */
export type EngineRows = {
  readonly sft: {
    row(sample: SftSample, place: RowPlace): Row;
    readonly columns: Columns;
    /** The engine reads no JSON Lines here. */
    readonly parquetOnly?: true;
  };
  readonly rl?: {
    row(sample: RlSample, place: RowPlace): Row;
    readonly columns: Columns;
  };
};

/** What tells where a row came from; engines pass over columns they do not know. */
export function traceOf({ id, source }: Sample): { readonly id: string; readonly conversation: string } {
  return { id, conversation: source.conversation };
}

export const TRACE = { id: 'string', conversation: 'string' } as const satisfies Columns;

/** The reward context as the one string in which every engine hands it on; '' where there is none. */
export function rewardContextOf({ reward }: RlSample): string {
  return reward === undefined ? '' : JSON.stringify(reward);
}

/** Messages as values of JSON. */
export function messagesOf(messages: SftSample['messages']): Json[] {
  return messages.map(({ role, content }) => ({ role, content }));
}
