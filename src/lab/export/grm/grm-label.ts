import { DIMENSION_NAMES } from '../../../judge/principles/dimension-names.ts';
import type { Principle } from '../../../judge/principles/principle.ts';
import { shippedPrinciples } from '../../../judge/principles/shipped.ts';
import { candidateText } from '../../../judge/verdict/candidate-text.ts';
import type { PrincipleRef, Side, Winner } from '../../../judge/verdict/verdict.ts';
import { asCompared, type GoodPair } from './pair-filter.ts';

export type Truth = 'cand_1' | 'cand_2' | 'tie';

/** What a side is called where one is shown first. */
export function calledOf(winner: Winner, shownFirst: Side): Truth {
  if (winner === 'tie') return 'tie';
  return winner === shownFirst ? 'cand_1' : 'cand_2';
}

/**
 * What is to be imitated: the judgement as it was read, for one order, in every field of it (her-spec 7.5).
 * Nothing is in it that the judge did not say; what it thought before it is not known, and not made up (T10).
 */
export function grmLabel(
  pair: Pick<GoodPair, 'first' | 'second' | 'reading' | 'shownFirst' | 'winner'>,
  shownFirst: Side,
  { herEcho }: { readonly herEcho: boolean },
): string {
  const { reading } = pair;
  const words = (text: string) => spoken(text, pair.shownFirst, shownFirst);
  const sides: readonly [Side, Side] = shownFirst === 'first' ? ['first', 'second'] : ['second', 'first'];
  const { comparisons } = asCompared(reading);
  const principles = comparisons.map(({ principle }, at) => [`Principle ${at + 1}`, told(principle)]);
  const echo = herEcho
    ? sides.map((side, at) => [`cand_${at + 1}`, quotable(candidateText(pair[side]))])
    : [];
  const result = {
    ...Object.fromEntries(echo),
    principle: Object.fromEntries(principles),
    analysis: {
      principle_comparisons: comparisons.map((one) => ({
        principle_name: quotable(one.principle.name),
        ...said('cand_1_performance', words(one[sides[0]])),
        ...said('cand_2_performance', words(one[sides[1]])),
        degree: one.degree,
        winner: calledOf(one.better, shownFirst),
      })),
      ...said('overall_analysis', words(reading.reason)),
    },
    better_response: calledOf(pair.winner, shownFirst),
  };
  return `\`\`\`json\n${JSON.stringify({ result: [result] })}\n\`\`\``;
}

function told(principle: PrincipleRef): Readonly<Record<string, string>> {
  const { id, name, dimension } = principle;
  const known = id === undefined ? undefined : byId().get(id);
  return {
    principle_name: quotable(name),
    ...said('dimension_name', dimension === undefined ? '' : DIMENSION_NAMES[dimension]),
    ...said('principle_level', known?.level ?? ''),
    ...said('main_content', known === undefined ? '' : quotable(contentOf(known))),
  };
}

function contentOf({ sign, asks, breaks }: Principle): string {
  return sign === 'negative' ? breaks : asks;
}

let known: ReadonlyMap<string, Principle> | undefined;
function byId(): ReadonlyMap<string, Principle> {
  known ??= new Map(shippedPrinciples().map((principle) => [principle.id, principle]));
  return known;
}

/** A field of which there is something to say. */
function said(field: string, text: string): Readonly<Record<string, string>> {
  return text === '' ? {} : { [field]: text };
}

const PLACED = /\b(first|second)[ -](candidate|response|reply|answer|option)\b/giu;
const LETTERED = /\b(?:[Cc]andidate|[Rr]esponse|[Rr]eply|[Aa]nswer|[Oo]ption) ([AB])\b/gu;

/**
 * A judge’s words with the names that the candidates have in this order. Stored words call them `[first]` and
 * `[second]`; where the judge went by places (`the second reply`), those of the order that it saw are meant.
 */
function spoken(text: string, seenFirst: Side, shownFirst: Side): string {
  const other = (side: Side): Side => (side === 'first' ? 'second' : 'first');
  const placed = (isFirst: boolean) => `[${isFirst ? seenFirst : other(seenFirst)}]`;
  const called = text
    .replace(new RegExp(`\\b[Tt]he ${PLACED.source}`, 'giu'), (_, place: string) =>
      placed(place.toLowerCase() === 'first'),
    )
    .replace(PLACED, (_, place: string) => placed(place.toLowerCase() === 'first'))
    .replace(LETTERED, (_, letter: string) => placed(letter === 'A'))
    .replace(/\[(first|second)\]/gu, (_, side: string) => (side === shownFirst ? 'cand_1' : 'cand_2'));
  return quotable(called);
}

/** Double quotation marks in texts are single ones: so the form has it. */
function quotable(text: string): string {
  return text.replace(/["“”]/gu, "'");
}
