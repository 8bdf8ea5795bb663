import type { WireScene } from '../wire-shapes.ts';
import { button, el, fill } from './dom.ts';
import { reasonAfter } from './next-words.ts';

/** Who is making a turn, and the way to stop it; or, at rest, the way to let them go on. */
export type TypingLine = {
  readonly root: HTMLElement;
  /** `why`: the director's reason for them; `room`: where they are, beside the main place. */
  set(who: { name: string; why?: string | undefined; room?: string | undefined } | undefined): void;
  setScene(scene: WireScene): void;
};

export function createTypingLine(onStop: () => void, onNext: () => void): TypingLine {
  let mayGoOn = false;
  let names: readonly string[] = [];
  const words = el('span', { class: 'typing-words' });
  const stop = button('Stop', onStop, { class: 'stop', hidden: true });
  const goOn = button('Let them go on ▸', onNext, { class: 'go-on', hidden: true });
  const root = el('div', { class: 'typing', 'aria-live': 'polite' }, words, stop, goOn);

  return {
    root,
    set(who) {
      stop.hidden = who === undefined;
      goOn.hidden = who !== undefined || !mayGoOn;
      if (who === undefined) return fill(words);
      const { name, why, room } = who;
      fill(
        words,
        el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
        room !== undefined && el('span', {}, `[${room}]`),
        why ? 'Next: ' : undefined,
        el(
          'span',
          { class: 'next' },
          el('strong', {}, name),
          why ? reasonAfter(name, why, names) : name === 'Narrator' ? ' is about to speak…' : ' is thinking…',
        ),
      );
    },
    setScene({ status, cast, players, chips }) {
      names = [...cast, ...players].map(({ name }) => name);
      // Where the script waits for the player, that is whose move it is.
      mayGoOn = status === 'playing' && chips.length === 0 && cast.some(({ present }) => present);
      goOn.hidden = !stop.hidden || !mayGoOn;
    },
  };
}
