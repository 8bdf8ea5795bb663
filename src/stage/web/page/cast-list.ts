import type { WireScene } from '../wire-shapes.ts';
import { button, type Child, el, fill } from './dom.ts';

type Member = WireScene['cast'][number];

/** Who is in the scene, at the side. */
export type CastList = {
  readonly root: HTMLElement;
  setScene(scene: WireScene): void;
  setMaking(id: string | undefined): void;
};

export function createCastList(actions: {
  readonly onSummon: () => void;
  /** What this character witnessed. */
  readonly onMind: (member: Member) => void;
  readonly onNext: (member: Member) => void;
  readonly onDismiss: (member: Member) => void;
  readonly onReturn: (member: Member) => void;
}): CastList {
  const lists = el('div', {});
  const root = el(
    'aside',
    { class: 'cast', 'aria-label': 'Cast' },
    lists,
    button('+ Summon someone', actions.onSummon, { class: 'quiet-button wide' }),
  );

  function member(one: Member): Child {
    const details = el(
      'details',
      { class: `member${one.present ? '' : ' away'}`, 'data-card': one.id, name: 'cast' },
      el(
        'summary',
        {},
        el(
          'span',
          { class: 'portrait' },
          el('img', { src: one.avatar, alt: '' }),
          el('i', { class: 'presence' }),
        ),
        el('span', { class: `name role-${one.color}` }, one.name),
        whereElement(one.place),
      ),
      one.about ? el('p', {}, one.about) : undefined,
      el(
        'div',
        { class: 'member-actions' },
        button('🧠 What do they know?', () => actions.onMind(one), { class: 'quiet-button' }),
        ...(one.present
          ? [
              button('Speak next', () => actions.onNext(one), { class: 'quiet-button' }),
              button('Leave the stage', () => actions.onDismiss(one), { class: 'quiet-button' }),
            ]
          : [button('Come back', () => actions.onReturn(one), { class: 'quiet-button' })]),
      ),
    );
    return details;
  }

  let drawn = '';
  let rooms: WireScene['rooms'] = [];

  function whereElement(place: string | undefined): Child {
    const room = rooms.find(({ id }) => id === place);
    return room && el('span', { class: 'where' }, room.name);
  }

  return {
    root,
    setScene(scene) {
      // Drawn anew it would lose the keyboard's place in it.
      const now = JSON.stringify([scene.cast, scene.players, scene.rooms, scene.you]);
      if (now === drawn) return;
      drawn = now;
      rooms = scene.rooms;
      const focused = document.activeElement?.closest<HTMLElement>('.cast details')?.dataset['card'];
      const open = root.querySelector<HTMLElement>('details[open]')?.dataset['card'];
      const here = scene.cast.filter(({ present }) => present);
      const away = scene.cast.filter(({ present }) => !present);
      const players = scene.players.filter(({ present }) => present);
      fill(
        lists,
        el('h3', {}, `On stage — ${here.length}`),
        ...here.map(member),
        away.length > 0 && el('h3', {}, `Away — ${away.length}`),
        ...away.map(member),
        el('h3', {}, `Players — ${Math.max(1, players.length)}`),
        ...(players.length > 0
          ? players.map(({ name, place }) => playerElement(name, whereElement(place)))
          : [playerElement(scene.you, undefined)]),
      );
      for (const details of root.querySelectorAll('details')) {
        details.open = details.dataset['card'] === open;
        if (details.dataset['card'] === focused) details.querySelector('summary')?.focus();
      }
    },
    setMaking(id) {
      for (const one of root.querySelectorAll<HTMLElement>('details')) {
        one.classList.toggle('making', one.dataset['card'] === id);
      }
    },
  };
}

function playerElement(name: string, where: Child): Child {
  return el(
    'div',
    { class: 'member player' },
    el(
      'span',
      { class: 'portrait' },
      el('img', { src: `/initials/${encodeURIComponent(name)}`, alt: '' }),
      el('i', { class: 'presence' }),
    ),
    el('span', { class: 'name' }, name),
    where,
  );
}
