import { type Json, type JsonObject, objectsIn } from '../../../format/answer-json.ts';
import type { Chunk } from '../engine/message.ts';
import type { ChunkJudgement, Flaw } from '../engine/style.ts';

export const CRITERIA = [
  { id: 'in_character', label: 'In character', key: 'incharacter' },
  { id: 'entertaining', label: 'Entertaining', key: 'entertaining' },
  { id: 'fluency', label: 'Fluency', key: 'fluency' },
] as const;

/**
 * Reads a judge’s marks. Undefined, never a guess, where a turn has no entry, a mark is missing, no whole
 * number or off the scale, or the answer broke off. Turns without a number are taken in their order.
 *
 * @param most end of the scale that begins at 1
 */
export function readScores(text: string, { exchanges }: Chunk, most: number): ChunkJudgement | undefined {
  const entries = entriesIn(text);
  if (!entries) return undefined;
  const numbered = entries.every((entry) => Number.isInteger(entry.get('turn')));
  const byTurn = new Map(
    entries.map((entry, at) => [numbered ? Number(entry.get('turn')) : (exchanges[at]?.number ?? -1), entry]),
  );
  const own = exchanges.map(({ number }) => byTurn.get(number));
  if (byTurn.size !== entries.length || !own.every((entry) => entry !== undefined)) return undefined;
  const marks = CRITERIA.map(
    ({ id, key }) => [id, own.map((entry) => markOf(entry.get(`${key}score`), most))] as const,
  );
  const refusals = own.map((entry) => entry.get('isrefusal'));
  if (!marks.every(([, list]) => list.every((mark) => mark !== undefined))) return undefined;
  if (!refusals.every((refusal) => typeof refusal === 'boolean')) return undefined;
  return {
    marks: Object.fromEntries(
      marks.map(([id, list]) => [id, list.flatMap((mark) => (mark === undefined ? [] : [mark]))]),
    ),
    flaws: exchanges.flatMap(({ number }, at) => flawsOf(own[at], number, most)),
    refused: refusals.includes(true),
    misplaced: entries.length - exchanges.length,
    misquoted: 0,
  };
}

function entriesIn(text: string): readonly JsonObject[] | undefined {
  const { objects, end } = objectsIn(text);
  if (end !== 'whole') return undefined;
  const lists = objects.flatMap((object) => {
    const list = object.get('scores');
    return Array.isArray(list) ? [list as readonly Json[]] : [];
  });
  const [list, another] = lists;
  if (!list || another) return undefined;
  const entries = list.filter((entry): entry is JsonObject => entry instanceof Map);
  return entries.length === list.length ? entries : undefined;
}

function markOf(value: Json | undefined, most: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
    ? value
    : undefined;
}

/** Marks in the lower half, with what the judge says of them. */
function flawsOf(entry: JsonObject | undefined, turn: number, most: number): readonly Flaw[] {
  if (!entry) return [];
  return CRITERIA.flatMap(({ id, key }) => {
    const mark = Number(entry.get(`${key}score`));
    if (mark > most / 2) return [];
    const what = String(entry.get(`${key}explanation`) ?? '').slice(0, 400);
    return [{ dimension: id, severity: `mark ${mark} of ${most}`, turn, what, quote: '' }];
  });
}
