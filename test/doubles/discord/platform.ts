import type { Dispatch } from './gateway/dispatch.ts';
import type { Interaction } from './interactions/interaction.ts';
import type { Journal } from './journal.ts';
import type { World } from './world/world.ts';

/** Messages of the bot or its webhooks that would have rung for someone. */
export type Ping = {
  readonly messageId: string;
  readonly channelId: string;
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
};

type PlatformSettings = {
  readonly token: string;
  readonly heartbeatIntervalMs: number;
  readonly shards: number;
  readonly maxConcurrency: number;
  readonly acknowledgeMs: number;
  readonly interactionTokenMs: number;
  readonly attachmentBytes: number;
  readonly clockAheadMs: number;
  /** Privileged intents switched on in the developer portal, as bits; they can be switched while running. */
  allowedPrivileged: number;
};

/** What the parts of the double share. */
export type Platform = {
  readonly settings: PlatformSettings;
  readonly world: World;
  readonly journal: Journal;
  /** Puts an event on the gateway. */
  readonly dispatch: (event: Dispatch) => void;
  readonly interactions: Map<string, Interaction>;
  readonly pings: Ping[];
  /** `http://127.0.0.1:port`; known once the server listens. */
  readonly origin: () => string;
};
