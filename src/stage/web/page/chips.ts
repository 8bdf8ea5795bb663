import type { Chip, WireScene } from '../wire-shapes.ts';
import { button, el, fill } from './dom.ts';

/** What a player may do now, one tap each. Shown while nobody is making a turn. */
export type Chips = {
  readonly root: HTMLElement;
  setScene(scene: WireScene): void;
  setBusy(busy: boolean): void;
};

export function createChips(onChip: (chip: Chip) => void, onAnother: () => void): Chips {
  const row = el('div', { class: 'chip-row' });
  const words = el('p', {});
  const root = el('div', { class: 'chips', hidden: true }, words, row);
  let offered = 0;
  let busy = false;
  let drawn = '';

  function draw(): void {
    root.hidden = busy || offered === 0;
  }

  return {
    root,
    setScene({ id, chips, cast, status }) {
      // Drawn anew it would lose the keyboard's place in it.
      const now = JSON.stringify([id, chips, status]);
      if (now === drawn) return;
      drawn = now;
      const ended = status === 'ended';
      words.textContent = ended ? 'This scene has ended.' : 'Your move. Say anything you like, or:';
      const buttons = ended
        ? [button('Start another scene', onAnother, { class: 'chip' })]
        : chips.map((chip) => chipButton(chip, cast, onChip));
      offered = status === 'paused' ? 0 : buttons.length;
      fill(row, ...buttons);
      draw();
    },
    setBusy(now) {
      busy = now;
      draw();
    },
  };
}

function chipButton(chip: Chip, cast: WireScene['cast'], onChip: (chip: Chip) => void): HTMLElement {
  const to = cast.find(({ id }) => id === chip.to)?.name;
  const sign = chip.do === 'whisper' ? '🤫' : chip.do === 'act' ? '✋' : '💬';
  return button(chip.label, () => onChip(chip), {
    class: `chip ${chip.do}`,
    'data-do': chip.do,
    title: to ? `Whisper to ${to}: ${chip.text}` : chip.text,
    sign: el('span', {}, el('span', { class: 'chip-sign', 'aria-hidden': 'true' }, sign), chip.label),
  });
}
