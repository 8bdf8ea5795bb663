import type { WireMade } from '../behind-shapes.ts';
import type { WireBeat } from '../wire-shapes.ts';
import type { Asks } from './connection.ts';
import { openDialog } from './dialog.ts';
import { type Child, el } from './dom.ts';
import { nameOf } from './faces.ts';
import { loreCallWords } from './lore-words.ts';
import { usageBars } from './usage-bars.ts';

/** How a line came about: why this speaker, who made it, what it took. It is kept with the line. */
export async function openWhyDialog(connection: Asks, { n, speaker }: WireBeat): Promise<void> {
  const { made } = await connection.ask({ type: 'why', beat: n }, 'why');
  openDialog(
    speaker ? `Why ${nameOf(speaker)} said this` : 'Why this line',
    made
      ? el('dl', { class: 'facts why' }, ...rows(made))
      : el('p', {}, 'Nothing is known of how it came about.'),
    made && bars(made),
  );
}

function rows({ why, by, attempts, fallback, judged, lore, loreLeft }: WireMade): Child[] {
  const left = loreLeft === undefined ? [] : [`${loreLeft} more had no room`];
  return [
    ...row('Why this speaker', why || 'The director did not say.'),
    ...row('Played by', by === 'script' ? 'the scripted demo' : by),
    ...(fallback ? row('In time', 'The model was not there in time: this is a line from the card.') : []),
    ...(attempts > 1 ? row('Attempts', `${attempts}: what came before could not be used`) : []),
    ...(judged
      ? row(
          'Chosen',
          `by ${judged.by} among ${judged.of}${judged.principle ? `, for ${judged.principle}` : ''}`,
        )
      : []),
    ...(lore.length + left.length > 0
      ? row('Lore in the prompt', [...lore.map(loreCallWords), ...left].join(' · '))
      : []),
  ];
}

function row(name: string, words: string): Child[] {
  return [el('dt', {}, name), el('dd', {}, words)];
}

/** The scripted demo asks no model. */
function bars(made: WireMade): Child {
  const { promptTokens, cachedTokens = 0, completionTokens, msToFirst, msToVisible, msToLast } = made;
  if (promptTokens === undefined || completionTokens === undefined) return undefined;
  if (msToFirst === undefined || msToLast === undefined) return undefined;
  const times = { msToFirst, msToLast, ...(msToVisible === undefined ? {} : { msToVisible }) };
  return usageBars({ promptTokens, cachedTokens, completionTokens, ...times });
}
