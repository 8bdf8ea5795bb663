import type { WireCharacter } from '../../wire-shapes.ts';
import { button, el } from '../dom.ts';

export type ExportKind = 'v3' | 'v2' | 'png' | 'yaml';

const EXPORTS: readonly (readonly [ExportKind, string])[] = [
  ['v3', 'Character Card V3 (JSON)'],
  ['v2', 'Character Card V2 (JSON)'],
  ['png', 'A picture with the card in it (PNG)'],
  ['yaml', 'YAML, as the cards that ship'],
];

export type EditorHead = {
  readonly root: HTMLElement;
  set(of: {
    readonly name: string;
    readonly source: WireCharacter['source'] | undefined;
    readonly changed: boolean;
  }): void;
  /** What came of it, in words. */
  say(words: string, isBad?: boolean): void;
};

/** Above the editor: whose card it is, whether it is saved, and what can be done with it. */
export function createEditorHead(actions: {
  readonly onSave: () => void;
  readonly onDelete: () => void;
  readonly onEnrich: () => void;
  readonly onExport: (as: ExportKind) => void;
  readonly onClose: () => void;
}): EditorHead {
  const title = el('h2', {});
  const state = el('small', { class: 'editor-state' });
  const said = el('p', { class: 'editor-said', role: 'status' });
  const save = button('Save', actions.onSave, { class: 'primary' });
  const remove = button('Delete', actions.onDelete, { class: 'quiet-button danger' });
  const menu = el(
    'details',
    { class: 'menu' },
    el('summary', { class: 'quiet-button' }, 'Export'),
    el(
      'ul',
      {},
      ...EXPORTS.map(([as, words]) =>
        el(
          'li',
          {},
          button(
            words,
            () => {
              menu.open = false;
              actions.onExport(as);
            },
            { class: 'quiet-button wide' },
          ),
        ),
      ),
    ),
  ) as HTMLDetailsElement;

  return {
    root: el(
      'header',
      { class: 'editor-head' },
      el('div', { class: 'editor-title' }, title, state),
      said,
      el(
        'div',
        { class: 'editor-actions' },
        button('Enrich', actions.onEnrich, { class: 'quiet-button' }),
        menu,
        remove,
        save,
        button('Close', actions.onClose, { class: 'close', sign: '×' }),
      ),
    ),
    set({ name, source, changed }) {
      title.textContent = name || 'A new card';
      state.textContent = [
        source === 'shipped' ? 'ships with Dramatis: saving makes a copy of your own' : '',
        source === undefined ? 'not in the gallery yet' : '',
        changed ? 'not saved' : '',
      ]
        .filter(Boolean)
        .join(' · ');
      if (changed) said.textContent = '';
      remove.hidden = source === undefined || source === 'shipped';
      menu.hidden = source === undefined;
      save.textContent = source === 'shipped' ? 'Save a copy' : 'Save';
    },
    say(words, isBad = false) {
      said.textContent = words;
      said.classList.toggle('bad', isBad);
    },
  };
}
