import type { WirePlaying, WireScene } from '../wire-shapes.ts';
import { button, el, fill } from './dom.ts';

/** The scenes of this stage, like channels at the left. */
export type SceneList = {
  readonly root: HTMLElement;
  /** `place`: the room of the open scene where this page's player speaks; absent: its main place. */
  set(playing: WirePlaying, open: WireScene | undefined, place: string | undefined): void;
};

export function createSceneList(onOpen: (id: string) => void): SceneList {
  const root = el('nav', { class: 'scene-list', 'aria-label': 'Scenes' });
  let drawn = '';
  return {
    root,
    set(playing, open, place) {
      // Drawn anew it would lose the keyboard's place in it.
      const now = JSON.stringify([playing, open?.id, open?.rooms, place]);
      if (now === drawn) return;
      drawn = now;
      fill(
        root,
        el('h3', {}, 'Scenes'),
        ...playing.flatMap(({ id, title, status }) => [
          button(title, () => onOpen(id), {
            class: 'scene-link',
            'aria-current': id === open?.id && place === undefined ? 'page' : undefined,
            sign: el(
              'span',
              {},
              el('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
              title,
              status === 'paused' && el('small', {}, ' paused'),
            ),
          }),
          ...(id === open?.id ? open.rooms : []).map((room) =>
            button(room.name, () => onOpen(room.id), {
              class: 'scene-link room',
              'aria-current': room.id === place ? 'page' : undefined,
            }),
          ),
        ]),
      );
    },
  };
}
