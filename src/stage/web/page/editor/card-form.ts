import { button, el, fill } from '../dom.ts';
import type { CardDraft } from './card-draft.ts';
import { createExamplesField } from './examples-field.ts';
import { createFieldRow, type FieldRow } from './field-row.ts';
import { FACTS, LINES, MIND, SEEN, type Section } from './fields.ts';
import { createLoreField } from './lore-field.ts';
import { problemsIn } from './problems-in.ts';
import { promptedTexts } from './prompted-texts.ts';

export type CardForm = {
  readonly root: HTMLElement;
  /** Brings a field before the eyes and the keyboard to it. */
  focus(path: string): void;
  /** Tokens of the prompt by path. */
  setTokens(tokens: ReadonlyMap<string, number>): void;
  /** Puts what the stage said at the fields that it names. Returns what names none. */
  setProblems(messages: readonly string[]): string[];
  /** The card was changed elsewhere. */
  redraw(): void;
};

/** Every field of a card, in sections. */
export function createCardForm(draft: CardDraft, picture: HTMLElement): CardForm {
  const sections = el('div', { class: 'card-sections' });
  let rows: readonly FieldRow[] = [];

  function redraw(): void {
    const made: FieldRow[] = [];
    const row = (one: FieldRow) => {
      made.push(one);
      return one.root;
    };
    const all = ({ fields }: Section) => fields.map((field) => row(createFieldRow(field, draft)));
    fill(
      sections,
      section(SEEN, picture, ...all(SEEN)),
      section(MIND, ...all(MIND)),
      section(LINES, ...all(LINES), row(createExamplesField(draft))),
      section({ id: 'lore', title: 'Lore' }, row(createLoreField(draft))),
      section(FACTS, ...all(FACTS)),
    );
    rows = made;
  }

  redraw();
  const titles = [SEEN, MIND, LINES, { id: 'lore', title: 'Lore' }, FACTS];
  return {
    root: el(
      'form',
      { class: 'card-form', on: { submit: (event) => event.preventDefault() } },
      el(
        'nav',
        { class: 'card-nav', 'aria-label': 'Sections of the card' },
        ...titles.map(({ id, title }) =>
          button(title, () => sections.querySelector(`#section-${id}`)?.scrollIntoView({ block: 'start' }), {
            class: 'quiet-button',
          }),
        ),
      ),
      sections,
    ),
    focus(path) {
      rows.find((row) => row.path === path)?.focus();
    },
    setTokens(tokens) {
      const filled = new Set(promptedTexts(draft).map(({ path }) => path));
      for (const row of rows) {
        const count = tokens.get(row.path);
        const absent = filled.has(row.path) ? 'not in this prompt' : '';
        row.setWhere(
          count === undefined ? absent : `about ${count.toLocaleString('en')} tokens of the prompt`,
        );
      }
    },
    setProblems(messages) {
      const left: string[] = [];
      const named = new Map<FieldRow, string[]>();
      for (const { path, words } of messages.flatMap(problemsIn)) {
        const row = rows.find((one) => path === one.path || path.startsWith(`${one.path}.`));
        if (row) named.set(row, [...(named.get(row) ?? []), words]);
        else left.push(path === '' ? words : `${path}: ${words}`);
      }
      for (const row of rows) row.setProblem((named.get(row) ?? []).join(' '));
      const [first] = named.keys();
      first?.focus();
      return left;
    },
    redraw,
  };
}

function section(
  { id, title }: Pick<Section, 'id' | 'title'>,
  ...content: readonly HTMLElement[]
): HTMLElement {
  return el(
    'section',
    { id: `section-${id}`, 'aria-labelledby': `title-${id}` },
    el('h3', { id: `title-${id}` }, title),
    ...content,
  );
}
