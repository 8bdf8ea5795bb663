/**
 * What travels between an application and a stage, version 1 of its protocol (docs/protocol.md). Written out here, since
 * this package stands on nothing else; a test of the repository holds it to the stage’s own types.
 */

export type Scope = 'play' | 'direct' | 'peek' | 'mind' | 'xray' | 'admin';

export type Actor = { readonly id: string; readonly name: string };

/** What anybody there could see or hear. */
export type Segment = {
  readonly kind: 'action' | 'speech';
  readonly text: string;
  /** Of an action: which of the declared `cues` it is. */
  readonly cue?: string;
};

export type Thought = { readonly kind: 'thought'; readonly text: string };

export type Beat = {
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: 'line' | 'narration' | 'entrance' | 'exit' | 'setting' | 'time';
  readonly speaker?: Actor;
  readonly segments: readonly Segment[];
  readonly alternativeTo?: number;
  /** Id of a room; absent: the main place. */
  readonly place?: string;
  readonly inferred?: true;
  /** A line from the card: the model was too slow, or could not answer. */
  readonly fallback?: true;
  /** It was interrupted. */
  readonly cut?: true;
  /** Scope `peek`: how many thoughts there are. */
  readonly thoughts?: number;
};

export type Whisper = {
  readonly n: number;
  readonly from: Actor;
  readonly to: readonly Actor[];
  readonly text: string;
};

export type Scene = {
  readonly id: string;
  readonly title: string;
  readonly tagline: string;
  readonly setting: string;
  readonly status: 'playing' | 'paused' | 'ended';
  readonly preset: string;
  /** `id`: the card id. */
  readonly cast: readonly {
    readonly id: string;
    readonly name: string;
    readonly avatar: string;
    readonly color: number;
    readonly about: string;
    readonly present: boolean;
    readonly place?: string;
  }[];
  readonly players: readonly (Actor & { readonly present: boolean; readonly place?: string })[];
  readonly rooms: readonly { readonly id: string; readonly name: string }[];
  readonly clock?: string;
  readonly beats: number;
  readonly turnsLeft: number;
  readonly turnsPerLine: number;
  /** Absent: the scripted demo plays. */
  readonly model?: string;
  /** The name this session plays under. */
  readonly you: string;
};

export type Library = {
  readonly characters: readonly {
    readonly id: string;
    readonly name: string;
    readonly about: string;
    readonly tags: readonly string[];
  }[];
  readonly scenes: readonly {
    readonly id: string;
    readonly title: string;
    readonly tagline: string;
    readonly cast: readonly string[];
  }[];
};

export type Playing = readonly {
  readonly id: string;
  readonly title: string;
  readonly status: Scene['status'];
}[];

export type Save = {
  readonly id: string;
  readonly name: string;
  readonly beat: number;
  readonly at: number;
};

/** Everything that a stage tells an application, by type. */
export type Messages = {
  hello: { run: string; protocol: 1; scopes: readonly Scope[]; library: Library; playing: Playing };
  opened: {
    scene: Scene;
    place?: string;
    revision: number;
    /** True: forget what was shown, `beats` is all there is. */
    reset: boolean;
    beats: readonly Beat[];
    earlier: boolean;
    whispers: readonly Whisper[];
  };
  beat: { beat: Beat };
  update: { n: number; beat?: Beat; revision: number };
  partial: { turn: string; speaker: Actor; segment: Segment; place?: string };
  withdraw: { turn: string };
  typing: { who?: Actor; why?: string; place?: string };
  scene: { scene: Scene };
  notice: { kind: string; text: string; retry: boolean; place?: string };
  whisper: { whisper: Whisper };
  library: { library: Library };
  playing: { playing: Playing };
  thoughts: { beat: number; thoughts: readonly Thought[] };
  done: object;
  heard: { beat: number };
  rated: { beat: number; counted: boolean };
  reply: { text: string; moved?: string };
  history: { beats: readonly Beat[]; earlier: boolean };
  saved: { save: Save };
  saves: { saves: readonly Save[] };
  moved: { who: string; place?: string };
  error: { code: string; message: string };
};

export type MessageType = keyof Messages;
/** `re` is that of what it answers. */
export type Message<T extends MessageType = MessageType> = {
  [K in T]: { readonly type: K; readonly re?: string } & Readonly<Messages[K]>;
}[T];

/** What an application sends: docs/protocol.md says which fields each type has. `re` is added to it. */
export type Question = { readonly type: string; readonly [field: string]: unknown };

/** The name of an action that the game can show, and words that say what it is. */
export type ActionName = { readonly name: string; readonly means?: string };
