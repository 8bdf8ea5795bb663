import { button, el, fill } from '../dom.ts';
import { type CardDraft, isObject, textsOf } from './card-draft.ts';
import { type FieldRow, rowAround } from './field-row.ts';
import { ENTRIES, type Entry, entriesOf, titleOf } from './lore-entries.ts';

/** The book in a card: what comes to their mind when a key is spoken of. */
export function createLoreField(draft: CardDraft): FieldRow {
  const list = el('ol', { class: 'lore-entries' });
  let open: number | undefined;

  const entries = () => entriesOf(draft);
  function put(at: number, change: Entry): void {
    draft.set(
      ENTRIES,
      entries().map((entry, i) => (i === at ? { ...entry, ...change } : entry)),
    );
    const summary = list.children[at]?.querySelector('summary');
    const changed = entries()[at];
    if (summary && changed) summary.textContent = titleOf(changed, at);
  }

  function draw(): void {
    fill(list, ...entries().map(row));
  }

  function row(entry: Entry, at: number): HTMLElement {
    const outside = isObject(entry['extensions']) ? entry['extensions'] : {};
    const putOutside = (change: Entry) => {
      const now = entries()[at]?.['extensions'];
      put(at, { extensions: { ...(isObject(now) ? now : {}), ...change } });
    };
    const named = `lore entry ${at + 1}`;
    const text: HTMLTextAreaElement = el('textarea', {
      rows: 3,
      on: { input: () => put(at, { content: text.value }) },
    });
    text.value = String(entry['content'] ?? '');
    const inside = (): HTMLElement[] => [
      labelled(
        'Keys',
        keys(entry['keys'], (typed) => put(at, { keys: typed })),
      ),
      labelled('Text', text),
      el(
        'div',
        { class: 'lore-facts' },
        labelled(
          'In play',
          flag(entry['enabled'] !== false, (enabled) => put(at, { enabled })),
        ),
        labelled(
          'Always there',
          flag(entry['constant'] === true, (constant) => put(at, { constant })),
        ),
        labelled(
          'Keys are patterns',
          flag(entry['use_regex'] === true, (on) => put(at, { use_regex: on })),
        ),
        labelled(
          'Chance, %',
          count(outside['probability'], 100, (probability) =>
            putOutside({ probability, useProbability: true }),
          ),
        ),
        labelled(
          'Order',
          count(entry['insertion_order'], 100, (order) => put(at, { insertion_order: order })),
        ),
        labelled(
          'Stays for (lines)',
          count(outside['sticky'], 0, (sticky) => putOutside({ sticky })),
        ),
        labelled(
          'Then rests for',
          count(outside['cooldown'], 0, (cooldown) => putOutside({ cooldown })),
        ),
        labelled(
          'Not before line',
          count(outside['delay'], 0, (delay) => putOutside({ delay })),
        ),
      ),
      labelled(
        'And one of these keys (optional)',
        keys(entry['secondary_keys'], (typed) =>
          put(at, { secondary_keys: typed, selective: typed.length > 0 }),
        ),
      ),
      button(
        `Take out ${named}`,
        () => {
          draft.set(ENTRIES, entries().toSpliced(at, 1));
          draw();
        },
        { class: 'quiet-button' },
      ),
    ];
    const isOpen = open === at;
    const details = el(
      'details',
      {
        open: isOpen,
        on: {
          // A book may have thousands of entries: what is in one is made when it is looked at.
          toggle: () => {
            if (details.open && details.children.length === 1) details.append(...inside());
          },
        },
      },
      el('summary', {}, titleOf(entry, at)),
      ...(isOpen ? inside() : []),
    ) as HTMLDetailsElement;
    return el('li', {}, details);
  }

  draw();
  return rowAround(
    {
      path: ENTRIES,
      id: 'card-lore',
      label: 'Entries',
      hint: 'What comes to their mind when a key is spoken of in their hearing. No other mind is told.',
      eye: 'own',
    },
    el(
      'div',
      {},
      list,
      button(
        'Add a lore entry',
        () => {
          open = entries().length;
          draft.set(ENTRIES, [...entries(), blankEntry(open)]);
          draw();
          list.lastElementChild?.querySelector('textarea')?.focus();
        },
        { class: 'link', sign: '+ Add one' },
      ),
    ),
  );
}

/** What Character Card V2 and V3 want of an entry. */
function blankEntry(at: number): Entry {
  return {
    keys: [],
    content: '',
    enabled: true,
    constant: false,
    insertion_order: 100,
    use_regex: false,
    extensions: {},
    id: at,
  };
}

function labelled(label: string, input: HTMLElement): HTMLElement {
  return el('label', {}, el('span', {}, label), input);
}

/** One key a line: a pattern may hold commas. */
function keys(value: unknown, onInput: (keys: string[]) => void): HTMLElement {
  const box: HTMLTextAreaElement = el('textarea', {
    rows: 2,
    placeholder: 'One a line: a word, or a /pattern/',
    on: {
      input: () =>
        onInput(
          box.value
            .split('\n')
            .map((key) => key.trim())
            .filter(Boolean),
        ),
    },
  });
  box.value = textsOf(value).join('\n');
  return box;
}

function flag(checked: boolean, onInput: (on: boolean) => void): HTMLElement {
  const box: HTMLInputElement = el('input', {
    type: 'checkbox',
    checked,
    on: { input: () => onInput(box.checked) },
  });
  return box;
}

function count(value: unknown, otherwise: number, onInput: (count: number) => void): HTMLElement {
  const box: HTMLInputElement = el('input', {
    type: 'number',
    min: 0,
    step: 1,
    value: typeof value === 'number' ? value : otherwise,
    on: {
      input: () => {
        if (Number.isFinite(box.valueAsNumber)) onInput(box.valueAsNumber);
      },
    },
  });
  return box;
}
