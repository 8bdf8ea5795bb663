import type { SeenMessage } from './messages/see-message.ts';
import type { ReceivedRequest } from './wire/received-request.ts';

/** Something that happened on this Discord. */
export type DoubleEvent =
  | { readonly kind: 'message-created' | 'message-edited' | 'message-deleted'; readonly message: SeenMessage }
  | { readonly kind: 'typing-started'; readonly channelId: string; readonly userId: string }
  | { readonly kind: 'thread-created'; readonly threadId: string; readonly parentId: string }
  | {
      readonly kind: 'webhook-created' | 'webhook-deleted';
      readonly webhookId: string;
      readonly channelId: string;
    }
  | {
      readonly kind: 'commands-registered';
      readonly serverId: string | null;
      readonly names: readonly string[];
    }
  | { readonly kind: 'interaction-answered'; readonly interactionId: string; readonly type: number }
  | { readonly kind: 'interaction-opened' | 'interaction-failed'; readonly interactionId: string }
  | { readonly kind: 'request-received' | 'request-answered'; readonly request: ReceivedRequest }
  | { readonly kind: 'session-started'; readonly sessionId: string; readonly shard: number }
  | {
      readonly kind: 'session-resumed';
      readonly sessionId: string;
      readonly shard: number;
      readonly replayed: number;
    }
  | { readonly kind: 'session-refused'; readonly closeCode: number }
  | { readonly kind: 'connection-closed'; readonly code: number }
  | { readonly kind: 'payload-received'; readonly op: number; readonly text: string };

type EventOf<K, E = DoubleEvent> = E extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? E
    : never
  : never;

export type WaitOptions = {
  /** 5,000 unless told otherwise. */
  readonly timeoutMs?: number;
  /** A position from `position()`: what happened since then counts too. Otherwise only what is yet to come. */
  readonly since?: number;
};

export type Journal = {
  record(event: DoubleEvent): void;
  /** Calls back on every event from now on. */
  listen(listener: (event: DoubleEvent) => void): void;
  position(): number;
  /** The next event of any kind that fits; `what` names it in the error. */
  waitForAny(fits: (event: DoubleEvent) => boolean, what: string, timeoutMs: number): Promise<DoubleEvent>;
  waitFor<K extends DoubleEvent['kind']>(
    kind: K,
    fits?: (event: EventOf<K>) => boolean,
    options?: WaitOptions,
  ): Promise<EventOf<K>>;
};

/** The record of all that happened, and promises of what is still to happen, so that no test has to sleep. */
export function createJournal(): Journal {
  const past: DoubleEvent[] = [];
  const listeners = new Set<(event: DoubleEvent) => void>();

  function next(
    isIt: (event: DoubleEvent) => boolean,
    what: string,
    timeoutMs: number,
  ): Promise<DoubleEvent> {
    const started = past.length;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        listeners.delete(listen);
        const seen = past.slice(started).slice(-20).map(describe).join('\n  ') || '(nothing)';
        reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}. What happened last:\n  ${seen}`));
      }, timeoutMs);
      const listen = (event: DoubleEvent) => {
        if (!isIt(event)) return;
        clearTimeout(timer);
        listeners.delete(listen);
        resolve(event);
      };
      listeners.add(listen);
    });
  }

  return {
    record(event) {
      past.push(event);
      for (const listener of [...listeners]) listener(event);
    },
    listen: (listener) => void listeners.add(listener),
    position: () => past.length,
    waitForAny: next,
    async waitFor<K extends DoubleEvent['kind']>(
      kind: K,
      fits: (event: EventOf<K>) => boolean = () => true,
      { timeoutMs = 5000, since }: WaitOptions = {},
    ) {
      const isIt = (event: DoubleEvent): event is EventOf<K> =>
        event.kind === kind && fits(event as EventOf<K>);
      const earlier = since === undefined ? undefined : past.slice(since).find(isIt);
      return earlier ?? ((await next(isIt, kind, timeoutMs)) as EventOf<K>);
    },
  };
}

function describe(event: DoubleEvent): string {
  if ('request' in event)
    return `${event.kind} ${event.request.method} ${event.request.path} ${event.request.status}`;
  if ('message' in event) return `${event.kind} ${event.message.author}: ${event.message.text.slice(0, 60)}`;
  return JSON.stringify(event);
}
