import { type Child, el } from '../dom.ts';
import type { CardDraft } from './card-draft.ts';
import { textsOf } from './card-draft.ts';
import { EYES, type Field } from './fields.ts';
import { createHerBox } from './her-box.ts';
import { createHerList } from './her-list.ts';

/** One field in the form. */
export type FieldRow = {
  readonly path: string;
  readonly label: string;
  readonly root: HTMLElement;
  /** Where its text stands in the prompt, in words; '' where it does not. */
  setWhere(words: string): void;
  /** What is wrong with it; '' where nothing is. */
  setProblem(words: string): void;
  focus(): void;
};

export function createFieldRow(field: Field, draft: CardDraft): FieldRow {
  const id = idOf(field.path);
  const input = inputFor(field, draft, id);
  return rowAround({ ...field, id }, input);
}

/** A label, what the field is for, whose eyes it is for, and what is wrong with it, around an input. */
export function rowAround(
  field: Pick<Field, 'path' | 'label' | 'hint' | 'eye'> & { readonly id: string },
  input: HTMLElement,
): FieldRow {
  const { path, label, hint, eye, id } = field;
  const where = el('span', { class: 'where' });
  const problem = el('p', { class: 'problem', id: `${id}-problem`, role: 'alert', hidden: true });
  const target = () => (input.id === id ? input : input.querySelector<HTMLElement>('textarea, input'));
  const isOneBox = input.id === id || input.querySelector(`#${id}`) !== null;
  const described = [`${id}-eye`, ...(hint === undefined ? [] : [`${id}-hint`])].join(' ');
  const group = { role: 'group', 'aria-labelledby': `${id}-name`, 'aria-describedby': described };
  const name = { class: 'field-name', id: `${id}-name` };
  const root = el(
    'div',
    { class: `field eye-${eye}`, 'data-path': path, ...(isOneBox ? {} : group) },
    el(
      'div',
      { class: 'field-head' },
      isOneBox ? el('label', { ...name, for: id }, label) : el('span', name, label),
      el('span', { class: 'eye', id: `${id}-eye` }, EYES[eye]),
    ),
    hint === undefined ? undefined : el('p', { class: 'hint', id: `${id}-hint` }, hint),
    input,
    problem,
    where,
  );
  if (isOneBox) target()?.setAttribute('aria-describedby', described);
  return {
    path,
    label,
    root,
    setWhere(words) {
      where.textContent = words;
    },
    setProblem(words) {
      problem.textContent = words;
      problem.hidden = words === '';
      const box = target();
      if (words === '') box?.removeAttribute('aria-invalid');
      else box?.setAttribute('aria-invalid', 'true');
    },
    focus() {
      const box = target();
      box?.scrollIntoView({ block: 'center' });
      box?.focus();
    },
  };
}

function idOf(path: string): string {
  return `card-${path.replaceAll('.', '-')}`;
}

function inputFor({ path, label, kind, optional }: Field, draft: CardDraft, id: string): HTMLElement {
  const put = (text: string) => draft.set(path, optional && text === '' ? undefined : text);
  switch (kind) {
    case 'line':
      return inputElement({ id, type: 'text', value: draft.text(path) }, (box) => put(box.value));
    case 'text':
      return textElement(id, draft.text(path), put);
    case 'her':
      return createHerBox({ label, id, text: draft.text(path), onInput: put }).root;
    case 'words':
      return inputElement({ id, type: 'text', value: textsOf(draft.get(path)).join(', ') }, (box) =>
        draft.set(path, wordsIn(box.value)),
      );
    case 'her-list':
      return createHerList({
        label,
        texts: textsOf(draft.get(path)),
        onChange: (texts) => draft.set(path, optional && texts.length === 0 ? undefined : texts),
      });
    case 'number':
      return inputElement(
        { id, type: 'number', min: 0, step: 1, value: numberText(draft.get(path)) },
        (box) => {
          const value = box.valueAsNumber;
          draft.set(path, Number.isFinite(value) && value >= 0 ? value : undefined);
        },
      );
    case 'share': {
      const given = Number(draft.get(path) ?? 0.5);
      const value = Number.isFinite(given) ? given : 0.5;
      return inputElement({ id, type: 'range', min: 0, max: 1, step: 0.05, value }, (box) =>
        draft.set(path, box.valueAsNumber),
      );
    }
    case 'switch':
      return inputElement({ id, type: 'checkbox', checked: draft.get(path) === true }, (box) =>
        draft.set(path, box.checked ? true : undefined),
      );
  }
}

function inputElement(
  attributes: Readonly<Record<string, unknown>>,
  onInput: (box: HTMLInputElement) => void,
): HTMLInputElement {
  const box: HTMLInputElement = el('input', { ...attributes, on: { input: () => onInput(box) } });
  return box;
}

function textElement(id: string, text: string, onInput: (text: string) => void): HTMLElement {
  // It grows with its text: what lies behind it has the same words, and the height.
  const height = el('div', { class: 'grow-height', 'aria-hidden': 'true' }, `${text}\u200b`);
  const box: HTMLTextAreaElement = el('textarea', {
    id,
    rows: 2,
    on: {
      input: () => {
        height.textContent = `${box.value}\u200b`;
        onInput(box.value);
      },
    },
  });
  box.value = text;
  return el('div', { class: 'grow' }, height, box);
}

export function wordsIn(typed: string): string[] {
  return [...new Set(typed.split(',').map((word) => word.trim()))].filter(Boolean);
}

function numberText(value: unknown): Child {
  return typeof value === 'number' ? String(value) : '';
}
