const discordEpoch = 1_420_070_400_000n;

/**
 * A source of ids as Discord makes them: 19 digits (the client's route buckets count on 17 to 19), growing,
 * with the time of birth in the upper bits. Growing even where the clock stands still or is set back.
 */
export function createSnowflakes(aheadMs = 0): () => string {
  let last = 0n;
  return () => {
    const now = (BigInt(Date.now() + aheadMs) - discordEpoch) << 22n;
    last = now > last ? now : last + 1n;
    return last.toString();
  };
}

/** The moment a snowflake was made, in milliseconds since 1970. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) >> 22n) + discordEpoch);
}

/** Whether `a` was made before `b`. Ids outgrow a double, so they are compared as integers. */
export function isOlder(a: string, b: string): boolean {
  return BigInt(a) < BigInt(b);
}

/** What every function of the double takes where it needs an id: the id, or anything that has one. */
export type Ref = string | { readonly id: string };

/** The id behind a reference. */
export function idOf(ref: Ref): string {
  return typeof ref === 'string' ? ref : ref.id;
}
