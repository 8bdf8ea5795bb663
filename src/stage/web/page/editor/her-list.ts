import { button, el, fill } from '../dom.ts';
import { createHerBox } from './her-box.ts';

/** Lines in HER format, one below the other: added, taken out, moved up. */
export function createHerList(options: {
  readonly label: string;
  readonly texts: readonly string[];
  readonly onChange: (texts: string[]) => void;
}): HTMLElement {
  const { label, onChange } = options;
  const texts = [...options.texts];
  const list = el('ol', { class: 'her-list' });
  const root = el(
    'div',
    {},
    list,
    button(`Add to: ${label}`, () => change(() => texts.push(''), texts.length), {
      class: 'link',
      sign: '+ Add one',
    }),
  );

  function change(work: () => void, focused?: number): void {
    work();
    draw();
    onChange([...texts]);
    if (focused !== undefined) list.children[focused]?.querySelector('textarea')?.focus();
  }

  function draw(): void {
    fill(
      list,
      ...texts.map((text, at) =>
        el(
          'li',
          {},
          createHerBox({
            label: `${label} ${at + 1}`,
            text,
            onInput: (typed) => {
              texts[at] = typed;
              onChange([...texts]);
            },
          }).root,
          button(`Take out ${label} ${at + 1}`, () => change(() => texts.splice(at, 1)), {
            class: 'close',
            sign: '×',
          }),
        ),
      ),
    );
  }

  draw();
  return root;
}
