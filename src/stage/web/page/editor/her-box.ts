import { button, el, fill } from '../dom.ts';
import { paintHer } from './her-paint.ts';

/** A text box for a line in HER format: what is thought and done is coloured as one types. */
export type HerBox = {
  readonly root: HTMLElement;
  readonly box: HTMLTextAreaElement;
  setText(text: string): void;
};

export function createHerBox(options: {
  readonly label: string;
  readonly text: string;
  readonly id?: string;
  readonly onInput: (text: string) => void;
}): HerBox {
  const paint = el('div', { class: 'her-paint', 'aria-hidden': 'true' });
  const box = el('textarea', {
    class: 'her-text',
    rows: 2,
    spellcheck: 'true',
    'aria-label': options.label,
    ...(options.id === undefined ? {} : { id: options.id }),
    on: { input: () => changed() },
  });

  function draw(): void {
    // A last empty line has a height, too.
    fill(
      paint,
      ...paintHer(box.value).map(({ text, as }) => el('span', { class: `her-${as}` }, text)),
      '\u200b',
    );
  }

  function changed(): void {
    draw();
    options.onInput(box.value);
  }

  function wrap(tag: 'role_thinking' | 'role_action'): void {
    const { selectionStart: from, selectionEnd: to, value } = box;
    box.setRangeText(`<${tag}>${value.slice(from, to)}</${tag}>`, from, to, 'end');
    const inside = from + tag.length + 2;
    box.setSelectionRange(inside, inside + (to - from));
    box.focus();
    changed();
  }

  box.value = options.text;
  draw();
  return {
    root: el(
      'div',
      { class: 'her-box' },
      el('div', { class: 'her-stack' }, paint, box),
      el(
        'div',
        { class: 'her-tools' },
        button('Mark as thought', () => wrap('role_thinking'), { sign: '💭' }),
        button('Mark as action', () => wrap('role_action'), { sign: '✱' }),
      ),
    ),
    box,
    setText(text) {
      box.value = text;
      draw();
    },
  };
}
