import type { WirePlaying, WireScene } from '../wire-shapes.ts';
import { button, type Child, el, fill } from './dom.ts';

/** What of the scenes is open on this page. */
export type OpenScenes = {
  readonly active: WireScene | undefined;
  /** The room of the active scene where this page's player speaks; absent: its main place. */
  readonly place: string | undefined;
  readonly inSight: (scene: string) => boolean;
  /** Lines that came to an open scene while it was out of sight. */
  readonly unseen: (scene: string) => number;
};

/** The scenes of this stage, like channels at the left. */
export type SceneList = { readonly root: HTMLElement; set(playing: WirePlaying, open: OpenScenes): void };

export function createSceneList(on: {
  readonly open: (id: string) => void;
  readonly beside: (id: string) => void;
}): SceneList {
  const root = el('nav', { class: 'scene-list', 'aria-label': 'Scenes' });
  let drawn = '';

  return {
    root,
    set(playing, { active, place, inSight, unseen }) {
      const scenes = playing.map((one) => ({ ...one, inSight: inSight(one.id), unseen: unseen(one.id) }));
      // Drawn anew it would lose the keyboard's place in it.
      const now = JSON.stringify([scenes, active?.id, active?.rooms, place]);
      if (now === drawn) return;
      drawn = now;
      const focused = document.activeElement instanceof HTMLElement && root.contains(document.activeElement);
      const key = focused ? (document.activeElement as HTMLElement).dataset['opens'] : undefined;
      fill(root, el('h3', {}, 'Scenes'), ...scenes.flatMap(links));
      if (key) root.querySelector<HTMLElement>(`[data-opens="${CSS.escape(key)}"]`)?.focus();

      function links({ id, title, status, inSight: shown, unseen: count }: (typeof scenes)[number]): Child[] {
        const isActive = id === active?.id;
        return [
          el(
            'div',
            { class: `scene-row${shown ? ' in-sight' : ''}` },
            button(count > 0 ? `${title} ${count} new` : title, () => on.open(id), {
              class: 'scene-link',
              'data-opens': id,
              'aria-current': isActive && place === undefined ? 'page' : undefined,
              sign: el(
                'span',
                {},
                el('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
                title,
                status === 'paused' && el('small', {}, ' paused'),
                count > 0 && el('b', { class: 'unseen' }, ` ${count} new`),
              ),
            }),
            !shown &&
              button(`Open beside: ${title}`, () => on.beside(id), {
                class: 'beside',
                'data-opens': `beside ${id}`,
                sign: '◫',
              }),
          ),
          ...(isActive ? active.rooms : []).map((room) =>
            button(room.name, () => on.open(room.id), {
              class: 'scene-link room',
              'data-opens': room.id,
              'aria-current': room.id === place ? 'page' : undefined,
            }),
          ),
        ];
      }
    },
  };
}
