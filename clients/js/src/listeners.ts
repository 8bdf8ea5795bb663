import type { Message, MessageType } from './messages.ts';

/** What can be listened to: each message by its type, answers too, and the connection’s own comings and goings. */
export type Events = { [T in MessageType]: Message<T> } & {
  /** The connection is there again; the scene that was open is opened again by itself. */
  online: undefined;
  /** The connection went; it is dialled again by itself. */
  offline: undefined;
  /** It is over: closed here, the token was removed, or the stage speaks another version. */
  closed: Error | undefined;
};

export type Listeners = {
  /** Returns what stops it. A listener that throws is the platform’s to report; the others hear the event. */
  on<E extends keyof Events>(event: E, listener: (told: Events[E]) => void): () => void;
  tell<E extends keyof Events>(event: E, told: Events[E]): void;
};

export function createListeners(): Listeners {
  const all = new Map<keyof Events, Set<(told: never) => void>>();
  return {
    on(event, listener) {
      const those = all.get(event) ?? new Set();
      all.set(event, those.add(listener));
      return () => void those.delete(listener);
    },
    tell(event, told) {
      for (const listener of [...(all.get(event) ?? [])]) {
        try {
          listener(told as never);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
