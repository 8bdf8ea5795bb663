/** Words for one player alone, while something of theirs can still be answered (Discord: 15 minutes). */
export type FollowUps = {
  /** False where nothing of theirs in this channel can be answered any more. Never throws. */
  send(channel: string, player: string, text: string): Promise<boolean>;
};
