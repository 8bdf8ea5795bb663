import type { ReplyFile } from '../reply-file.ts';

/** How much of a person is stored, for them. */
export type Held = {
  /** Scenes in which they have a part. */
  readonly scenes: number;
  readonly lines: number;
  readonly whispers: number;
  readonly personas: number;
  readonly reports: number;
  /** Characters and worlds that they brought to servers. */
  readonly cards: number;
  /** Principles that they added for servers. */
  readonly principles: number;
  /** Choices of theirs that were counted. */
  readonly chosen: number;
  readonly optedOut: boolean;
  /** They let their choices (swipes, votes) be counted; off until they say so. */
  readonly choices: boolean;
};

/** Scenes that were gone through, and entries of theirs that were erased in them. */
export type Erased = { readonly scenes: number; readonly beats: number };

/** What a person may do with what is stored of them. Ids are stage user ids. */
export type Privacy = {
  what(person: string): Promise<Held>;
  /** All of it, as files they can read. */
  export(person: string): Promise<readonly ReplyFile[]>;
  /** Their words, names, personas, secrets and reports, wherever they were kept or derived from. */
  erase(person: string): Promise<Erased>;
  /** They leave every scene; from now on nothing that they write is heard or recorded, anywhere. */
  optOut(person: string): Promise<void>;
  /** They are heard again; `choices` also lets their choices be counted. */
  optIn(person: string, choices: boolean): Promise<void>;
  optedOut(person: string): Promise<boolean>;
  /** They let their choices be counted. */
  countsChoices(person: string): Promise<boolean>;

  /** The bot was removed from a server: its data is deleted when the grace period is over. */
  serverLeft(server: string): Promise<void>;
  /** It is there again; nothing is deleted. */
  serverBack(server: string): Promise<void>;
  /** The bot is in these servers, and in no others: those that it knows are noted as left or as taken back. */
  serversAre(present: ReadonlySet<string>): Promise<void>;
  /** Deletes all of a server now. Returns how many scenes. */
  eraseServer(server: string): Promise<number>;
  /** Deletes what is due: scenes whose time is over (warned of before), servers that were left. */
  sweep(): Promise<{ readonly warned: number; readonly erased: number }>;
  /**
   * Another process wrote this document of a person, or (absent) may have written any: their wish is read
   * anew, and an erasure that it began is carried out in what this one serves.
   */
  changedElsewhere(key?: string): Promise<void>;
  /** Resolves when no erasure is under way. */
  settled(): Promise<void>;
};
