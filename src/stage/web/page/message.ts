import type { WireBeat } from '../wire-shapes.ts';
import { type Child, el } from './dom.ts';
import type { Face } from './faces.ts';
import { inlineText } from './inline-text.ts';
import { clockWords, whenWords } from './time-words.ts';

type Segment = WireBeat['segments'][number];

/** A line as Discord shows it. `continues`: the same voice as just before, so without a head. */
export function messageElement(options: {
  readonly face: Face;
  readonly at: number;
  readonly continues: boolean;
  readonly narrated?: boolean;
  readonly body: readonly Child[];
}): HTMLElement {
  const { face, at, continues, narrated, body } = options;
  return el(
    'discord-message',
    {
      author: face.name,
      avatar: face.avatar,
      bot: !face.isPlayer,
      timestamp: continues ? clockWords(at) : whenWords(at),
      'message-body-only': continues,
      'role-color': face.color === undefined ? undefined : `var(--role-${face.color})`,
      class: narrated ? 'narrated' : undefined,
    },
    ...body,
  );
}

/** Actions in italics, speech plain, in the order in which they happened. */
export function segmentsElement(segments: readonly Segment[], names: readonly string[]): HTMLElement {
  const parts = segments.flatMap(({ kind, text }, i) => [
    i > 0 ? ' ' : '',
    kind === 'action'
      ? el('em', { class: 'action' }, ...inlineText(text, names))
      : el('span', { class: 'speech' }, ...inlineText(text, names)),
  ]);
  return el('div', { class: 'said' }, ...parts);
}

/** Someone comes or goes. */
export function passageElement(kind: 'entrance' | 'exit', name: string, beat: WireBeat): HTMLElement {
  const told = beat.segments.map(({ text }) => text).join(' ');
  return el(
    'discord-system-message',
    { type: kind === 'entrance' ? 'join' : 'leave', timestamp: clockWords(beat.at) },
    ...(told
      ? inlineText(told)
      : [el('strong', {}, name), kind === 'entrance' ? ' comes in.' : ' leaves the stage.']),
  );
}

/** The place or the time changed. */
export function breakElement(beat: WireBeat): HTMLElement {
  const told = beat.segments.map(({ text }) => text).join(' ');
  return el('div', { class: 'scene-break', role: 'separator' }, el('span', {}, ...inlineText(told)));
}
