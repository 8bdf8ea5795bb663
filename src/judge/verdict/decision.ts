import type { Json, JsonObject } from '../../format/answer-json.ts';
import type { Missing, Winner } from './verdict.ts';
import { type Called, whoIs } from './who-is.ts';

/** What a judge may call its decision, the surest first. Folded, like all keys. */
const DECISIONS = [
  'better',
  'betterresponse',
  'bettercandidate',
  'winner',
  'decision',
  'finaldecision',
  'verdict',
  'choice',
  'preferred',
  'preference',
  'best',
];
/** What it may lie in. Nothing else is searched: a judge may quote an object of a candidate's making. */
const WRAPPERS = [
  'result',
  'results',
  'response',
  'answer',
  'output',
  'json',
  'judgment',
  'judgement',
  'evaluation',
  'finalanswer',
];
const DEEPEST = 4;

/** Where a decision was found: in which of the objects, and right beside what. */
export type Decision = {
  readonly root: JsonObject;
  readonly holder: JsonObject;
  readonly winner: Winner;
};

/** The one decision of an answer; why there is none where they differ or are none. */
export function decisionIn(objects: readonly JsonObject[], called: Called): Decision | Missing {
  const found = objects.flatMap((root) => holdersIn(root, 0).map((one) => ({ root, ...one })));
  const decided = found.map(({ root, holder, value }) => ({ root, holder, winner: winnerOf(value, called) }));
  const last = decided.at(-1);
  if (!last) return 'shape';
  const { root, holder, winner } = last;
  if (winner === 'third' || decided.some((one) => one.winner === 'third')) return 'third';
  return decided.every((one) => one.winner === winner) ? { root, holder, winner } : 'contradiction';
}

function winnerOf(value: Json, called: Called): Winner | 'third' {
  const meant = whoIs(value, called);
  return meant === 'both' || meant === 'none' ? 'tie' : (meant ?? 'third');
}

/** An object that decides, or those within it that do; one entry about one principle decides nothing. */
function holdersIn(object: JsonObject, depth: number): { holder: JsonObject; value: Json }[] {
  if (depth > DEEPEST || isEntry(object)) return [];
  for (const key of DECISIONS) {
    const value = single(object.get(key));
    if (value instanceof Map) return holdersIn(value, depth + 1);
    if (value !== undefined && value !== null && value !== '' && !Array.isArray(value)) {
      return [{ holder: object, value }];
    }
  }
  return WRAPPERS.map((key) => object.get(key))
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .flatMap((value) => (value instanceof Map ? holdersIn(value, depth + 1) : []));
}

function isEntry(object: JsonObject): boolean {
  return (
    ['principle', 'principlename', 'principleid'].some((key) => typeof object.get(key) === 'string') ||
    object.has('degree')
  );
}

function single(value: Json | undefined): Json | undefined {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
