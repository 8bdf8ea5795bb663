import type { WireBeat } from '../wire-shapes.ts';
import type { Connection } from './connection.ts';

export type Thumb = 'up' | 'down';

/** 👍 and 👎 of whoever sits at this page, for lines as they read: another version has its own. */
export type Ratings = {
  of(beat: WireBeat): Thumb | undefined;
  /** The thumb that counts then. Never rejects. */
  rate(beat: WireBeat, thumb: Thumb | undefined): Promise<Thumb | undefined>;
};

export function createRatings(
  connection: Connection,
  { onUncounted, onProblem }: { onUncounted(): void; onProblem(error: unknown): void },
): Ratings {
  const thumbs = new Map<string, Thumb>();
  const keyOf = ({ n, segments }: WireBeat) => JSON.stringify([n, segments]);

  return {
    of: (beat) => thumbs.get(keyOf(beat)),
    async rate(beat, thumb) {
      const key = keyOf(beat);
      try {
        const asked = { type: 'rate', beat: beat.n, thumb: thumb ?? null } as const;
        const { counted } = await connection.ask(asked, 'rated');
        if (thumb !== undefined && counted) thumbs.set(key, thumb);
        else thumbs.delete(key);
        if (!counted) onUncounted();
      } catch (error) {
        onProblem(error);
      }
      return thumbs.get(key);
    },
  };
}
