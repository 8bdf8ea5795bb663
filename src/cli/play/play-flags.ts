import { BadUse } from '../bad-use.ts';
import { readFlags, wholeNumber } from '../read-flags.ts';

export type PlayFlags = {
  readonly scene?: string;
  readonly cast?: string;
  readonly as?: string;
  readonly turns?: number;
  readonly script?: string;
  readonly seed?: number;
  readonly resume?: string;
  readonly chat?: string;
  readonly json: boolean;
  readonly xray: boolean;
  readonly list: boolean;
};

const MOST_TURNS = 100_000;
const HIGHEST_SEED = 2 ** 31 - 1;

/** @throws BadUse in one line. */
export function readPlayFlags(args: readonly string[]): PlayFlags {
  const { turns, seed, ...flags } = readFlags(args, {
    scene: { type: 'string' },
    cast: { type: 'string' },
    as: { type: 'string' },
    turns: { type: 'string' },
    script: { type: 'string' },
    seed: { type: 'string' },
    resume: { type: 'string' },
    chat: { type: 'string' },
    json: { type: 'boolean', default: false },
    xray: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  });
  const turnCount = wholeNumber('--turns', turns, 1, MOST_TURNS);
  const seedNumber = wholeNumber('--seed', seed, 0, HIGHEST_SEED);
  if (turnCount !== undefined && flags.script !== undefined) {
    throw new BadUse('--turns plays without a player, --script types for one: use one of them');
  }
  if (flags.chat !== undefined && flags.scene !== undefined) {
    throw new BadUse('--chat brings a story of its own, --scene another: use one of them');
  }
  if (flags.chat !== undefined && turnCount !== undefined) {
    throw new BadUse('--turns plays without a player, --chat goes on with one: use one of them');
  }
  if (flags.resume !== undefined && !/^[\w-]{1,60}$/u.test(flags.resume)) {
    throw new BadUse('--resume takes a name of letters, digits, - and _, at most 60');
  }
  if (flags.as !== undefined && flags.as.trim() === '') throw new BadUse('--as takes a name');
  return {
    ...flags,
    ...(turnCount === undefined ? {} : { turns: turnCount }),
    ...(seedNumber === undefined ? {} : { seed: seedNumber }),
  };
}
