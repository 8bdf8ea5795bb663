import { fold } from './fold.ts';
import type { Segment } from './segments.ts';

/** An action that a game can show: its own name for it, and words that say what it is. */
export type ActionName = { readonly name: string; readonly means?: string | undefined };

const HEAD = /^\s*([\p{L}\p{N}_.-]{1,40})\s*[:：]\s*/u;
/** How verbs go on behind their stem: nods, nodding, waved. */
const ENDING = /^(?:s|es|d|ed|(?:[bdglmnprt])?(?:ing|ed|en))?$/;

/**
 * The segment with the name of the game's action that it is, where it is one: the name before a colon
 * at its head, which is taken off, else the first of them all of whose words stand in it, the one with most
 * words before others. Speech and thoughts stay as they are.
 */
export function withCue<S extends Segment>(segment: S, names: readonly ActionName[]): S {
  if (segment.kind !== 'action' || names.length === 0) return segment;
  const [head = '', written] = HEAD.exec(segment.text) ?? [];
  const named = written === undefined ? undefined : names.find(({ name }) => fold(name) === fold(written));
  if (named) {
    const text = segment.text.slice(head.length).trim() || (named.means ?? wordsOf(named.name).join(' '));
    return { ...segment, text, cue: named.name };
  }
  const cue = cueIn(segment.text, names);
  return cue === undefined ? segment : { ...segment, cue };
}

function cueIn(text: string, names: readonly ActionName[]): string | undefined {
  const words = wordsOf(text);
  let best: { readonly name: string; readonly words: number; readonly at: number } | undefined;
  for (const { name, means } of names) {
    // What it means may be several ways of saying it, with commas between them.
    for (const way of [name, ...(means?.split(/[,;]/) ?? [])]) {
      const needed = wordsOf(way);
      const found = needed.map((word) => words.findIndex((one) => isForm(one, word)));
      if (needed.length === 0 || found.includes(-1)) continue;
      const at = Math.min(...found);
      const isBetter = !best || needed.length > best.words || (needed.length === best.words && at < best.at);
      if (isBetter) best = { name, words: needed.length, at };
    }
  }
  return best?.name;
}

function wordsOf(text: string): string[] {
  return fold(text).match(/\p{L}+|\p{N}+/gu) ?? [];
}

/** Whether two words are forms of one verb, as far as their letters tell. */
function isForm(one: string, other: string): boolean {
  const [short = '', long = ''] = one.length <= other.length ? [one, other] : [other, one];
  const stem = short.replace(/e$/, '');
  return (
    long === short || (stem.length >= 3 && long.startsWith(stem) && ENDING.test(long.slice(stem.length)))
  );
}
