import type { WireScene } from '../../wire-shapes.ts';
import { button, el } from '../dom.ts';

/** The head of one open scene: what it is, who plays, and what can be done with all of it. */
export type PaneHead = {
  readonly root: HTMLElement;
  setScene(scene: WireScene): void;
  setXray(on: boolean): void;
  /** Others are open beside it. */
  setBeside(beside: boolean): void;
};

export function createPaneHead(on: {
  readonly xray: () => void;
  readonly story: () => void;
  readonly share: () => void;
  readonly minds: () => void;
  readonly scenes: () => void;
  readonly cast: () => void;
  /** It is to be put away. */
  readonly away: () => void;
}): PaneHead {
  const title = el('h1', {});
  const topic = el('p', { class: 'topic' });
  const minds = button('Scripted demo', on.minds, { class: 'minds-pill' });
  const away = button('Put this scene away', on.away, { class: 'icon away', sign: '×', hidden: true });
  const xray = el(
    'button',
    {
      type: 'button',
      class: 'switch',
      role: 'switch',
      'aria-checked': 'false',
      title: 'Show what the room cannot see: plans, thoughts, reasons',
      on: { click: on.xray },
    },
    el('span', { class: 'switch-track', 'aria-hidden': 'true' }, el('i')),
    'X-ray',
  );
  const wide = (sign: string, word: string) =>
    el('span', {}, sign, el('span', { class: 'wide-word' }, ` ${word}`));

  return {
    root: el(
      'header',
      { class: 'head' },
      button('Scenes', on.scenes, { class: 'icon narrow-only', sign: '☰' }),
      el('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
      el('div', { class: 'heading' }, title, topic),
      minds,
      xray,
      button('The story so far, and what it could have been', on.story, {
        class: 'icon',
        sign: wide('🌳', 'Story'),
      }),
      button('Share this scene as one file', on.share, { class: 'icon share', sign: wide('⤴', 'Share') }),
      button('Cast', on.cast, { class: 'icon medium-only', sign: '👥' }),
      away,
    ),
    setScene(scene) {
      title.textContent = scene.title;
      topic.textContent = scene.tagline;
      minds.textContent = scene.model ?? 'Scripted demo';
      minds.title = scene.model
        ? `${scene.model} plays`
        : 'The cast reads from a script. Connect a model to give them real minds.';
      minds.classList.toggle('live', scene.model !== undefined);
    },
    setXray(isOn) {
      xray.setAttribute('aria-checked', String(isOn));
    },
    setBeside(beside) {
      away.hidden = !beside;
    },
  };
}
