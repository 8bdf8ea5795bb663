import type { ServerMessageOf } from '../server-message.ts';
import type { Channel } from './channel.ts';
import { button, el } from './dom.ts';
import { inlineText } from './inline-text.ts';

/** Neutral lines outside the story. */
export type Notices = {
  show(notice: ServerMessageOf<'notice'>): void;
  /** The turn in the making has come to its end: nobody considers any more. */
  settle(): void;
};

/** A failed turn can be tried again from its notice. */
export function createNotices(channel: Channel, onRetry: () => void): Notices {
  let considering: HTMLElement | undefined;
  let failed: readonly HTMLElement[] = [];

  function settle(): void {
    considering?.remove();
    considering = undefined;
  }

  function retry(): void {
    for (const line of failed) line.remove();
    failed = [];
    onRetry();
  }

  return {
    settle,
    show({ kind, text, retry: mayRetry }) {
      settle();
      const line = channel.aside(el('span', {}, ...inlineText(text)));
      line.classList.add(`notice-${kind}`);
      if (kind === 'considering') considering = line;
      if (mayRetry) {
        failed = [line];
        line.append(button('Retry', retry, { class: 'retry' }));
      } else if (kind === 'info' && failed.length > 0) {
        // Why it failed, and what can be done about it.
        failed = [...failed, line];
      }
    },
  };
}
