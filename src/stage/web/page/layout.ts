import { type Child, el, fill } from './dom.ts';

/** The frame: scenes at the left, what is played in the middle, the cast at the right. */
export type Layout = {
  setCast(cast: HTMLElement): void;
  /** Narrow screens have the sides in drawers. */
  drawer(name: 'show-scenes' | 'show-cast'): void;
  closeDrawers(): void;
};

export function createLayout(parts: {
  readonly left: readonly Child[];
  readonly middle: Child;
  readonly cast: HTMLElement;
  readonly over: readonly Child[];
}): Layout {
  const { body } = document;
  let { cast } = parts;

  function closeDrawers(): void {
    body.classList.remove('show-scenes', 'show-cast');
  }

  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') closeDrawers();
  });

  fill(
    document.querySelector('#app') ?? body,
    el(
      'aside',
      { class: 'left', 'aria-label': 'The stage' },
      el('div', { class: 'brand' }, 'Dramatis'),
      ...parts.left,
    ),
    parts.middle,
    cast,
    el('div', { class: 'backdrop', on: { click: closeDrawers } }),
    ...parts.over,
  );

  return {
    setCast(now) {
      if (now === cast) return;
      cast.replaceWith(now);
      cast = now;
    },
    drawer(name) {
      const other = name === 'show-scenes' ? 'show-cast' : 'show-scenes';
      body.classList.remove(other);
      body.classList.toggle(name);
    },
    closeDrawers,
  };
}
