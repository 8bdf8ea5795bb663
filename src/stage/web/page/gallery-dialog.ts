import type { WireLibrary, WireScene } from '../wire-shapes.ts';
import { openDialog } from './dialog.ts';
import { button, type Child, el, fill } from './dom.ts';

/** What can be done in the gallery. */
export type GalleryActions = {
  readonly onSummon: (id: string) => void;
  readonly onFile: (file: File) => void;
  readonly onEdit: (id: string) => void;
  readonly onNew: () => void;
  readonly onWorlds: () => void;
};

type Source = 'all' | 'own' | 'shipped';
const SOURCES: readonly (readonly [Source, string])[] = [
  ['all', 'All'],
  ['own', 'Yours'],
  ['shipped', 'Shipped'],
];

const ANY_TAG = '';

/** Everyone who can come on stage: found by name, tag and origin, summoned, opened to be edited. */
export function openGallery(
  options: { readonly library: () => WireLibrary; readonly scene: WireScene | undefined } & GalleryActions,
): { redraw(): void } {
  const { scene } = options;
  const present = new Set((scene?.cast ?? []).filter((member) => member.present).map(({ id }) => id));
  const grid = el('ul', { class: 'gallery' });
  const count = el('p', { class: 'hint', role: 'status' });
  const problems = el('div', {});
  let source: Source = 'all';
  const search = el('input', {
    type: 'search',
    autofocus: true,
    placeholder: 'Find by name or tag',
    'aria-label': 'Find a character',
    on: { input: () => draw() },
  });
  const tag = el(
    'select',
    { 'aria-label': 'Tag', on: { change: () => draw() } },
    el('option', { value: ANY_TAG }, 'Any tag'),
    ...tagsOf(options.library()).map((one) => el('option', { value: one }, one)),
  );
  const sources = SOURCES.map(([value, name]) =>
    button(
      name,
      () => {
        source = value;
        draw();
      },
      { 'data-source': value, class: 'filter' },
    ),
  );
  const picker = el('input', {
    type: 'file',
    accept: '.png,.json,.yaml,.yml,.charx,.jsonl',
    hidden: true,
    on: {
      change: () => {
        const [file] = picker.files ?? [];
        dialog.close();
        if (file) options.onFile(file);
      },
    },
  });
  const dialog = openDialog(
    'Summon someone',
    el(
      'div',
      { class: 'gallery-bar' },
      search,
      el('div', { class: 'filters', role: 'group', 'aria-label': 'Whose cards' }, ...sources),
      tag,
    ),
    count,
    grid,
    el(
      'div',
      { class: 'gallery-foot' },
      button('New character', () => leave(options.onNew), { class: 'secondary' }),
      button('Bring a file', () => picker.click(), { class: 'secondary' }),
      button('Worlds', () => leave(options.onWorlds), { class: 'secondary' }),
      picker,
    ),
    el(
      'p',
      { class: 'hint' },
      'Cards (V1, V2, V3 as JSON or PNG, CharX, YAML), CoSER casts, lorebooks and SillyTavern chats can be dropped anywhere on this page, too: 32 MB at most.',
    ),
    problems,
  );
  dialog.root.classList.add('wide-dialog');
  draw();
  return { redraw: draw };

  function draw(): void {
    for (const one of sources) one.setAttribute('aria-pressed', String(one.dataset['source'] === source));
    const library = options.library();
    const found = library.characters.filter(fits);
    fill(
      grid,
      ...found.map(card),
      found.length === 0 && el('li', { class: 'none' }, 'Nobody of that name is here.'),
    );
    fill(problems, ...library.problems.map((problem) => el('p', { class: 'problem' }, problem)));
    count.textContent = found.length === 1 ? '1 character' : `${found.length} characters`;
  }

  function fits(one: WireLibrary['characters'][number]): boolean {
    const wanted = search.value.trim().toLowerCase();
    const named = one.name.toLowerCase().includes(wanted);
    return (
      (named || one.tags.some((other) => other.toLowerCase().includes(wanted))) &&
      (source === 'all' || (source === 'shipped') === (one.source === 'shipped')) &&
      (tag.value === ANY_TAG || one.tags.includes(tag.value))
    );
  }

  function card({ id, name, avatar, about, color, tags, ...one }: WireLibrary['characters'][number]): Child {
    const here = present.has(id);
    return el(
      'li',
      {},
      el('img', { src: avatar, alt: '', loading: 'lazy' }),
      el(
        'div',
        { class: 'gallery-words' },
        el('h3', { class: `role-${color}` }, name),
        el('small', {}, [one.source === 'shipped' ? 'ships' : 'your card', ...tags.slice(0, 4)].join(' · ')),
        el('p', {}, about || 'Others know nothing of them: the card has no public sheet.'),
      ),
      el(
        'div',
        { class: 'gallery-actions' },
        button(here ? 'On stage' : 'Summon', () => leave(() => options.onSummon(id)), {
          'aria-label': here ? `${name} is on stage` : `Summon ${name}`,
          class: 'primary',
          disabled: here,
        }),
        button(one.source === 'shipped' ? 'Open' : 'Edit', () => leave(() => options.onEdit(id)), {
          'aria-label': one.source === 'shipped' ? `Open ${name}` : `Edit ${name}`,
          class: 'secondary',
        }),
      ),
    );
  }

  function leave(work: () => void): void {
    dialog.close();
    work();
  }
}

/** Every tag, those that most bear first. */
function tagsOf({ characters }: WireLibrary): string[] {
  const counts = new Map<string, number>();
  for (const { tags } of characters) for (const one of tags) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .map(([one]) => one)
    .slice(0, 200);
}
