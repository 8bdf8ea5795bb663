import { fold } from '../../../../format/fold.ts';
import { renderCoser } from '../../../../format/render-coser.ts';
import { renderHer } from '../../../../format/render-her.ts';
import type { RawTurn } from '../raw-conversation.ts';

/** In what way a text marks its layers: HER’s tags where there are any, else CoSER’s brackets. */
export function formatOf(text: string): RawTurn['format'] {
  return /<\s*\/?\s*(?:role|system)[_\s-]?\w+/iu.test(text) ? 'her' : 'coser';
}

const WORLD = new Set(['narrator', 'narration', 'environment', 'stage']);

/** Whether that is a name for the world. */
export function isWorldName(name: string): boolean {
  return WORLD.has(name.trim().toLowerCase());
}

/**
 * What stands behind a label, as a turn: words in brackets within the label say that all of it is thought
 * (`Mara (thinking): …`), or what is done meanwhile.
 */
export function saidBehind(aside: string, text: string): Pick<RawTurn, 'text' | 'format'> {
  const format = formatOf(text);
  if (aside === '') return { text, format };
  const render = format === 'her' ? renderHer : renderCoser;
  if (/think|thought|mind|inner/u.test(fold(aside)))
    return { text: render([{ kind: 'thought', text }]), format };
  return { text: `${render([{ kind: 'action', text: aside }])} ${text}`, format };
}
