import { hashOf } from '../calls/call.ts';

/** Chance of its own for each scene, the same whichever others are played beside it. */
export function sceneSeed(seed: number, id: string): number {
  return Number.parseInt(hashOf([seed, id]).slice(0, 8), 16);
}
