import type { WireDraft, WireMark } from '../wire-shapes.ts';
import { type Child, el } from './dom.ts';
import { nameOf } from './faces.ts';
import { loreCallWords } from './lore-words.ts';
import { markWords } from './mark-words.ts';
import { usageBars } from './usage-bars.ts';
import { letterOf } from './verdict-words.ts';

/** One draft as x-ray shows it: everything the room cannot see. */
export function xrayPanel(draft: WireDraft): HTMLElement {
  return panelOf(draft, true);
}

/** The same of a candidate that lost: what it thought stands above, why it spoke at the one that won. */
export function lostPanel(draft: WireDraft): HTMLElement {
  return panelOf(draft, false);
}

function panelOf(draft: WireDraft, whole: boolean): HTMLElement {
  const thrownAway = draft.beat === undefined;
  const name = nameOf(draft.speaker);
  const thoughts = draft.thoughts.map(({ text }) => text).join('\n');
  return el(
    'section',
    {
      class: `xray-panel${thrownAway ? ' thrown-away' : ''}`,
      // One for each turn: as landmarks they would be too many, and alike.
      role: 'group',
      'aria-label': `X-ray of ${name}`,
    },
    el(
      'header',
      {},
      el('strong', {}, 'x-ray'),
      ` ${name}`,
      el('span', {}, draft.scripted ? 'from the script' : (draft.usage?.model ?? 'model')),
      thrownAway ? el('span', { class: 'fault' }, 'thrown away, nobody saw it') : undefined,
      draft.candidate && el('span', {}, `candidate ${letterOf(draft.candidate.at)} of ${draft.candidate.of}`),
      draft.attempt > 1 ? el('span', {}, `attempt ${draft.attempt}`) : undefined,
    ),
    draft.systemThinking
      ? row('System thinking', draft.systemThinking, 'planned for this turn, then forgotten')
      : undefined,
    whole && thoughts ? row('Role thinking', thoughts, `only ${name} will remember it`) : undefined,
    whole && row('Why this speaker', draft.why || 'not told'),
    draft.lore || draft.loreLeft ? row('Lore', loreWords(draft)) : undefined,
    draft.marks
      ? row('Continuity', draft.marks.map(marked).join('\n'), 'advice, nothing was held back')
      : undefined,
    draft.faults.length > 0 ? row('Faults', draft.faults.join(', ')) : undefined,
    draft.usage && usageBars(draft.usage),
  );
}

function row(name: string, text: string, note?: string): Child {
  return el(
    'div',
    { class: 'xray-row' },
    el('h3', {}, name, note ? el('small', {}, ` ${note}`) : undefined),
    el('p', {}, text),
  );
}

function loreWords({ lore = [], loreLeft = 0 }: WireDraft): string {
  const entries = lore.map(loreCallWords);
  const left = loreLeft === 1 ? 'one entry had no room' : `${loreLeft} entries had no room`;
  return [...entries, ...(loreLeft > 0 ? [left] : [])].join(' · ');
}

function marked({ kind, quote, by }: WireMark): string {
  return `${markWords[kind]}: “${quote}” (${by})`;
}
