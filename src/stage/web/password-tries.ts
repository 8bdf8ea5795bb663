import { addressGroup } from './tally.ts';

/** Slows down who guesses the password. */
export type PasswordTries = {
  /** Milliseconds until this address is listened to again; 0 where it is now. */
  wait(address: string | undefined): number;
  wrong(address: string | undefined): void;
  right(address: string | undefined): void;
};

/** A slip of the finger costs nothing; a machine that guesses gets some hundred tries a day. */
const FREE_TRIES = 5;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** Addresses that are remembered; the longest known is forgotten first. */
const MOST_KNOWN = 10_000;

type Known = { readonly wrong: number; readonly until: number };

/**
 * @param now milliseconds of a clock that never goes back
 * @param longestMs how long a pause gets at most, in milliseconds
 */
export function createPasswordTries(now: () => number, longestMs = LONGEST_PAUSE_MS): PasswordTries {
  const known = new Map<string, Known>();
  return {
    wait: (address) => Math.max(0, (known.get(addressGroup(address))?.until ?? 0) - now()),
    wrong(address) {
      const group = addressGroup(address);
      const wrong = (known.get(group)?.wrong ?? 0) + 1;
      known.delete(group);
      known.set(group, { wrong, until: now() + Math.min(longestMs, pauseAfter(wrong)) });
      if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? '');
    },
    right: (address) => void known.delete(addressGroup(address)),
  };
}

function pauseAfter(wrong: number): number {
  if (wrong < FREE_TRIES) return 0;
  return FIRST_PAUSE_MS * 2 ** Math.min(wrong - FREE_TRIES, 20);
}
