import type { Witnessed } from '../ledger/ledger-api.ts';
import { mostTelling } from './most-telling.ts';
import { retold } from './retold.ts';

/** Characters of a recap: it stands in one reply, on every stage. */
export const LONGEST_RECAP = 1800;

/** Characters of what was said or done in one sentence: at leisure, or where much is to be told. */
const AT_LEISURE = 240;
const IN_SHORT = 110;

/**
 * What a persona witnessed, retold in order in the words that were said; no model has a part in it.
 * Where that is more than a reply holds, sentences grow shorter, then the less telling ones are left
 * out; the recap says how many.
 *
 * @param witnessed oldest first
 */
export function renderRecap(witnessed: readonly Witnessed[], personaName: string): string {
  const head = `What ${personaName} has witnessed so far:`;
  const toldAt = (longest: number) =>
    together(witnessed, personaName)
      .map(({ entry, people }) => ({ entry, text: people ?? retold(entry, personaName, longest) }))
      .filter(({ text }) => text !== '');
  const atLeisure = toldAt(AT_LEISURE);
  if (atLeisure.length === 0) return `${personaName} has witnessed nothing yet.`;
  const whole = [head, ...atLeisure.map(({ text }) => text)].join('\n');
  if (whole.length <= LONGEST_RECAP) return whole;

  const inShort = toldAt(IN_SHORT);
  const all = [head, ...inShort.map(({ text }) => text)].join('\n');
  if (all.length <= LONGEST_RECAP) return all;
  const room = LONGEST_RECAP - head.length - leftOutWords(inShort.length).length - 2;
  const kept = mostTelling(inShort, room);
  const left = inShort.length - kept.length;
  return [head, ...kept.map(({ text }) => text), leftOutWords(left)].join('\n');
}

function leftOutWords(count: number): string {
  return `(${count} lesser ${count === 1 ? 'moment was' : 'moments were'} left out.)`;
}

type Told = { readonly entry: Witnessed; readonly people?: string };

/** Those who came one after the other, without anyone telling how, came together. */
function together(witnessed: readonly Witnessed[], you: string): readonly Told[] {
  const told: Told[] = [];
  let comers: string[] = [];
  witnessed.forEach((entry, i) => {
    const name = entry.speaker?.name;
    if (entry.kind !== 'entrance' || entry.segments.length > 0 || name === undefined) {
      told.push({ entry });
      return;
    }
    comers.push(name === you ? 'you' : name);
    const next = witnessed[i + 1];
    if (next?.kind === 'entrance' && next.segments.length === 0) return;
    const people = sentence(comers);
    told.push({ entry, people });
    comers = [];
  });
  return told;
}

function sentence(comers: readonly string[]): string {
  const names = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format([...new Set(comers)]);
  return `${names.charAt(0).toUpperCase()}${names.slice(1)} came in.`;
}
