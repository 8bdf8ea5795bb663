import { button, el, fill } from './dom.ts';

/** Who is making a turn, and the way to stop it. */
export type TypingLine = { readonly root: HTMLElement; set(name: string | undefined): void };

export function createTypingLine(onStop: () => void): TypingLine {
  const words = el('span', { class: 'typing-words' });
  const stop = button('Stop', onStop, { class: 'stop', hidden: true });
  const root = el('div', { class: 'typing', 'aria-live': 'polite' }, words, stop);

  return {
    root,
    set(name) {
      stop.hidden = name === undefined;
      if (name === undefined) fill(words);
      else {
        fill(
          words,
          el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
          el('strong', {}, name),
          ' is thinking…',
        );
      }
    },
  };
}
