import type { WireChange } from '../../card-shapes.ts';
import type { ServerMessageOf } from '../../server-message.ts';
import { openDialog } from '../dialog.ts';
import { button, type Child, el, fill } from '../dom.ts';
import { differenceOf } from './difference.ts';
import { MIND, SEEN } from './fields.ts';

/** Looks for what the card lacks; what is found is taken, reworded or left by the person. */
export function openEnrichDialog(options: {
  readonly onAsk: (text: string) => Promise<ServerMessageOf<'proposal'>>;
  /** Puts these into the card. */
  readonly onTake: (changes: readonly WireChange[]) => Promise<void>;
}): void {
  const { onAsk, onTake } = options;
  const more = el('textarea', {
    rows: 4,
    maxlength: 200_000,
    id: 'enrich-text',
    placeholder: 'A page about them, notes, a chapter. Leave it empty to draw from the card alone.',
  });
  const found = el('div', { class: 'enrich-found', 'aria-live': 'polite' });
  const ask = button('Look for what is missing', () => void look(), { class: 'primary' });
  const dialog = openDialog(
    'Enrich the card',
    el(
      'p',
      { class: 'hint' },
      'Background, motivation, manner, relations and example turns that the words of the card bear out. Nothing changes before you take it.',
    ),
    el('label', { for: 'enrich-text' }, 'Anything else to draw from?'),
    more,
    ask,
    found,
  );
  dialog.root.classList.add('wide-dialog');

  async function look(): Promise<void> {
    ask.disabled = true;
    fill(found, el('p', { class: 'hint' }, 'Reading…'));
    try {
      show(await onAsk(more.value));
    } catch (error) {
      fill(
        found,
        el('p', { class: 'problem' }, error instanceof Error ? error.message : 'That did not work.'),
      );
    } finally {
      ask.disabled = false;
    }
  }

  function show({ changes, dropped }: ServerMessageOf<'proposal'>): void {
    const rows = changes.map(changeRow);
    fill(
      found,
      ...rows.map(({ root }) => root),
      changes.length === 0 && el('p', {}, 'Nothing was found that the words bear out.'),
      dropped.length > 0 &&
        el(
          'details',
          {},
          el('summary', {}, `Left out: ${dropped.length}`),
          el('ul', {}, ...dropped.map((line) => el('li', {}, line))),
        ),
      changes.length > 0 &&
        el(
          'div',
          { class: 'dialog-actions' },
          button('Take what is ticked', () => void take(rows.flatMap(({ taken }) => taken() ?? [])), {
            class: 'primary',
          }),
          el('span', { class: 'hint' }, 'It is saved with the card.'),
        ),
    );
  }

  async function take(changes: readonly WireChange[]): Promise<void> {
    try {
      await onTake(changes);
      dialog.close();
    } catch (error) {
      found.append(
        el('p', { class: 'problem' }, error instanceof Error ? error.message : 'That did not work.'),
      );
    }
  }
}

function changeRow(change: WireChange): { readonly root: HTMLElement; taken(): WireChange | undefined } {
  const { field, before, after, to, sources, why } = change;
  const name = labelOf(field);
  const tick: HTMLInputElement = el('input', { type: 'checkbox', checked: true });
  const text = el('textarea', { rows: 4, 'aria-label': `${name}, as it would read` });
  text.value = after;
  const root = el(
    'fieldset',
    { class: 'enrich-change' },
    el('legend', {}, el('label', {}, tick, ` ${name}`)),
    el('p', { class: 'hint' }, why),
    before ? differenceElement(before, after) : undefined,
    to ? el('p', { class: 'hint' }, `When they are told: “${to}”`) : undefined,
    text,
    sources.length > 0 &&
      el(
        'details',
        {},
        el('summary', {}, 'Borne out by'),
        ...sources.map((source): Child => el('blockquote', {}, source)),
      ),
  );
  return { root, taken: () => (tick.checked ? { ...change, after: text.value } : undefined) };
}

function differenceElement(before: string, after: string): HTMLElement {
  const { same, gone, added, rest } = differenceOf(before, after);
  return el(
    'p',
    { class: 'enrich-before' },
    same,
    gone && el('del', {}, gone),
    added && el('ins', {}, added),
    rest,
  );
}

function labelOf(field: WireChange['field']): string {
  if (field === 'examples') return 'An example turn';
  const named = [...SEEN.fields, ...MIND.fields].find(({ path }) => path.split('.').at(-1) === field);
  return named?.label ?? field;
}
