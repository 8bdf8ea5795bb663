import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { markIn, now } from './marks.ts';

const CHANNEL = 'undici:client:sendHeaders';

/** By the mark in a webhook’s post: when its request left, that is, when its head was written to the socket. */
export function watchPosts() {
  const sent = new Map<string, number>();
  const note = (told: unknown) => {
    const at = now();
    const { request } = told as { request: { method: string; path: string; body: unknown } };
    if (request.method !== 'POST' || !request.path.includes('/webhooks/')) return;
    const mark = markIn(String(request.body));
    if (mark !== undefined) sent.set(mark, sent.get(mark) ?? at);
  };
  subscribe(CHANNEL, note);
  return {
    sent: sent as ReadonlyMap<string, number>,
    [Symbol.dispose]: () => {
      unsubscribe(CHANNEL, note);
    },
  };
}
