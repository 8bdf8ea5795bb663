import type { ClientMessageOf } from '../protocol.ts';
import type { WireLibrary } from '../wire-shapes.ts';
import { openDialog } from './dialog.ts';
import { button, type Child, el } from './dom.ts';

type Start = NonNullable<ClientMessageOf<'open'>['start']>;

/** Start another scene: one that ships, or a place and a cast of one's own. */
export function openStartDialog(library: WireLibrary, onStart: (start: Start) => void): void {
  const setting = el('textarea', {
    rows: 3,
    maxlength: 4000,
    placeholder: 'A cold inn on the coast road, past midnight. The storm has shut the pass.',
    id: 'new-setting',
  });
  const dialog = openDialog(
    'Start another scene',
    el(
      'ul',
      { class: 'scene-choices' },
      ...library.scenes.map(({ id, title, tagline, cast }) =>
        el(
          'li',
          {},
          el('h3', {}, title),
          tagline ? el('p', {}, tagline) : undefined,
          el('p', { class: 'with' }, `With ${cast.join(', ')}`),
          button('Play', () => begin({ script: id }), { 'aria-label': `Play ${title}`, class: 'primary' }),
        ),
      ),
    ),
    el('h3', {}, 'Or one of your own'),
    el('label', { for: 'new-setting' }, 'Where and when does it play?'),
    setting,
    el(
      'fieldset',
      { class: 'cast-choices' },
      el('legend', {}, 'Who is there?'),
      ...library.characters.map(choice),
    ),
    button('Start the scene', () => begin(own()), { class: 'primary' }),
  );

  function own(): Start {
    const cast = [...dialog.root.querySelectorAll<HTMLInputElement>('input:checked')].map(
      ({ value }) => value,
    );
    const words = setting.value.trim();
    return { ...(words ? { setting: words } : {}), ...(cast.length > 0 ? { cast } : {}) };
  }

  function begin(start: Start): void {
    dialog.close();
    onStart(start);
  }
}

function choice({ id, name, avatar }: WireLibrary['characters'][number]): Child {
  return el(
    'label',
    { class: 'cast-choice' },
    el('input', { type: 'checkbox', value: id }),
    el('img', { src: avatar, alt: '', loading: 'lazy' }),
    el('span', {}, name),
  );
}
