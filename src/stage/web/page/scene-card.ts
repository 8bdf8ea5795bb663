import type { WireScene } from '../wire-shapes.ts';
import { el } from './dom.ts';
import { inlineText } from './inline-text.ts';

/** What stands above a scene: what it is, where it is, who is in it now. */
export function sceneCard(scene: WireScene): HTMLElement {
  const present = scene.cast.filter((member) => member.present);
  return el(
    'section',
    { class: 'scene-card', 'aria-label': 'The scene' },
    el('h2', {}, scene.title),
    scene.tagline ? el('p', { class: 'tagline' }, scene.tagline) : undefined,
    scene.setting ? el('p', { class: 'setting' }, ...inlineText(scene.setting)) : undefined,
    present.length > 0
      ? el(
          'ul',
          { class: 'faces' },
          ...present.map((member) =>
            el('li', {}, el('img', { src: member.avatar, alt: '' }), el('span', {}, member.name)),
          ),
        )
      : el('p', { class: 'tagline' }, 'Nobody is on stage yet. Summon someone.'),
  );
}
