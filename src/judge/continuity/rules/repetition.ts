import { termsOf } from '../../../cast/memory/terms.ts';
import { visibleSegments } from '../../../format/segments.ts';
import { clipQuote } from '../quote-of.ts';
import type { ReviewedLine } from '../reviewed-line.ts';
import { sharedRuns } from '../shared-runs.ts';
import { amountOf, sequenceOf, type Word, wordsIn } from '../words-in.ts';

/** Of a whole sentence; shorter ones are said every day. */
const SENTENCE_WORDS = 5;
const SENTENCE_TERMS = 3;
/** Of a stretch that is part of a sentence. */
const RUN_WORDS = 7;
const RUN_TERMS = 3;

/** Says again what it said or did before, or the same sentence twice in one line. */
export function repetition({ segments, own }: ReviewedLine): string | undefined {
  const before = own.map(wordsIn);
  const said = new Set(own.flatMap(sentencesIn).map(({ key }) => key));
  for (const { text } of visibleSegments(segments)) {
    for (const { key, words, quote } of sentencesIn(text)) {
      if (!isTelling(words, quote, SENTENCE_WORDS, SENTENCE_TERMS)) continue;
      if (said.has(key)) return clipQuote(quote);
      said.add(key);
    }
    const words = wordsIn(text);
    for (const { from, to } of before.flatMap((earlier) => sharedRuns(words, earlier))) {
      const run = words.slice(from, to);
      const quote = text.slice(run[0]?.from, run.at(-1)?.to);
      if (isTelling(run, quote, RUN_WORDS, RUN_TERMS)) return clipQuote(quote);
    }
  }
  return undefined;
}

type Sentence = { readonly key: string; readonly words: readonly Word[]; readonly quote: string };

function sentencesIn(text: string): Sentence[] {
  return text.split(/(?<=[.!?…]["”'’»)\]]*)\s+|(?<=[。！？]["”’」』）]*)|\n+/u).map((quote) => {
    const words = wordsIn(quote);
    return { key: sequenceOf(words), words, quote };
  });
}

function isTelling(words: readonly Word[], text: string, least: number, terms: number): boolean {
  return amountOf(words) >= least && new Set(termsOf(text)).size >= terms;
}
