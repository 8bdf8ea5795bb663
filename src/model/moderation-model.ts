/** What an endpoint for moderation says of a text. */
export type ModerationVerdict = {
  readonly flagged: boolean;
  /** Names of the categories that were flagged. */
  readonly categories: readonly string[];
};

export type ModerationModel = {
  readonly name: string;
  /** Throws `ModelError` where it cannot answer; the signal's reason when aborted. */
  check(text: string, signal: AbortSignal): Promise<ModerationVerdict>;
};
