import type { Conversation } from '../record/conversation.ts';

/** Something of a source that is not taken: nothing is dropped in silence. */
export type Left = {
  /** One of a few, in kebab case: they are counted. */
  readonly why: string;
  /** For a person: one line. */
  readonly detail?: string;
  /** As it stands there, cut at some thousand characters. */
  readonly text?: string;
};

/** What of a source was read: a conversation, or a piece that is none. */
export type Loaded =
  | {
      readonly kind: 'record';
      readonly record: Conversation;
      /** Turns that are not in it. */
      readonly rejects: readonly Left[];
      readonly counts: Readonly<Record<string, number>>;
    }
  | (Left & {
      readonly kind: 'reject';
      /** File and line, or file and place in its list. */
      readonly where: string;
    });

export type SourceForm = 'coser' | 'her' | 'transcript' | 'scene';

/** A file that is read. */
export type SourceFile = {
  readonly path: string;
  /** Left out: what its content says. Given: whatever is of another form is refused. */
  readonly form?: SourceForm;
};

export type LoadOptions = {
  /** Of files that were begun: bytes read so far, for whoever shows progress. */
  readonly onBytes?: (path: string, bytes: number) => void;
};
