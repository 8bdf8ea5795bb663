import type { WireScene } from '../wire-shapes.ts';
import { button, type Child, el, fill } from './dom.ts';

/** The frame: scenes at the left, the channel in the middle, the cast at the right. */
export type Layout = {
  setScene(scene: WireScene): void;
  setOnline(online: boolean): void;
  setXray(on: boolean): void;
  closeDrawers(): void;
};

export function createLayout(parts: {
  readonly left: readonly Child[];
  readonly channel: Child;
  readonly foot: readonly Child[];
  readonly cast: Child;
  readonly over: readonly Child[];
  readonly onXray: () => void;
  readonly onShare: () => void;
  readonly onStory: () => void;
  readonly onMinds: () => void;
}): Layout {
  const { body } = document;
  const title = el('h1', {});
  const topic = el('p', { class: 'topic' });
  const minds = button('Scripted demo', parts.onMinds, { class: 'minds-pill' });
  const xray = el(
    'button',
    {
      type: 'button',
      class: 'switch',
      role: 'switch',
      'aria-checked': 'false',
      title: 'Show what the room cannot see: plans, thoughts, reasons',
      on: { click: parts.onXray },
    },
    el('span', { class: 'switch-track', 'aria-hidden': 'true' }, el('i')),
    'X-ray',
  );
  const offline = el(
    'div',
    { class: 'offline', role: 'status', hidden: true },
    'The stage does not answer. Reconnecting…',
  );

  function drawer(name: 'show-scenes' | 'show-cast'): void {
    const other = name === 'show-scenes' ? 'show-cast' : 'show-scenes';
    body.classList.remove(other);
    body.classList.toggle(name);
  }

  function closeDrawers(): void {
    body.classList.remove('show-scenes', 'show-cast');
  }

  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') closeDrawers();
  });

  const app = document.querySelector('#app') ?? body;
  fill(
    app,
    el(
      'aside',
      { class: 'left', 'aria-label': 'The stage' },
      el('div', { class: 'brand' }, 'Dramatis'),
      ...parts.left,
    ),
    el(
      'main',
      { class: 'middle' },
      el(
        'header',
        { class: 'head' },
        button('Scenes', () => drawer('show-scenes'), { class: 'icon narrow-only', sign: '☰' }),
        el('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
        el('div', { class: 'heading' }, title, topic),
        minds,
        xray,
        button('The story so far, and what it could have been', parts.onStory, {
          class: 'icon story-button',
          sign: el('span', {}, '⑂', el('span', { class: 'wide-word' }, ' Story')),
        }),
        button('Share this scene as one file', parts.onShare, {
          class: 'icon share',
          sign: el('span', {}, '⤴', el('span', { class: 'wide-word' }, ' Share')),
        }),
        button('Cast', () => drawer('show-cast'), { class: 'icon medium-only', sign: '👥' }),
      ),
      offline,
      parts.channel,
      el('footer', { class: 'foot' }, ...parts.foot),
    ),
    parts.cast,
    el('div', { class: 'backdrop', on: { click: closeDrawers } }),
    ...parts.over,
  );

  return {
    setScene(scene) {
      document.title = `${scene.title} · Dramatis`;
      title.textContent = scene.title;
      topic.textContent = scene.tagline;
      minds.textContent = scene.model ?? 'Scripted demo';
      minds.title = scene.model
        ? `${scene.model} plays`
        : 'The cast reads from a script. Connect a model to give them real minds.';
      minds.classList.toggle('live', scene.model !== undefined);
    },
    setOnline(online) {
      offline.hidden = online;
    },
    setXray(on) {
      xray.setAttribute('aria-checked', String(on));
      body.classList.toggle('xray-on', on);
    },
    closeDrawers,
  };
}
