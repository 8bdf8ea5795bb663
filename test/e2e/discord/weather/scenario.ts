import type { Pace } from '../../../../src/stage/discord/discord-settings.ts';
import type { DoubleOptions } from '../../../doubles/discord/discord-double.ts';
import type { Evening } from './evening.ts';

/** Something that goes wrong with Discord, and what holds all the same. */
export type Scenario = {
  /** As docs/reliability.md lists it. */
  readonly name: string;
  readonly promise: string;
  /** What happens: people and Discord act, and it is waited for what needs waiting. */
  play(evening: Evening): Promise<void>;
  readonly double?: DoubleOptions;
  readonly pace?: Partial<Pace>;
  /** How long the library waits for servers that are out of order when it starts. */
  readonly waitGuildMs?: number;
  /** The scene plays in a thread. */
  readonly inThread?: boolean;
  /** What is asked of Discord at most from the first fault to the end: no hot loop. 120 unless told otherwise. */
  readonly mostRequests?: number;
  /** How long it may take; 20 s unless told otherwise. */
  readonly mostMs?: number;
  /** The scene is over then, or stays paused, as is right. */
  readonly ends?: 'ended' | 'paused';
};
