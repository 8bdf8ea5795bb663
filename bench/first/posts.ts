import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { markIn, now } from './marks.ts';

const CHANNEL = 'undici:client:sendHeaders';

/**
 * By the mark in a webhook’s post: when its request left, that is, when its head was handed to the socket. And how long a
 * channel was left alone between two posts, at the least; milliseconds.
 */
export function watchPosts() {
  const sent = new Map<string, number>();
  const last = new Map<string, number>();
  let leastApart = Number.POSITIVE_INFINITY;
  const note = (told: unknown) => {
    const at = now();
    const { request } = told as { request: { method: string; path: string; body: unknown } };
    if (request.method !== 'POST' || !request.path.includes('/webhooks/')) return;
    const mark = markIn(String(request.body));
    if (mark === undefined) return;
    sent.set(mark, sent.get(mark) ?? at);
    leastApart = Math.min(leastApart, at - (last.get(request.path) ?? Number.NEGATIVE_INFINITY));
    last.set(request.path, at);
  };
  subscribe(CHANNEL, note);
  return {
    sent: sent as ReadonlyMap<string, number>,
    leastApart: () => leastApart,
    [Symbol.dispose]: () => {
      unsubscribe(CHANNEL, note);
    },
  };
}
