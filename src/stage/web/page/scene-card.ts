import type { WireScene } from '../wire-shapes.ts';
import { el } from './dom.ts';
import { inlineText } from './inline-text.ts';

/** What stands above a scene: what it is, where it is, who is in it now. */
export function sceneCard(scene: WireScene): HTMLElement {
  const present = scene.cast.filter((member) => member.present);
  return el(
    'div',
    { class: 'scene-card' },
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
    scene.bestOf !== undefined && el('p', { class: 'scene-note' }, bestOfWords(scene.bestOf, scene.judge)),
    scene.choicesOf && el('p', { class: 'scene-note' }, choicesWords(scene.choicesOf)),
  );
}

function bestOfWords(bestOf: number, judge: string | undefined): string {
  return `Best of ${bestOf}: ${judge ?? 'a judge'} chooses among ${bestOf} drafts of each turn.`;
}

/** Who is in a scene is to know whose choices in it are kept. */
function choicesWords(people: NonNullable<WireScene['choicesOf']>): string {
  return `👍 👎 and swipes are counted for ${people.map(({ name }) => name).join(', ')}.`;
}
