import { foldKey, type Json, type JsonObject } from '../../format/answer-json.ts';
import { judgeWords, textOf } from './judge-words.ts';
import { MOST_COMPARISONS, MOST_VIOLATIONS } from './plain-words.ts';
import type { FindPrinciple } from './principle-ref.ts';
import { NO_PRINCIPLE } from './settle-reading.ts';
import type { Comparison, Degree, Reading, Side, Violation } from './verdict.ts';
import { type Called, whoIs } from './who-is.ts';

const LONGEST_EVIDENCE = 200;
const LONGEST_SENTENCE = 400;
const LONGEST_REASON = 800;

const KEYS = {
  violations: ['violations', 'violation', 'faults', 'negative', 'negativeprinciples', 'violated'],
  comparisons: [
    'comparisons',
    'comparison',
    'principlecomparisons',
    'merits',
    'positive',
    'positiveprinciples',
  ],
  reason: ['reason', 'overallanalysis', 'reasoning', 'explanation', 'summary', 'why', 'rationale'],
  principle: ['principle', 'principlename', 'principleid', 'id', 'name', 'rule'],
  by: ['by', 'violator', 'violatedby', 'brokenby', 'who', 'candidate', 'side'],
  evidence: ['evidence', 'quote', 'quotation', 'words', 'reason'],
  better: ['better', 'winner', 'betterresponse', 'bettercandidate', 'preferred'],
  degree: ['degree', 'howmuch', 'margin', 'difference', 'strength'],
} as const;

/** What a judge found, beside its decision or in the object around that. */
export function readFound(
  { root, holder }: { readonly root: JsonObject; readonly holder: JsonObject },
  called: Called,
  find: FindPrinciple,
): Pick<Reading, 'violations' | 'comparisons' | 'reason'> {
  const places = [holder, root, ...[holder, root].flatMap((one) => objectsOf(one.get('analysis')))];
  const listed = (keys: readonly string[]) =>
    places.map((place) => pick(place, keys)).find((value) => value !== undefined);
  const violations = entriesOf(listed(KEYS.violations)).flatMap((entry) => violationIn(entry, called, find));
  const comparisons = entriesOf(listed(KEYS.comparisons)).flatMap((entry) =>
    comparisonIn(entry, called, find),
  );
  return {
    violations: oncePerPrinciple(violations, ({ by }) => by).slice(0, MOST_VIOLATIONS * 2),
    comparisons: oncePerPrinciple(comparisons, (one) =>
      one.principle === NO_PRINCIPLE ? one.better : '',
    ).slice(0, MOST_COMPARISONS * 2),
    reason: judgeWords(listed(KEYS.reason), called, LONGEST_REASON),
  };
}

/** Only a negative principle that was given can be violated, and somebody must have done it. */
function violationIn(entry: JsonObject, called: Called, find: FindPrinciple): Violation[] {
  const { ref, known } = find(textOf(pick(entry, KEYS.principle)));
  const by = guilty(pick(entry, KEYS.by), called);
  const evidence = judgeWords(pick(entry, KEYS.evidence), called, LONGEST_EVIDENCE);
  if (known?.sign !== 'negative' || !by || /^(?:none|n\/a|no|nothing|-+)[.!]?$/iu.test(evidence)) return [];
  return [{ principle: ref, by, evidence }];
}

function guilty(value: Json | undefined, called: Called): Violation['by'] | undefined {
  const named = (Array.isArray(value) ? value : [value]).map((one) => whoIs(one, called));
  const sides = new Set(named.flatMap((one) => (one === 'both' ? ['first', 'second'] : [one])));
  if (sides.has('first')) return sides.has('second') ? 'both' : 'first';
  return sides.has('second') ? 'second' : undefined;
}

function comparisonIn(entry: JsonObject, called: Called, find: FindPrinciple): Comparison[] {
  const { ref, known } = find(
    textOf(pick(entry, KEYS.principle)),
    textOf(entry.get('dimensionname') ?? entry.get('dimension')),
  );
  const meant = whoIs(pick(entry, KEYS.better), called);
  if (meant === undefined || meant === 'third') return [];
  const isPrinciple = known !== undefined || whoIs(ref.name, called) === 'third';
  const about = (side: Side) => judgeWords(pick(entry, keysOf(side, called)), called, LONGEST_SENTENCE);
  return [
    {
      principle: isPrinciple ? ref : NO_PRINCIPLE,
      first: about('first'),
      second: about('second'),
      better: meant === 'first' || meant === 'second' ? meant : 'tie',
      degree: degreeOf(textOf(pick(entry, KEYS.degree))),
    },
  ];
}

/** Under which names what is said about a side may stand. */
function keysOf(side: Side, { labels, shownFirst }: Called): readonly string[] {
  const place = side === shownFirst ? '1' : '2';
  const label = foldKey(labels[side]);
  return [
    label,
    `candidate${label}`,
    ...['cand', 'candidate', 'response'].flatMap((name) => [`${name}${place}`, `${name}${place}performance`]),
  ];
}

function degreeOf(said: string): Degree {
  if (/slight|minor|small|little|marginal/iu.test(said)) return 'slight';
  return /signif|strong|major|much|large|great/iu.test(said) ? 'significant' : 'clear';
}

/** Entries of a list, or of an object whose keys name them. */
function entriesOf(value: Json | undefined): JsonObject[] {
  if (value instanceof Map) {
    const entries = [...value].flatMap(([name, one]) =>
      one instanceof Map
        ? [pick(one, KEYS.principle) === undefined ? new Map([...one, ['principle', name]]) : one]
        : [],
    );
    return entries.length > 0 ? entries : [value];
  }
  return Array.isArray(value) ? value.filter((one) => one instanceof Map) : [];
}

function objectsOf(value: Json | undefined): JsonObject[] {
  return value instanceof Map
    ? [value]
    : Array.isArray(value)
      ? value.filter((one) => one instanceof Map)
      : [];
}

function pick(object: JsonObject, keys: readonly string[]): Json | undefined {
  return keys.map((key) => object.get(key)).find((value) => value !== undefined);
}

/** A model that runs in a loop says the same over and over. */
function oncePerPrinciple<T extends { readonly principle: { readonly name: string } }>(
  entries: readonly T[],
  apart: (entry: T) => string,
): T[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = `${foldKey(entry.principle.name)}\n${apart(entry)}`;
    return !seen.has(key) && seen.add(key);
  });
}
