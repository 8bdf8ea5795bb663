import { foldKey, type Json, type JsonObject, objectsIn } from '../../../format/answer-json.ts';
import type { Chunk } from '../engine/message.ts';
import type { ChunkJudgement, Flaw } from '../engine/style.ts';
import { DIMENSIONS, type DimensionId, SEVERITIES, type Severity } from './dimensions.ts';
import { turnMark } from './score.ts';

type Fault = Flaw & { readonly dimension: DimensionId; readonly severity: Severity };

/**
 * Reads a judge’s answer. Undefined, never a guess, where it broke off, has no list of faults or two that
 * differ, or where an entry lacks its turn, kind or severity.
 */
export function readFaults(text: string, { exchanges }: Chunk): ChunkJudgement | undefined {
  const list = listIn(text);
  const read = list?.map(faultOf);
  if (!read?.every((fault) => fault !== undefined)) return undefined;
  const numbers = new Set(exchanges.map(({ number }) => number));
  const placed = read.filter(({ turn }) => numbers.has(turn));
  const silent = exchanges.filter(({ actor }) => actor.text === '').flatMap(({ number }) => silence(number));
  const flaws = [...placed, ...silent];
  const marks = Object.fromEntries(
    DIMENSIONS.map(({ id }) => [
      id,
      exchanges.map(({ number }) =>
        turnMark(
          flaws.flatMap(({ turn, dimension, severity }) =>
            turn === number && dimension === id ? [severity] : [],
          ),
        ),
      ),
    ]),
  );
  const texts = new Map(exchanges.map(({ number, actor }) => [number, bare(actor.text)]));
  const misquoted = placed.filter(({ turn, quote }) => !(texts.get(turn) ?? '').includes(bare(quote))).length;
  return { marks, flaws, refused: false, misplaced: read.length - placed.length, misquoted };
}

/** Letters and digits alone: a judge that copies words changes their marks. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function listIn(text: string): readonly Json[] | undefined {
  const { objects, end } = objectsIn(text);
  if (end !== 'whole') return undefined;
  const lists = objects.flatMap((object) => {
    const list = object.get('faults');
    return Array.isArray(list) ? [list as readonly Json[]] : [];
  });
  const [first, ...others] = lists;
  const same = others.every((list) => plain(list) === plain(first ?? []));
  return same ? first : undefined;
}

function plain(json: Json): string {
  return JSON.stringify(json, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}

function faultOf(entry: Json): Fault | undefined {
  if (!isObject(entry)) return undefined;
  const turn = Number(entry.get('turn') ?? Number.NaN);
  const kind = foldKey(String(entry.get('kind') ?? ''));
  const grade = foldKey(String(entry.get('severity') ?? ''));
  const dimension = DIMENSIONS.find(({ id }) => foldKey(id) === kind)?.id;
  const severity = SEVERITIES.find((one) => one === grade);
  if (!Number.isInteger(turn) || !dimension || !severity) return undefined;
  return { turn, dimension, severity, what: words(entry, 'what'), quote: words(entry, 'quote') };
}

function isObject(json: Json): json is JsonObject {
  return json instanceof Map;
}

function words(entry: JsonObject, key: string): string {
  const said = entry.get(key);
  return typeof said === 'string' ? said.slice(0, 400) : '';
}

/** A turn that could not be played is known without a judge: nothing of it reached the user. */
function silence(turn: number): readonly Fault[] {
  const what = 'nothing of the turn could be played';
  return [
    { turn, dimension: 'basics', severity: 'grave', what, quote: '' },
    { turn, dimension: 'interaction', severity: 'grave', what, quote: '' },
  ];
}
