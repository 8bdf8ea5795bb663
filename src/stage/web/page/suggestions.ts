import { type Child, el, fill } from './dom.ts';

export type Suggestion = {
  readonly label: string;
  readonly note: string;
  readonly picture?: string;
  /** Enter does not take it unasked: the line may be whole without it. Tab does. */
  readonly weak?: boolean;
  choose(): void;
};

/** The list above the text box. The text box keeps the focus; arrow keys move in the list. */
export type Suggestions = {
  readonly root: HTMLElement;
  show(title: string, found: readonly Suggestion[]): void;
  hide(): void;
  /** True where the key was the list's. */
  key(event: KeyboardEvent): boolean;
};

let lists = 0;

/** Each has an id of its own, by which its text box knows it. */
export function createSuggestions(box: HTMLElement): Suggestions {
  lists += 1;
  const listId = `suggestions-${lists}`;
  const root = el('div', {
    class: 'suggestions',
    role: 'listbox',
    id: listId,
    'aria-label': 'Suggestions',
    hidden: true,
  });
  box.setAttribute('aria-controls', listId);
  let found: readonly Suggestion[] = [];
  let chosen = 0;
  let moved = false;

  function show(title: string, list: readonly Suggestion[]): void {
    found = list;
    chosen = 0;
    moved = false;
    root.hidden = found.length === 0;
    fill(root, el('div', { class: 'suggestions-title', role: 'presentation' }, title), ...found.map(option));
    mark();
  }

  function option(suggestion: Suggestion, i: number): Child {
    return el(
      'div',
      {
        role: 'option',
        id: `${listId}-${i}`,
        on: {
          // Before the text box loses the focus.
          mousedown: (event) => {
            event.preventDefault();
            suggestion.choose();
          },
        },
      },
      suggestion.picture ? el('img', { src: suggestion.picture, alt: '' }) : undefined,
      el('span', { class: 'label' }, suggestion.label),
      el('span', { class: 'note' }, suggestion.note),
    );
  }

  function mark(): void {
    for (const [i, item] of [...root.querySelectorAll('[role=option]')].entries()) {
      item.setAttribute('aria-selected', String(i === chosen));
      if (i === chosen) item.scrollIntoView({ block: 'nearest' });
    }
    if (root.hidden) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', `${listId}-${chosen}`);
  }

  function hide(): void {
    if (!root.hidden) show('', []);
  }

  return {
    root,
    show,
    hide,
    key(event) {
      if (root.hidden || event.isComposing) return false;
      switch (event.key) {
        case 'ArrowDown':
        case 'ArrowUp':
          chosen = (chosen + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
          moved = true;
          mark();
          return true;
        case 'Enter':
          if (found[chosen]?.weak && !moved) return false;
          found[chosen]?.choose();
          return true;
        case 'Tab':
          found[chosen]?.choose();
          return true;
        case 'Escape':
          hide();
          return true;
        default:
          return false;
      }
    },
  };
}
