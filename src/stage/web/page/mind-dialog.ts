import type { ServerMessageOf } from '../server-message.ts';
import type { WireScene, WireViewEntry } from '../wire-shapes.ts';
import type { Connection } from './connection.ts';
import { openDialog } from './dialog.ts';
import { button, type Child, el, fill } from './dom.ts';
import type { Faces } from './faces.ts';
import { inlineText } from './inline-text.ts';
import { loreCallWords } from './lore-words.ts';

type Member = WireScene['cast'][number];
type Memory = ServerMessageOf<'memory'>;

const MOST = 200;

/** A mind: what one character witnessed and thought, how much of it is still in mind, and what lore it was reminded of. */
export async function openMindDialog(connection: Connection, faces: Faces, member: Member): Promise<void> {
  const list = el(
    'ol',
    { class: 'mind', tabindex: 0, 'aria-label': 'What they witnessed' },
    el('li', {}, 'Looking…'),
  );
  const side = el('section', { class: 'mind-side', tabindex: 0, 'aria-label': 'Memory and lore' });
  const dialog = openDialog(
    `What ${member.name} knows`,
    el(
      'p',
      { class: 'hint' },
      'What happened while they were there, whispers that were meant for them, and their own thoughts. Nothing else.',
    ),
    el('div', { class: 'mind-panel' }, list, side),
  );
  dialog.root.classList.add('wide-dialog');
  await draw();

  async function draw(): Promise<void> {
    const [{ entries }, memory] = await Promise.all([
      connection.ask({ type: 'mind', character: member.id }, 'mind'),
      connection.ask({ type: 'memory', character: member.id }, 'memory'),
    ]);
    const pinned = new Set(memory.pinned);
    const shown = entries.filter(({ segments }) => segments.length > 0).slice(-MOST);
    fill(
      list,
      ...shown.map((entry) =>
        el('li', { class: entry.kind }, ...words(entry, faces), pinButton(entry, pinned.has(entry.n))),
      ),
      shown.length === 0 && el('li', {}, 'Nothing yet.'),
    );
    fill(
      side,
      el('h3', {}, 'Memory'),
      ...memoryRows(memory, faces),
      el('h3', {}, 'Lore called up'),
      ...lore(memory),
    );
  }

  /** What was for its ear alone cannot be pinned: others would know of it. */
  function pinButton({ n, kind }: WireViewEntry, isPinned: boolean): Child {
    if (kind === 'whisper' || kind === 'told') return undefined;
    return button(
      isPinned ? `Let #${n} fade` : `Keep #${n} in mind`,
      () => {
        connection
          .ask({ type: 'command', text: `/memory ${isPinned ? 'unpin' : 'pin'} ${n}` }, 'reply')
          .then(draw)
          .catch((error: unknown) => fill(side, el('p', { role: 'alert' }, String(error))));
      },
      { class: 'pin', sign: '📌', 'aria-pressed': String(isPinned) },
    );
  }
}

function memoryRows({ beats, folded, faded, note, pinned }: Memory, faces: Faces): Child[] {
  const whole = beats - folded;
  return [
    el('p', {}, `${beats} beats: ${whole} word for word, ${folded - faded} in a note, ${faded} faded.`),
    pinned.length > 0 && el('p', {}, `📌 Kept in mind: ${pinned.map((n) => `#${n}`).join(', ')}`),
    note.length > 0 && el('h4', {}, 'The note'),
    note.length > 0 && el('ul', {}, ...note.map((entry) => el('li', {}, ...words(entry, faces)))),
    faded > 0 && el('p', { class: 'hint' }, 'What faded comes back when it is spoken of.'),
  ];
}

function lore({ lore: calls }: Memory): Child[] {
  if (calls.length === 0) return [el('p', {}, 'None, behind their last lines.')];
  return [
    el(
      'ul',
      {},
      ...calls.map((call) => el('li', {}, loreCallWords(call), el('small', {}, ` for line #${call.line}`))),
    ),
  ];
}

function words({ kind, speaker, segments, to }: WireViewEntry, faces: Faces): Child[] {
  const face = speaker && faces.of(speaker);
  return [
    face && el('strong', { class: face.color === undefined ? '' : `role-${face.color}` }, face.name),
    kind === 'whisper' && el('small', {}, ` whispered to ${(to ?? []).map(({ name }) => name).join(', ')}`),
    ...segments.map(({ kind: of, text }) =>
      of === 'thought'
        ? el('span', { class: 'own-thought' }, '💭 ', ...inlineText(text))
        : of === 'action'
          ? el('em', {}, ' ', ...inlineText(text))
          : el('span', {}, ' ', ...inlineText(text)),
    ),
  ];
}
