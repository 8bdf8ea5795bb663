import type { Json, JsonObject } from '../../../format/answer-json.ts';
import { entriesIn, textIn, wholeIn } from '../checks/answer-list.ts';

/** An enhanced turn as a model wrote it: HER text, still to be parsed. */
export type WrittenTurn = { readonly turn: number; readonly text: string; readonly reason: string };

/** Reads an answer; undefined where it is no JSON. */
export function readTurns(answer: string): readonly WrittenTurn[] | undefined {
  return entriesIn(answer, ['turns', 'enhanceddialogues', 'dialogues', 'result', 'results'])?.flatMap(
    (entry): WrittenTurn[] => {
      const turn = wholeIn(entry, ['turn', 'id', 'turnid', 'number', 'originid']);
      const text = writtenIn(entry);
      return turn === undefined || text === undefined
        ? []
        : [{ turn, text, reason: textIn(entry, ['reason', 'why']) ?? '' }];
    },
  );
}

/** A text, or pieces in their order. */
function writtenIn(entry: JsonObject): string | undefined {
  for (const key of ['pieces', 'elements', 'segments', 'text', 'written', 'enhanced']) {
    const value = entry.get(key);
    if (typeof value === 'string' && value.trim() !== '') return value;
    // A blank keeps words of two pieces apart; the parser takes it away where it is none of theirs.
    if (isList(value)) return value.map(pieceText).filter(Boolean).join(' ') || undefined;
  }
  return undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A tag within a piece is told as it stands: the parser has to see it. */
function pieceText(piece: Json): string {
  if (typeof piece === 'string') return piece;
  if (!(piece instanceof Map)) return '';
  const [kind, said] = [piece.get('kind') ?? piece.get('type'), piece.get('text') ?? piece.get('content')];
  if (typeof kind === 'string' && typeof said === 'string') return marked(kind, said);
  return [...piece].map(([key, value]) => (typeof value === 'string' ? marked(key, value) : '')).join('');
}

function marked(kind: string, text: string): string {
  if (/plan|system/iu.test(kind)) return `<system_thinking>${text}</system_thinking>`;
  if (/thought|think/iu.test(kind)) return `<role_thinking>${text}</role_thinking>`;
  if (/act/iu.test(kind)) return `<role_action>${text}</role_action>`;
  return /speech|say|said|dialogue|text/iu.test(kind) ? text : '';
}
