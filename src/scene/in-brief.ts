import type { Segment } from '../format/segments.ts';
import type { ViewEntry } from './view.ts';
import { weightOf } from './weight-of.ts';

type Sentence = { readonly segment: Segment; readonly text: string };

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The entry with those sentences alone that are worth most: the best, cut where it is too long, and
 * as many others as fit beside it. What is a thought or was done stays so, and an ellipsis shows where
 * there was more of it.
 *
 * @param limit weight (`weightOf`) of its segments, at most
 * @param worth of one sentence; where it ties, the earlier one comes first
 */
export function inBrief(entry: ViewEntry, limit: number, worth: (sentence: string) => number): ViewEntry {
  if (entry.segments.reduce((sum, { text }) => sum + weightOf(text), 0) <= limit) return entry;
  const all = entry.segments.flatMap(sentencesOf);
  const ranked = all
    .map((sentence) => ({ sentence, worth: worth(sentence.text) }))
    .sort((one, other) => other.worth - one.worth);
  const kept = new Map<Sentence, string>();
  // Room for an ellipsis each.
  let left = limit - 3 * entry.segments.length;
  for (const { sentence } of ranked) {
    const text = kept.size === 0 ? cutText(sentence.text, left) : sentence.text;
    const weight = weightOf(text) + 1;
    if (weight > left + 1) continue;
    kept.set(sentence, text);
    left -= weight;
  }
  const segments = entry.segments.flatMap((segment): Segment[] => {
    const own = all.filter((sentence) => sentence.segment === segment);
    const told = own.flatMap((sentence) => kept.get(sentence) ?? []);
    if (told.length === 0) return [];
    const text = told.join(' ');
    return [{ ...segment, text: told.length === own.length || text.endsWith('…') ? text : `${text} …` }];
  });
  return { ...entry, segments };
}

function sentencesOf(segment: Segment): Sentence[] {
  return [...sentences.segment(segment.text)]
    .map((piece) => ({ segment, text: piece.segment.trim() }))
    .filter(({ text }) => text);
}

/** The start of a text, cut at a word where there is one; an ellipsis at its end where some was cut off. */
export function cutText(text: string, limit: number): string {
  if (weightOf(text) <= limit) return text;
  let end = 0;
  let left = limit - 1;
  for (const letter of text) {
    left -= weightOf(letter);
    if (left < 0) break;
    end += letter.length;
  }
  const space = text.lastIndexOf(' ', end);
  return `${text.slice(0, space > end / 2 ? space : end)}…`;
}
