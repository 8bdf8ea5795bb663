import type { ServerMessageOf } from '../server-message.ts';
import type { Channel } from './channel.ts';
import { button, el } from './dom.ts';
import { inlineText } from './inline-text.ts';

/** A neutral line outside the story; a failed turn can be tried again from it. */
export function showNotice(
  channel: Channel,
  { kind, text, retry }: ServerMessageOf<'notice'>,
  onRetry: () => void,
): void {
  const line = channel.aside(el('span', {}, ...inlineText(text)));
  line.classList.add(`notice-${kind}`);
  if (!retry) return;
  line.append(
    button(
      'Retry',
      () => {
        line.remove();
        onRetry();
      },
      { class: 'retry' },
    ),
  );
}
