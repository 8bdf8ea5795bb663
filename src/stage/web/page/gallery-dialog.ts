import type { WireLibrary, WireScene } from '../wire-shapes.ts';
import { openDialog } from './dialog.ts';
import { button, type Child, el, fill } from './dom.ts';

/** Everyone who can come on stage. */
export function openGallery(options: {
  readonly library: WireLibrary;
  readonly scene: WireScene | undefined;
  readonly onSummon: (id: string) => void;
  readonly onFile: (file: File) => void;
}): void {
  const { library, scene, onSummon, onFile } = options;
  const present = new Set((scene?.cast ?? []).filter((member) => member.present).map(({ id }) => id));
  const grid = el('ul', { class: 'gallery' });
  const search = el('input', {
    type: 'search',
    autofocus: true,
    placeholder: 'Find by name or tag',
    'aria-label': 'Find a character',
    on: { input: () => draw() },
  });
  const picker = el('input', {
    type: 'file',
    accept: '.png,.json,.yaml,.yml',
    hidden: true,
    on: {
      change: () => {
        const [file] = picker.files ?? [];
        dialog.close();
        if (file) onFile(file);
      },
    },
  });
  const dialog = openDialog(
    'Summon someone',
    search,
    grid,
    el(
      'p',
      { class: 'hint' },
      'Have a character card (V2 or V3, PNG or JSON, or YAML)? Drop the file anywhere on this page, or ',
      button('choose it', () => picker.click(), { class: 'link' }),
      '.',
      picker,
    ),
    ...library.problems.map((problem) => el('p', { class: 'problem' }, problem)),
  );
  draw();

  function draw(): void {
    const wanted = search.value.trim().toLowerCase();
    const found = library.characters.filter(
      ({ name, tags }) =>
        name.toLowerCase().includes(wanted) || tags.some((tag) => tag.toLowerCase().includes(wanted)),
    );
    fill(
      grid,
      ...found.map(card),
      found.length === 0 && el('li', { class: 'none' }, 'Nobody of that name is here.'),
    );
  }

  function card({ id, name, avatar, about, color, source }: WireLibrary['characters'][number]): Child {
    const here = present.has(id);
    return el(
      'li',
      {},
      el('img', { src: avatar, alt: '', loading: 'lazy' }),
      el(
        'div',
        {},
        el('h3', { class: `role-${color}` }, name, source === 'own' && el('small', {}, ' your card')),
        about ? el('p', {}, about) : undefined,
      ),
      button(here ? 'On stage' : 'Summon', () => summon(id), {
        'aria-label': here ? `${name} is on stage` : `Summon ${name}`,
        class: 'primary',
        disabled: here,
      }),
    );
  }

  function summon(id: string): void {
    dialog.close();
    onSummon(id);
  }
}
