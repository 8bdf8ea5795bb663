import type { Library } from '../cast/library/library-api.ts';
import type { RoomSettings } from '../config/room-settings.ts';
import type { Principle } from '../judge/principles/principle.ts';
import type { Log } from '../log.ts';
import type { ModerationModel } from '../model/moderation-model.ts';
import type { SceneStore } from '../store/scene-store.ts';
import type { QuickBench } from './bench-api.ts';
import type { ModelShelf } from './budget/model-shelf.ts';
import type { Clock } from './clock.ts';
import type { Models } from './models.ts';
import type { Territory } from './territory.ts';

/** What `createEngine` is given; everything outside it comes in here. */
export type EngineOptions = {
  readonly store: SceneStore;
  /** What ships and what the operator added: everyone's. Servers add characters of their own. */
  readonly library: Library;
  /** Absent parts are played by the understudy. */
  readonly models?: Models;
  /** In place of the shipped defaults; what people set in their rooms still comes first. */
  readonly limits?: RoomSettings;
  /** What servers may choose to play with, and what looks at words before anyone hears them. */
  readonly shelf?: ModelShelf;
  readonly moderation?: ModerationModel;
  /** Currency units per million tokens, by the model's name; a model without a price costs nothing (local). */
  readonly prices?: Readonly<Record<string, ModelPrice>>;
  /** That they are in, as people read it; default `USD`. */
  readonly currency?: string;
  /** What judges go by everywhere; default: what ships. Servers add their own. */
  readonly principles?: readonly Principle[];
  /** Discord servers where the bot may play without approval, and the operators' user ids. */
  readonly listedServers?: '*' | readonly string[];
  readonly owners?: readonly string[];
  /** Which servers it serves where several processes share the store; absent: all. */
  readonly territory?: Territory;
  /** Scenes at rest that stay in memory; default 256. */
  readonly mostAtRest?: number;
  /** What `/bench quick` plays; absent: there is none. */
  readonly bench?: QuickBench;
  /** Lets drafts report their system thinking to backstage listeners. Default false. */
  readonly tracing?: boolean;
  readonly log?: Log;
  readonly clock?: Clock;
};

export type { Clock };

export type ModelPrice = { readonly prompt: number; readonly cached: number; readonly completion: number };
