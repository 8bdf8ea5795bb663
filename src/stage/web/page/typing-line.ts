import type { WireScene } from '../wire-shapes.ts';
import { button, el, fill } from './dom.ts';

/** Who is making a turn, and the way to stop it; or, at rest, the way to let them go on. */
export type TypingLine = {
  readonly root: HTMLElement;
  set(name: string | undefined): void;
  setScene(scene: WireScene): void;
};

export function createTypingLine(onStop: () => void, onNext: () => void): TypingLine {
  let mayGoOn = false;
  const words = el('span', { class: 'typing-words' });
  const stop = button('Stop', onStop, { class: 'stop', hidden: true });
  const goOn = button('Let them go on ▸', onNext, { class: 'go-on', hidden: true });
  const root = el('div', { class: 'typing', 'aria-live': 'polite' }, words, stop, goOn);

  return {
    root,
    set(name) {
      stop.hidden = name === undefined;
      goOn.hidden = name !== undefined || !mayGoOn;
      if (name === undefined) fill(words);
      else {
        fill(
          words,
          el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
          el('strong', {}, name),
          name === 'Narrator' ? ' is about to speak…' : ' is thinking…',
        );
      }
    },
    setScene({ status, cast, chips }) {
      // Where the script waits for the player, that is whose move it is.
      mayGoOn = status === 'playing' && chips.length === 0 && cast.some(({ present }) => present);
      goOn.hidden = !stop.hidden || !mayGoOn;
    },
  };
}
