import { button, el } from '../dom.ts';

export type Pane = 'card' | 'prompt' | 'try';

const NAMES: readonly (readonly [Pane, string])[] = [
  ['card', 'Card'],
  ['prompt', 'Prompt'],
  ['try', 'Try a turn'],
];

/**
 * The panes of the editor. There is room for two of them on a wide screen (the card, and one of the others
 * beside it), for one on a narrow one.
 */
export function createEditorTabs(panes: Readonly<Record<Pane, HTMLElement>>): {
  readonly root: HTMLElement;
  show(pane: Pane): void;
} {
  const root = el('div', { class: 'editor-body' });
  const tabs = NAMES.map(([pane, name]) =>
    button(name, () => show(pane), {
      'data-tab': pane,
      class: 'editor-tab',
      'aria-controls': `pane-${pane}`,
    }),
  );

  function show(pane: Pane): void {
    root.dataset['pane'] = pane;
    for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab.dataset['tab'] === pane));
  }

  root.append(
    el('div', { class: 'editor-tabs', role: 'group', 'aria-label': 'What to look at' }, ...tabs),
    ...NAMES.map(([pane]) => el('div', { class: `pane pane-${pane}`, id: `pane-${pane}` }, panes[pane])),
  );
  show(matchMedia('(min-width: 900px)').matches ? 'prompt' : 'card');
  return { root, show };
}
