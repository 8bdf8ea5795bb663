import type { WirePlaying } from '../wire-shapes.ts';
import { button, el, fill } from './dom.ts';

/** The scenes of this stage, like channels at the left. */
export type SceneList = {
  readonly root: HTMLElement;
  set(playing: WirePlaying, open: string | undefined): void;
};

export function createSceneList(onOpen: (id: string) => void): SceneList {
  const root = el('nav', { class: 'scene-list', 'aria-label': 'Scenes' });
  return {
    root,
    set(playing, open) {
      fill(
        root,
        el('h3', {}, 'Scenes'),
        ...playing.map(({ id, title, status }) =>
          button(title, () => onOpen(id), {
            class: 'scene-link',
            'aria-current': id === open ? 'page' : undefined,
            sign: el(
              'span',
              {},
              el('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
              title,
              status === 'paused' && el('small', {}, ' paused'),
            ),
          }),
        ),
      );
    },
  };
}
