import type { WireScene, WireViewEntry } from '../wire-shapes.ts';
import type { Connection } from './connection.ts';
import { openDialog } from './dialog.ts';
import { type Child, el, fill } from './dom.ts';
import type { Faces } from './faces.ts';
import { inlineText } from './inline-text.ts';

type Member = WireScene['cast'][number];

const MOST = 200;

/** All that one character knows of the scene: what it witnessed, and its own thoughts. */
export async function openMindDialog(connection: Connection, faces: Faces, member: Member): Promise<void> {
  const list = el('ol', { class: 'mind' }, el('li', {}, 'Looking…'));
  openDialog(
    `What ${member.name} knows`,
    el(
      'p',
      { class: 'hint' },
      'What happened while they were there, whispers that were meant for them, and their own thoughts. Nothing else.',
    ),
    list,
  );
  const { entries } = await connection.ask({ type: 'mind', character: member.id }, 'mind');
  const shown = entries.filter(({ segments }) => segments.length > 0).slice(-MOST);
  fill(list, ...shown.map((entry) => row(entry, faces)), shown.length === 0 && el('li', {}, 'Nothing yet.'));
}

function row({ kind, speaker, segments, to }: WireViewEntry, faces: Faces): Child {
  const face = speaker && faces.of(speaker);
  return el(
    'li',
    { class: kind },
    face && el('strong', { class: face.color === undefined ? '' : `role-${face.color}` }, face.name),
    kind === 'whisper' && el('small', {}, ` whispered to ${(to ?? []).map(({ name }) => name).join(', ')}`),
    ...segments.map(({ kind: of, text }) =>
      of === 'thought'
        ? el('span', { class: 'own-thought' }, '💭 ', ...inlineText(text))
        : of === 'action'
          ? el('em', {}, ' ', ...inlineText(text))
          : el('span', {}, ' ', ...inlineText(text)),
    ),
  );
}
