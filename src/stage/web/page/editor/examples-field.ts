import type { CardExample } from '../../../../cast/cards/card-data.ts';
import { button, el, fill } from '../dom.ts';
import { type CardDraft, isObject } from './card-draft.ts';
import { type FieldRow, rowAround } from './field-row.ts';
import { EXAMPLES } from './fields.ts';
import { createHerBox } from './her-box.ts';

/** Example turns, each with what is said just before it. */
export function createExamplesField(draft: CardDraft): FieldRow {
  const list = el('ol', { class: 'examples' });
  const examples = () => (draft.get(EXAMPLES) ?? []) as readonly CardExample[];

  function put(at: number, change: { readonly to?: string; readonly turn?: string }): void {
    draft.set(
      EXAMPLES,
      examples().map((example, i) => (i === at ? changed(example, change) : example)),
    );
  }

  function draw(): void {
    fill(list, ...examples().map(row));
  }

  function row(example: CardExample, at: number): HTMLElement {
    const { to, turn } = typeof example === 'string' ? { to: '', turn: example } : example;
    const cue: HTMLInputElement = el('input', {
      type: 'text',
      value: to,
      placeholder: 'What is said to them',
      'aria-label': `Cue of example ${at + 1}`,
      on: { input: () => put(at, { to: cue.value }) },
    });
    return el(
      'li',
      {},
      el(
        'div',
        { class: 'example' },
        cue,
        createHerBox({
          label: `Example turn ${at + 1}`,
          text: turn,
          onInput: (text) => put(at, { turn: text }),
        }).root,
      ),
      button(
        `Take out example ${at + 1}`,
        () => {
          draft.set(EXAMPLES, examples().toSpliced(at, 1));
          draw();
        },
        { class: 'close', sign: '×' },
      ),
    );
  }

  draw();
  const root = el(
    'div',
    {},
    list,
    button(
      'Add an example turn',
      () => {
        draft.set(EXAMPLES, [...examples(), { to: '', turn: '' }]);
        draw();
        list.lastElementChild?.querySelector('input')?.focus();
      },
      { class: 'link', sign: '+ Add one' },
    ),
  );
  return rowAround(
    {
      path: EXAMPLES,
      id: 'card-examples',
      label: 'Example turns',
      hint: 'Single turns of theirs, with what they think. They teach the voice; the scripted demo plays them.',
      eye: 'own',
    },
    root,
  );
}

/** What else is in an example stays; one without a cue stays a text. */
function changed(
  example: CardExample,
  change: { readonly to?: string; readonly turn?: string },
): CardExample {
  if (isObject(example)) return { ...example, ...change };
  const to = change.to ?? '';
  const turn = change.turn ?? example;
  return to === '' ? turn : { to, turn };
}
