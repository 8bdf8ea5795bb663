import type { Conversation, SheetCharacter } from '../record/conversation.ts';
import type { Left } from './loaded.ts';

/** A turn as a source has it. */
export type RawTurn = {
  readonly speaker: string;
  readonly text: string;
  readonly format: 'coser' | 'her';
  /** Its place in the source’s dialogue; places, where the source merged some itself. */
  readonly from: readonly number[];
  /** System thinking that the source keeps beside the text. */
  readonly plan?: string;
  /** The source tells of this speaker only what can be seen and heard: any thought in it is a slip. */
  readonly visibleOnly?: boolean;
};

/** A conversation as a source has it; what a source does not say is left out. */
export type RawConversation = Pick<Conversation, 'id' | 'key' | 'source'> &
  Partial<Pick<Conversation, 'chapter' | 'topic' | 'summary' | 'passage' | 'scenario' | 'completed'>> & {
    readonly origin?: Conversation['origin'];
    readonly characters: readonly (Partial<SheetCharacter> & Pick<SheetCharacter, 'name'>)[];
    readonly turns: readonly RawTurn[];
    /** What of the source is in no turn, and why. */
    readonly left?: readonly Left[];
  };

/** What a reader made of a piece of a source. `place`: within the piece, for a person. */
export type Found =
  | { readonly place?: string; readonly raw: RawConversation }
  | { readonly place?: string; readonly left: Left };

/** As `Found`, with where it stands in the file. */
export type FoundAt = Found & { readonly where: string };

/** Of what is not taken, so much is told. Characters. */
export const TOLD = 4000;

/** Of a value that is no conversation. */
export function leftOf(why: string, detail: string, value: unknown): Left {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return { why, detail, text: text.slice(0, TOLD).toWellFormed() };
}
