import type { WireScene, WireViewEntry, WireWhisper } from '../wire-shapes.ts';
import type { Connection } from './connection.ts';
import { button, type Child, el, fill } from './dom.ts';
import { cardIdOf } from './faces.ts';
import { inlineText } from './inline-text.ts';

type Member = WireScene['cast'][number];

/**
 * Who knows a whisper and who does not, side by side, as their own minds tell it. What stands in a
 * panel is what that character witnessed; nothing else is looked at.
 */
export type Knowing = {
  readonly root: HTMLElement;
  /** Looks into both minds again. */
  refresh(): Promise<void>;
  /** One who was not told has thought something since. */
  readonly hasReasoned: () => boolean;
};

export function createKnowing(options: {
  readonly connection: Connection;
  readonly whisper: WireWhisper;
  readonly cast: readonly Member[];
  readonly onMind: (member: Member) => void;
}): Knowing {
  const { connection, whisper, cast, onMind } = options;
  const told = new Set(whisper.to.map(cardIdOf));
  const present = cast.filter((member) => member.present || told.has(member.id));
  // One who knows, and those who do not: two panels where the cast is two, a third where it is more.
  const shown = [
    ...present.filter(({ id }) => told.has(id)),
    ...present.filter(({ id }) => !told.has(id)),
  ].slice(0, 3);
  const panels = new Map(shown.map((member) => [member.id, el('article', { 'data-card': member.id })]));
  let reasoned = false;

  async function refresh(): Promise<void> {
    for (const member of shown) {
      const { entries } = await connection.ask({ type: 'mind', character: member.id }, 'mind');
      draw(member, entries);
    }
  }

  function draw(member: Member, entries: readonly WireViewEntry[]): void {
    const panel = panels.get(member.id);
    const heard = entries.find(({ n, kind }) => n === whisper.n && kind === 'whisper');
    // The first thing it thought since: that is what the whisper did, or failed to do.
    const since = entries.find(({ n, own, segments }) => n > whisper.n && own && segments.some(isThought));
    if (!heard && since) reasoned = true;
    const state = `${heard?.n} ${since?.n}`;
    if (!panel || panel.dataset['state'] === state) return;
    panel.dataset['state'] = state;
    panel.className = heard ? 'knows' : 'does-not';
    fill(
      panel,
      el(
        'header',
        {},
        el('img', { src: member.avatar, alt: '' }),
        el(
          'div',
          {},
          el('strong', { class: `role-${member.color}` }, member.name),
          el('span', { class: 'verdict' }, heard ? '✓ knows' : '✗ does not know'),
        ),
      ),
      heard
        ? el('p', {}, 'Heard you whisper: ', el('q', {}, ...inlineText(wordsOf(heard))))
        : el('p', {}, 'Witnessed no whisper. For this mind it never happened.'),
      since && thoughtElement(member, since, heard !== undefined),
      button('All they witnessed', () => onMind(member), { class: 'link' }),
    );
  }

  return {
    root: el(
      'section',
      { class: 'knowing', 'aria-label': 'Who knows' },
      el('h3', {}, 'Who knows this now?'),
      el('div', { class: 'panels' }, ...panels.values()),
    ),
    refresh,
    hasReasoned: () => reasoned,
  };
}

function thoughtElement({ name }: Member, entry: WireViewEntry, knew: boolean): Child {
  const text = entry.segments
    .filter(isThought)
    .map((segment) => segment.text)
    .join(' ');
  return el(
    'blockquote',
    {},
    el('small', {}, knew ? `💭 ${name}, knowing it` : `💭 ${name}, not knowing it`),
    el('p', {}, ...inlineText(text)),
  );
}

function wordsOf({ segments }: WireViewEntry): string {
  return segments
    .filter((segment) => !isThought(segment))
    .map(({ text }) => text)
    .join(' ');
}

function isThought({ kind }: { readonly kind: string }): boolean {
  return kind === 'thought';
}
