import type { Segment } from '../../../format/segments.ts';

/** One line of a dialogue between the simulated user and the tested model. */
export type Message = {
  readonly by: 'user' | 'actor';
  /** What the other side and every judge see; '' where nothing could be played. */
  readonly text: string;
  /** As its speaker knows it, with what it thought. Nobody else’s prompt is made from this. */
  readonly segments: readonly Segment[];
  /** It stands in the data; no model wrote it now. */
  readonly given: boolean;
};

/** A user’s line and the answer to it. `number` counts from 1. */
export type Exchange = { readonly number: number; readonly user: Message; readonly actor: Message };

/** A stretch of a dialogue that is judged at once. */
export type Chunk = {
  readonly number: number;
  readonly exchanges: readonly Exchange[];
  /** What came before it, the opening too. */
  readonly before: readonly Message[];
};

/** A line of the data. */
export function givenMessage(by: Message['by'], text: string): Message {
  return { by, text: text.trim(), segments: [{ kind: 'speech', text: text.trim() }], given: true };
}
