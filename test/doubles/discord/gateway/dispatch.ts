/** An event on its way to the sessions that may have it. */
export type Dispatch = {
  readonly t: string;
  readonly d: object;
  /** What a session without the Message Content intent gets instead, where that differs. */
  readonly bare?: object;
  /** The intents of which a session needs one; 0 where everyone gets it. */
  readonly intent: number;
  /** `null` for what belongs to no server: that goes to shard 0. */
  readonly serverId: string | null;
};
