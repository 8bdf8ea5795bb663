import type { Library } from '../cast/library/library-api.ts';
import type { Log } from '../log.ts';
import type { SceneStore } from '../store/scene-store.ts';
import type { Limits, Models } from './engine-api.ts';

/** What `createEngine` is given; everything outside it comes in here. */
export type EngineOptions = {
  readonly store: SceneStore;
  readonly library: Library;
  /** Absent parts are played by the understudy. */
  readonly models?: Models;
  /** In place of the shipped defaults; what people set in their rooms still comes first. */
  readonly limits?: Partial<Limits>;
  /** Discord servers where the bot may play without approval, and the operators' user ids. */
  readonly listedServers?: '*' | readonly string[];
  readonly owners?: readonly string[];
  /** Lets drafts report their system thinking to backstage listeners. Default false. */
  readonly tracing?: boolean;
  readonly log?: Log;
  readonly clock?: Clock;
};

/** Time, passed in so that tests own it. */
export type Clock = {
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};
