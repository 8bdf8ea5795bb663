import type { Listeners } from './listeners.ts';
import type { ActionName, Message, MessageType, Question } from './messages.ts';

/** Which scene to open: a known one, a new one, or (without either) what is playing. */
export type OpenOptions = {
  /** Id of a scene, or of one of its rooms. */
  readonly scene?: string;
  readonly start?: {
    /** Id of a scene that ships with the stage. */
    readonly script?: string;
    readonly title?: string;
    readonly setting?: string;
    /** Card ids. */
    readonly cast?: readonly string[];
  };
  /** The player of this session; under the same `id` they are the same person whenever they come back. */
  readonly as?: { readonly id?: string; readonly name: string; readonly sheet?: string };
  /** Scope `peek`: a `thoughts` event after each line of a character. Not for the eyes of players. */
  readonly thoughts?: boolean;
};

/** Any message of the protocol; its answer is of this type. */
export type Ask = <T extends MessageType>(message: Question) => Promise<Message<T>>;

/**
 * A stage that was joined. Each call resolves with the stage’s answer, or rejects with a `StageError`, whose `code` says
 * why. Lines and events (`say`, `act`, `whisper`, `perceive`) outlive a lost connection; all else rejects with `lost`.
 */
export type Stage = {
  /** The newest greeting: scopes of the token, who could be cast, what is playing. */
  readonly hello: Message<'hello'>;
  readonly on: Listeners['on'];
  readonly ask: Ask;
  /** `as` and `thoughts` hold for later calls, too: who goes to a room opens it with `{ scene: place }`. */
  open(options?: OpenOptions): Promise<Message<'opened'>>;

  /** `addressed`: card ids. Scope `play`, as for `act` and `whisper`. */
  say(text: string, addressed?: readonly string[]): Promise<Message<'heard'>>;
  act(text: string): Promise<Message<'heard'>>;
  /** Only these card ids ever know. */
  whisper(to: readonly string[], text: string): Promise<Message<'heard'>>;

  /** Something happened, and exactly these noticed: card ids, `player`, or `everyone`. Scope `direct`, as for all below. */
  perceive(text: string, witnesses: readonly string[]): Promise<Message<'heard'>>;
  /** A turn: of a card id, of `environment`, or of whom the director picks. Resolves when it is asked for. */
  next(who?: string): Promise<Message<'done'>>;
  /** Brings a card id on stage, or lets them leave. */
  cast(character: string, present?: boolean): Promise<Message<'done'>>;
  /** What the game can show; of one card id, else of all. Actions then carry `cue` where one fits. */
  cues(actions: readonly ActionName[], character?: string): Promise<Message<'done'>>;
  /** Milliseconds (500 to 120,000) after which a turn of which nothing was shown becomes a line from the card; null: none. */
  pace(deadlineMs: number | null): Promise<Message<'done'>>;
  /** The turn in the making ends; what was shown of it stays. */
  interrupt(): Promise<Message<'done'>>;
  /** Nobody goes on by themselves until somebody speaks. */
  stop(): Promise<Message<'done'>>;
  /** The same name again takes the place of the one before. */
  save(name: string): Promise<Message<'saved'>>;
  saves(): Promise<Message<'saves'>>;
  /** Another scene that goes on from there is open from now on; the one before stays as it is. */
  load(save: string): Promise<Message<'opened'>>;
  /** A card id, or `player`, goes to a room by its name, or to `main`. */
  move(who: string, to: string): Promise<Message<'moved'>>;

  /** What was thought in a line. Scope `peek`. */
  peek(beat: number): Promise<Message<'thoughts'>>;
  /** Beats before this one. Needs no scope. */
  history(before: number): Promise<Message<'history'>>;
  close(): void;
};
