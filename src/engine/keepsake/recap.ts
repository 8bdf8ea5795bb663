import type { Locale } from '../../words/locales.ts';
import { render } from '../../words/render.ts';
import { say } from '../../words/text.ts';
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
export function renderRecap(witnessed: readonly Witnessed[], personaName: string, locale?: Locale): string {
  const name = personaName;
  const head = render(say('What {{name}} has witnessed so far:', { name }), locale);
  const toldAt = (longest: number) =>
    together(witnessed, personaName, locale)
      .map(({ entry, people }) => ({ entry, text: people ?? retold(entry, personaName, longest, locale) }))
      .filter(({ text }) => text !== '');
  const atLeisure = toldAt(AT_LEISURE);
  if (atLeisure.length === 0) {
    return render(say('{{name}} has witnessed nothing yet.', { name }), locale);
  }
  const whole = [head, ...atLeisure.map(({ text }) => text)].join('\n');
  if (whole.length <= LONGEST_RECAP) return whole;

  const inShort = toldAt(IN_SHORT);
  const all = [head, ...inShort.map(({ text }) => text)].join('\n');
  if (all.length <= LONGEST_RECAP) return all;
  const room = LONGEST_RECAP - head.length - leftOutWords(inShort.length, locale).length - 2;
  const kept = mostTelling(inShort, room);
  const left = inShort.length - kept.length;
  return [head, ...kept.map(({ text }) => text), leftOutWords(left, locale)].join('\n');
}

function leftOutWords(count: number, locale: Locale | undefined): string {
  return render(say('({{count}} lesser moments were left out.)', { count }), locale);
}

type Told = { readonly entry: Witnessed; readonly people?: string };

/** Those who came one after the other, without anyone telling how, came together. */
function together(witnessed: readonly Witnessed[], you: string, locale: Locale | undefined): readonly Told[] {
  const told: Told[] = [];
  let comers: string[] = [];
  witnessed.forEach((entry, i) => {
    const name = entry.speaker?.name;
    if (entry.kind !== 'entrance' || entry.segments.length > 0 || name === undefined) {
      told.push({ entry });
      return;
    }
    comers.push(name === you ? render(say('you'), locale) : name);
    const next = witnessed[i + 1];
    if (next?.kind === 'entrance' && next.segments.length === 0) return;
    const people = sentence(comers, locale);
    told.push({ entry, people });
    comers = [];
  });
  return told;
}

function sentence(comers: readonly string[], locale: Locale | undefined): string {
  const words = render(say('{{names}} came in.', { names: [...new Set(comers)] }), locale);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
