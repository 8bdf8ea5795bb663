import type { Log } from '../../../log.ts';
import { nameOf } from '../gateway/background.ts';
import type { FollowUps as Sending } from '../lines/follow-ups.ts';
import { type Asked, EPHEMERAL } from './answering.ts';

/** What players asked for lately, so that a word can still reach one of them alone. */
export type FollowUps = Sending & {
  /** From now on more can be said to whoever asked this, once it has had its answer. */
  note(asked: Followed, answered: Promise<unknown>): void;
};

export type Followed = Pick<Asked, 'channelId' | 'user' | 'createdTimestamp'> & {
  followUp(said: FollowUp): Promise<unknown>;
};

type FollowUp = typeof EPHEMERAL & {
  readonly content: string;
  readonly allowedMentions: { readonly parse: readonly [] };
};

type Kept = { readonly asked: Followed; readonly answered: Promise<unknown> };

/** Discord takes an answer for a quarter of an hour; its clock and ours need not agree. */
const USABLE_MS = 14 * 60_000;
const MOST = 5;

/** Keeps the last few interactions of each player in each channel, in memory and for as long as they are of use. */
export function createFollowUps({ now, log }: { readonly now: () => number; readonly log: Log }): FollowUps {
  /** The newest first. */
  const kept = new Map<string, readonly Kept[]>();

  function usable(key: string): readonly Kept[] {
    return (kept.get(key) ?? []).filter(({ asked }) => now() - asked.createdTimestamp < USABLE_MS);
  }

  function keep(key: string, some: readonly Kept[]): void {
    if (some.length > 0) kept.set(key, some);
    else kept.delete(key);
  }

  return {
    note(asked, answered) {
      for (const key of kept.keys()) keep(key, usable(key));
      const key = keyOf(asked.channelId, asked.user.id);
      keep(key, [{ asked, answered }, ...usable(key)].slice(0, MOST));
    },
    async send(channel, player, content) {
      const key = keyOf(channel, player);
      for (const one of usable(key)) {
        try {
          await one.answered;
          await one.asked.followUp({ ...EPHEMERAL, content, allowedMentions: { parse: [] } });
          return true;
        } catch (error) {
          log.debug('follow-up-refused', { channel, error: nameOf(error) });
          keep(
            key,
            usable(key).filter((other) => other !== one),
          );
        }
      }
      return false;
    },
  };
}

function keyOf(channel: string | null, player: string): string {
  return `${channel}/${player}`;
}
